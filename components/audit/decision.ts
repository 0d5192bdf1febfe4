/** Decisions as the log keeps them, read defensively, and what each comes to in words. */
import { principalLabel } from '#lib/console/format.ts'
import type { DecisionView, GateView } from '#lib/console/messages.ts'

type Statement = NonNullable<GateView['by']>

export type RecordedDecision = DecisionView & {
  readonly action: string
  readonly resource: string
  readonly verdict: string
  readonly deciding: Statement | null
  readonly gates: readonly GateView[]
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

/** The judgements of a call, in order: one for most, two for ReEncrypt. */
export function decisionsOf(recorded: unknown): readonly RecordedDecision[] {
  if (!isObject(recorded) || !Array.isArray(recorded.decisions)) return []
  // The engine of the same release wrote this; an older one without gates is left out.
  return recorded.decisions.filter((one) => isObject(one) && Array.isArray(one.gates)) as RecordedDecision[]
}

/** Statement 3 “Allow use of the key” of the key policy. */
export function statementName({ policy, index, sid }: Statement): string {
  const where =
    policy.kind === 'key' ? `the key policy “${policy.name}”` : `the identity policy “${policy.name}”`
  return `Statement ${index + 1}${sid ? ` “${sid}”` : ''} of ${where}`
}

const asked = (decision: RecordedDecision, gate: GateView['gate']) =>
  decision.gates.some((one) => one.gate === gate && one.result !== 'not-applicable')

/** Which policies were asked and stayed silent. */
function silent(decision: RecordedDecision, principal: string): string {
  const { action } = decision
  const who = principalLabel(principal)
  const key = asked(decision, 'key-policy') && 'statement of the key policy'
  const identity = asked(decision, 'identity-policy') && `identity policy of ${who}`
  const named = [key, identity].filter((one) => one !== false)
  if (named.length === 0) return `Nothing allows ${action}.`
  return `No ${named.join(' and no ')} allows ${action}.`
}

export type Verdict = { readonly allowed: boolean; readonly title: string; readonly text: string }

/** What a decision comes to: the statement that decided, or the absence of one. */
export function verdictOf(decision: RecordedDecision, principal: string): Verdict {
  const { verdict, deciding, action } = decision
  if (verdict === 'allowed') {
    const text = deciding
      ? `${statementName(deciding)} allows ${action}.`
      : `The account root may use ${action} without a statement.`
    return { allowed: true, title: 'Allowed', text }
  }
  if (deciding)
    return {
      allowed: false,
      title: 'Denied by a statement',
      text: `${statementName(deciding)} denies ${action}.`,
    }
  return { allowed: false, title: 'Denied: nothing allows it', text: silent(decision, principal) }
}

export type ConditionValue = { readonly name: string; readonly values: readonly string[] | null }

/** The condition values that the evaluator read; null for a key that the request did not have. */
export function conditionsOf(context: unknown): readonly ConditionValue[] {
  if (!isObject(context)) return []
  return Object.entries(context).map(([name, values]) => ({
    name,
    values: Array.isArray(values) ? values.map(String) : null,
  }))
}
