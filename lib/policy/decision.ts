/** A question of permission and the decision on it: shapes only. decide.ts judges. */
import type { Principal } from '#lib/domain/caller.ts'
import type { EncryptionContext } from '#lib/domain/encryption-context.ts'
import type { Grant, GrantOperation, GrantTerms } from '#lib/domain/grant.ts'
import type { CompiledPolicy } from './compile.ts'
import type { Assumption, ConditionContext } from './pattern.ts'

/** What a policy is to the request: `resource` is the key policy, or the trust policy of the role to be assumed. */
export type PolicyRole = 'guardrail' | 'resource' | 'identity' | 'boundary' | 'session'

export type NamedPolicy = { readonly name: string; readonly hash: string; readonly policy: CompiledPolicy }

export type Question = {
  readonly principal: Principal
  /** ARN of the identity provider, where somebody shows its token instead of credentials. */
  readonly provider?: string | undefined
  readonly action: string
  /** The key's ARN, an alias ARN, or `*`; and the account it belongs to. */
  readonly resource: { readonly arn: string; readonly account: string }
  readonly context: ConditionContext
  /** The key's or the role's own policy; null for actions on what has none: identity policies alone decide. */
  readonly resourcePolicy: NamedPolicy | null
  readonly identityPolicies: readonly NamedPolicy[]
  readonly boundary?: NamedPolicy | null | undefined
  /** Absent: the session has none, and is as wide as its principal. Together they must allow. */
  readonly sessionPolicies?: readonly NamedPolicy[] | undefined
  /** Of the principal's account; absent or empty: it is not guarded. Together they must allow. */
  readonly guardrails?: readonly NamedPolicy[] | undefined
  /** Grants that may bear on the question; absent where none were looked for. */
  readonly grants?: readonly Grant[]
  /** As the request has it: constraints of grants compare its names otherwise than conditions do. */
  readonly encryptionContext?: EncryptionContext | undefined
  /** What a CreateGrant would give. */
  readonly childGrant?: GrantTerms | undefined
  /** Only for questions about requests that nobody has made: the door never assumes. */
  readonly assume?: Assumption | undefined
}

export type StatementRef = {
  readonly policy: { readonly kind: PolicyRole; readonly name: string; readonly hash: string }
  /** From 0. */
  readonly index: number
  readonly sid: string | null
}

export type GrantRef = { readonly id: string; readonly operation: GrantOperation }

export const GATES = [
  'explicit-deny',
  'guardrails',
  'key-policy',
  'delegation',
  'identity-policy',
  'boundary',
  'session-policy',
  'grants',
] as const
export type GateName = (typeof GATES)[number]

export type Gate = {
  readonly gate: GateName
  /** For explicit-deny, `pass` means that nothing denies. */
  readonly result: 'pass' | 'no' | 'not-applicable'
  readonly by: StatementRef | null
  /** The grant that opened the gate of grants. */
  readonly grant?: GrantRef
}

/** Why a request is refused: who denied, or whose Allow is missing. */
export type Reason = 'allowed' | `explicit-deny-${PolicyRole}` | `no-${PolicyRole}-policy`

export type Decision = {
  readonly allowed: boolean
  readonly verdict: 'allowed' | 'explicit-deny' | 'implicit-deny'
  /** In the order of GATES. */
  readonly gates: readonly Gate[]
  /** The statement that denied, or the one that completed the permission; null when nothing matched. */
  readonly deciding: StatementRef | null
  /** The grant that gave or completed the permission. */
  readonly grant: GrantRef | null
  readonly reason: Reason
  /** Every condition value that was looked at, by lower-case key; null for a key that was absent. */
  readonly read: ReadonlyMap<string, readonly string[] | null>
}
