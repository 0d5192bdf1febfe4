/** Decisions as the log keeps them, read defensively, and what each comes to in words. */
import { principalLabel } from '#lib/console/format.ts'
import type { DecisionView, GateView } from '#lib/console/messages.ts'

type Statement = NonNullable<GateView['by']>

export type RecordedDecision = DecisionView & {
  readonly action: string
  readonly resource: string
  readonly verdict: string
  readonly deciding: Statement | null
  readonly grant?: GateView['grant']
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
  const grant = asked(decision, 'grants') && 'grant'
  const named = [key, identity, grant].filter((one) => one !== false)
  if (named.length === 0) return `Nothing allows ${action}.`
  return `No ${named.join(' and no ')} allows ${action}.`
}

export type Verdict = { readonly allowed: boolean; readonly title: string; readonly text: string }

function allowedBy({ deciding, grant, action }: RecordedDecision): string {
  const by = deciding ? statementName(deciding) : undefined
  // A grant to an account leaves it to the account's identity policies who of it may.
  if (grant)
    return by ? `Grant ${grant.id} and ${by} allow ${action}.` : `Grant ${grant.id} allows ${action}.`
  return by ? `${by} allows ${action}.` : `The account root may use ${action} without a statement.`
}

/** What a decision comes to: the statement or grant that decided, or the absence of one. */
export function verdictOf(decision: RecordedDecision, principal: string): Verdict {
  const { verdict, deciding, action } = decision
  if (verdict === 'allowed') return { allowed: true, title: 'Allowed', text: allowedBy(decision) }
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
