/**
 * One cell of the access matrix: what a principal may do with an action whatever its request says, and what it might. Of
 * a request that nobody has made the values are not known: they are taken to hinder, and then to favour (lib/policy).
 */
import type { AccessMark } from '#lib/domain/access.ts'
import type { Grant } from '#lib/domain/grant.ts'
import type { LoadedKey } from '#lib/engine/keys.ts'
import { questionOf } from '#lib/engine/question.ts'
import { decide } from '#lib/policy/decide.ts'
import type { Decision, NamedPolicy, Question } from '#lib/policy/decision.ts'
import { policyWords, statementWords } from '#lib/policy/policy-words.ts'
import { requestKeysOf } from '#lib/policy/request-keys.ts'
import type { Subject } from './asked-principal.ts'

/** A principal with what is the same in all of its questions about one key. */
export type Candidate = {
  readonly subject: Subject
  readonly key: LoadedKey
  readonly policy: NamedPolicy
  readonly context: Question['context']
  /** Those that name it, its role or its account. */
  readonly grants: readonly Grant[]
}

export type Marked = { readonly mark: AccessMark; readonly decision: Decision }

const questionFor = ({ subject, key, policy, context, grants }: Candidate, action: string): Question => ({
  ...questionOf(subject.identity, {
    action: `kms:${action}`,
    resource: { arn: key.arn, account: key.row.account },
    resourcePolicy: policy,
    context,
  }),
  ...(grants.length > 0 && { grants }),
})

/** Both readings, the second only where something unknown came up in the first. */
function decideBoth(question: Question): { readonly hindered: Decision; readonly favoured: Decision } {
  const unknown = requestKeysOf(question.principal)
  let met = question.grants !== undefined
  const isUnknown = (key: string) => {
    const is = unknown(key)
    met ||= is
    return is
  }
  const hindered = decide({ ...question, assume: { favours: false, isUnknown } })
  if (hindered.allowed || !met) return { hindered, favoured: hindered }
  return { hindered, favoured: decide({ ...question, assume: { favours: true, isUnknown } }) }
}

/** What a principal may do; of another account's nothing is sure, because its own policies are not known. */
export function markOf(candidate: Candidate, action: string): Marked {
  const { hindered, favoured } = decideBoth(questionFor(candidate, action))
  const decision = hindered.allowed ? hindered : favoured
  if (!decision.allowed) return { mark: decision.verdict === 'explicit-deny' ? 'denied' : 'none', decision }
  if (decision.grant) return { mark: 'grant', decision }
  return { mark: hindered.allowed && candidate.subject.ours ? 'allowed' : 'conditional', decision }
}

/** Whether a mark is a way to do it. */
export const isPath = (mark: AccessMark) => mark === 'allowed' || mark === 'conditional' || mark === 'grant'

const MISSING: Readonly<Record<string, string>> = {
  'no-guardrail-policy': 'No guardrail of the account allows it.',
  'no-resource-policy': 'The key policy does not allow it.',
  'no-identity-policy': 'The key policy leaves it to identity policies, and none allows it.',
  'no-boundary-policy': 'The permissions boundary does not allow it.',
  'no-session-policy': 'The session policy does not allow it.',
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

/** Why a cell is marked as it is, in one sentence. */
export function whyOf({ mark, decision }: Marked, { subject }: Candidate): string {
  const { deciding, grant, reason } = decision
  if (grant) return `Grant ${grant.id.slice(0, 8)}… gives ${grant.operation}.`
  if (mark === 'none') return MISSING[reason] ?? 'Nothing allows it.'
  const by = deciding ? capital(statementWords(deciding)) : capital(policyWords('resource', ''))
  if (mark === 'denied') return `${by} denies it.`
  if (!subject.ours)
    return `Allowed by the key policy; policies of account ${subject.identity.account} must allow it too.`
  return `${by} allows it${mark === 'conditional' ? ', depending on the request' : ''}.`
}
