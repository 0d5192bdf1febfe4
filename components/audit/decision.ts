/** The decisions of a call as the log keeps them, read defensively: which permissions were asked, and with what end. */

export type RecordedDecision = {
  readonly action: string
  readonly resource: string
  readonly verdict: string
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

const isDecision = (value: unknown): value is RecordedDecision =>
  isObject(value) &&
  typeof value.action === 'string' &&
  typeof value.resource === 'string' &&
  typeof value.verdict === 'string'

/** The judgements of a call, in order: one for most, two for ReEncrypt. */
export const decisionsOf = (recorded: unknown): readonly RecordedDecision[] =>
  isObject(recorded) && Array.isArray(recorded.decisions) ? recorded.decisions.filter(isDecision) : []

/** "kms:ReEncryptFrom was allowed": said of each where a call asked for several. */
export const endOf = ({ action, verdict }: RecordedDecision): string =>
  `${action} was ${verdict === 'allowed' ? 'allowed' : 'denied'}`
