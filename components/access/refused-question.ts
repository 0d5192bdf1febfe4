/** What a refusal was about: who, what, on which resource; and how its trace is asked for. */
import type { RefusalView } from '#lib/console/messages.ts'
import { parseArn } from '#lib/domain/arn.ts'

export type Refused = { readonly principal: string; readonly action: string; readonly resource: string }

const AWS_SENTENCE = /^User: (\S+) is not authorized to perform: (\S+)(?: on resource: (\S+))?/

/**
 * From AWS's sentence, else from the decision; empty where neither says it. The decision may be of a later question than
 * the one that was refused: then only the sentence counts.
 */
export function refusedOf({ message, decision }: RefusalView): Refused {
  const [, principal, action, resource] = AWS_SENTENCE.exec(message) ?? []
  const same = action === undefined || decision?.action === undefined || decision.action === action
  const { principal: by, action: deed, resource: on } = (same && decision) || {}
  return {
    principal: by ?? principal ?? '',
    action: deed ?? action ?? '',
    // An action without a resource is judged on everything.
    resource: (on === '*' ? undefined : on) ?? resource ?? '',
  }
}

/** Key policies and grants speak of keys alone: of aliases, principals and whole accounts identity policies do. */
export const isKey = (resource: string) => /:key\//.test(resource)

const DENIED_BY: Readonly<Record<string, string>> = {
  'explicit-deny-resource': 'the key policy denies it.',
  'explicit-deny-identity': 'a policy attached to this identity denies it.',
  'explicit-deny-boundary': 'the permissions boundary of this identity denies it.',
  'explicit-deny-session': 'the policy of this session denies it.',
  'explicit-deny-guardrail': 'a guardrail of the account denies it.',
  'no-boundary-policy': 'the permissions boundary of this identity does not allow it.',
  'no-session-policy': 'the policy of this session does not allow it.',
  'no-guardrail-policy': 'no guardrail of the account allows it.',
}
const OF_KEYS: Readonly<Record<string, string>> = {
  'no-resource-policy': 'the key policy does not allow it.',
}

/** Why, in one phrase. */
export function reasonOf(refusal: RefusalView): string {
  const { action, resource } = refusedOf(refusal)
  const { decision } = refusal
  const reason = decision?.action === undefined || decision.action === action ? (decision?.reason ?? '') : ''
  const denied = DENIED_BY[reason]
  if (denied) return denied
  if (refusal.message.includes('explicit deny')) return 'a policy denies it.'
  if (!isKey(resource)) return 'no policy attached to this identity allows it.'
  return OF_KEYS[reason] ?? 'no key policy statement, identity policy or grant allows it.'
}

/** The refusal as it would come: for what a screen knows before it asks. */
export const foreseen = ({ principal, action, resource }: Refused): RefusalView => ({
  code: 'AccessDeniedException',
  message: `User: ${principal} is not authorized to perform: ${action} on resource: ${resource}`,
  requestId: null,
  eventId: null,
})

/** The account whose log and whose identities it is about. */
export const accountOf = ({ principal }: Refused): string => parseArn(principal)?.account ?? ''

/** A statement that would allow it, where the engine can’t be asked for the smallest change. */
export function plainStatement({ principal, action, resource }: Refused): string {
  const own = { Effect: 'Allow', Action: action, Resource: resource.includes(':alias/') ? resource : '*' }
  const keys = { Effect: 'Allow', Principal: { AWS: principal }, Action: action, Resource: '*' }
  return JSON.stringify(isKey(resource) ? keys : own, null, 2)
}
