/** A grant as it is being written: what the form holds, what is wrong with it, and the request that it becomes. */
import { contextOf, NO_PAIRS, type Pair, faultOf as pairFault } from '#components/playground/context-pairs.ts'
import type { InputOf } from '#lib/console/operations.ts'
import type { Scope } from '#lib/console/paths.ts'
import { parseArn } from '#lib/domain/arn.ts'
import { GRANT_LIMITS, type GrantConstraints, type GrantOperation } from '#lib/domain/grant.ts'
import { principalArn } from './principal-arn.ts'

export type GranteeKind = 'identity' | 'arn' | 'service'
export type ConstraintKind = 'none' | 'equals' | 'subset'

export type GrantDraft = {
  readonly kind: GranteeKind
  /** One for each kind, so that looking at another loses nothing. */
  readonly grantee: Readonly<Record<GranteeKind, string>>
  readonly sourceArn: string
  readonly operations: readonly GrantOperation[]
  readonly constraint: ConstraintKind
  readonly pairs: readonly Pair[]
  readonly retiring: string
  readonly name: string
}

export const NEW_GRANT: GrantDraft = {
  kind: 'identity',
  grantee: { identity: '', arn: '', service: '' },
  sourceArn: '',
  operations: [],
  constraint: 'none',
  pairs: NO_PAIRS,
  retiring: '',
  name: '',
}

export const GRANT_PARTS = ['grantee', 'sourceArn', 'operations', 'constraint', 'retiring', 'name'] as const
export type GrantPart = (typeof GRANT_PARTS)[number]
export type GrantFaults = Partial<Record<GrantPart, string>>

const SERVICE = /^[a-z0-9-]+(\.[a-z0-9-]+)*\.amazonaws\.com(\.cn)?$/

export const isService = (text: string) => SERVICE.test(text.trim())

function granteeFault({ kind, grantee }: GrantDraft, scope: Scope): string | undefined {
  const text = grantee[kind].trim()
  if (kind === 'identity') return text === '' ? 'Choose who gets the grant.' : undefined
  if (kind === 'service')
    return isService(text) ? undefined : 'Give the service’s name, such as sqs.amazonaws.com.'
  return parseArn(principalArn(text, scope))
    ? undefined
    : 'Give the ARN of a user, a role or an account’s root.'
}

function constraintFault({ constraint, pairs }: GrantDraft): string | undefined {
  if (constraint === 'none') return undefined
  const { contextPairs, contextValue } = GRANT_LIMITS
  const context = contextOf(pairs)
  if (!context) return 'Give at least one pair, or choose no constraint.'
  if (pairs.some((pair) => pairFault(pair, pairs))) return 'Correct the pairs first.'
  if (Object.keys(context).length > contextPairs) return `A constraint has at most ${contextPairs} pairs.`
  return Object.values(context).some((value) => value.length > contextValue)
    ? `A value has at most ${contextValue} characters here.`
    : undefined
}

function retiringFault({ kind, retiring }: GrantDraft, scope: Scope): string | undefined {
  const text = retiring.trim()
  if (text === '')
    return kind === 'service' ? 'A grant to a service needs somebody who can retire it.' : undefined
  return isService(text) || parseArn(principalArn(text, scope))
    ? undefined
    : 'Give user/name, an ARN, or a service’s name.'
}

function operationsFault({ operations }: GrantDraft): string | undefined {
  if (operations.length === 0) return 'Choose at least one operation.'
  return operations.every((name) => name === 'CreateGrant')
    ? 'CreateGrant alone gives nothing: choose what the next grants may contain.'
    : undefined
}

/** What must be put right before it can be sent. */
export function grantFaults(draft: GrantDraft, scope: Scope): GrantFaults {
  const faults: Record<GrantPart, string | undefined> = {
    grantee: granteeFault(draft, scope),
    sourceArn:
      draft.kind === 'service' && !parseArn(draft.sourceArn.trim())
        ? 'Give the ARN of the resource that the service acts for.'
        : undefined,
    operations: operationsFault(draft),
    constraint: constraintFault(draft),
    retiring: retiringFault(draft, scope),
    name: /^[a-zA-Z0-9:/_-]*$/.test(draft.name) ? undefined : 'Use letters, digits, :, /, _ and -.',
  }
  return Object.fromEntries(Object.entries(faults).filter(([, fault]) => fault !== undefined))
}

export function constraintsOf({
  kind,
  constraint,
  pairs,
  sourceArn,
}: GrantDraft): GrantConstraints | undefined {
  const context = constraint === 'none' ? undefined : contextOf(pairs)
  const constraints = {
    ...(context && constraint === 'equals' && { EncryptionContextEquals: context }),
    ...(context && constraint === 'subset' && { EncryptionContextSubset: context }),
    ...(kind === 'service' && sourceArn.trim() !== '' && { SourceArn: sourceArn.trim() }),
  }
  return Object.keys(constraints).length === 0 ? undefined : constraints
}

/** The request that is sent, and shown as code. */
export function grantInput(
  draft: GrantDraft,
  key: { reference: string; scope: Scope },
): InputOf<'CreateGrant'> {
  const grantee = draft.grantee[draft.kind].trim()
  const retiring = draft.retiring.trim()
  const constraints = constraintsOf(draft)
  return {
    KeyId: key.reference,
    ...(draft.kind === 'service'
      ? { GranteeServicePrincipal: grantee }
      : { GranteePrincipal: principalArn(grantee, key.scope) }),
    ...(retiring !== '' &&
      (isService(retiring)
        ? { RetiringServicePrincipal: retiring }
        : { RetiringPrincipal: principalArn(retiring, key.scope) })),
    Operations: [...draft.operations],
    ...(constraints && { Constraints: constraints }),
    ...(draft.name !== '' && { Name: draft.name }),
  }
}

/** Which field a refusal is about, by what the engine says in it. */
export function refusedPart(message: string, input: InputOf<'CreateGrant'>): GrantPart | undefined {
  const about = (...texts: (string | undefined)[]) =>
    texts.some((text) => text !== undefined && message.includes(text))
  if (about('SourceArn', input.Constraints?.SourceArn)) return 'sourceArn'
  if (about('ncryption context', 'EncryptionContext')) return 'constraint'
  if (about('Grant operations', 'operation.', "'operations'")) return 'operations'
  // The grantee is looked at first: where both are the same one, it is meant.
  if (
    about(
      'GranteePrincipal',
      'GranteeServicePrincipal',
      "'granteePrincipal'",
      input.GranteePrincipal,
      input.GranteeServicePrincipal,
    )
  )
    return 'grantee'
  if (
    about('RetiringPrincipal', "'retiringPrincipal'", input.RetiringPrincipal, input.RetiringServicePrincipal)
  )
    return 'retiring'
  return about("'name'") ? 'name' : undefined
}
