/**
 * One call of one operation: who asks, and the only ways to reach a key.
 * What a call touches it remembers, for its event and for the check that nothing changed meanwhile.
 */
import type { PrivateKey, PublicKey } from '#lib/crypto/asymmetric-key.ts'
import type { KeyObject } from '#lib/crypto/secret-key.ts'
import type { Place } from '#lib/domain/arn.ts'
import type { Caller } from '#lib/domain/caller.ts'
import type { EncryptionContext } from '#lib/domain/encryption-context.ts'
import type { Grant, GrantTerms } from '#lib/domain/grant.ts'
import type { KeyUsageName } from '#lib/domain/key-spec.ts'
import type { Deed } from '#lib/domain/key-state.ts'
import type { KmsError } from '#lib/domain/refusal.ts'
import type { NamedPolicy } from '#lib/policy/decision.ts'
import type { Transaction } from '#lib/store/database.ts'
import type { KeyColumns, KeyPlace, KeySnapshot } from '#lib/store/keys.ts'
import type { Identity } from './identities.ts'
import type { ConditionValues } from './request-context.ts'
import type { Services } from './services.ts'

declare const allowed: unique symbol
/** A key that this call may use for the action it named. Only a call makes one. */
export type AllowedKey = {
  readonly arn: string
  readonly place: Place
  readonly row: KeySnapshot
  readonly [allowed]: true
}

export type KeyDemand = {
  /** What is done to the key; its state must admit it. */
  readonly deed: Deed
  /** What kinds of key the operation is for, asked before the state (facts §4, codes 6, 7 and 9). */
  readonly kind?: (key: { readonly arn: string; readonly row: KeySnapshot }) => KmsError | undefined
  readonly usage?: KeyUsageName
  /** Whether the member takes aliases too: cryptographic operations and DescribeKey do. */
  readonly aliases?: boolean
  readonly encryptionContext?: EncryptionContext | undefined
  /** Condition values of this operation, by AWS's names. */
  readonly conditions?: ConditionValues
  /** What CreateGrant would give: a grant that permits it must give as much itself. */
  readonly childGrant?: GrantTerms
  /** Where a grant says by itself who may (RetireGrant), that, in place of the key's grants. */
  readonly grants?: readonly Grant[]
}

export type Permission = {
  readonly action?: string
  /** An ARN; `*` for actions without one. */
  readonly resource?: string
  readonly conditions?: ConditionValues
  /** How a refusal names the resource where its ARN tells more than the caller said: IAM's `user bob`, without a path. */
  readonly shown?: string
  /** The Region that aws:RequestedRegion names, if it is not the call's own. */
  readonly region?: string
  /** Where the resource has a policy of its own, perhaps in another account: the role to be assumed. */
  readonly owned?: OwnedResource
  /** ARN of the identity provider, where somebody shows its token instead of credentials. */
  readonly provider?: string
  /** Condition values in place of the caller's own: a second factor shown with this very request. */
  readonly instead?: ConditionValues
  /** The refusal, where AWS says less than why. */
  readonly words?: string
}

export type OwnedResource = {
  readonly account: string
  /** The account's epoch when the policy was read; undefined for an account that is not here. */
  readonly epoch: bigint | undefined
  readonly policy: NamedPolicy
}

/** A change of rows, and the answer it gives; all of it and its event happen, or nothing. */
export type Change<O> = {
  /** Keys that move to their next version, with the columns that change. */
  readonly keys?: readonly { readonly key: AllowedKey; readonly set?: Partial<KeyColumns> }[]
  /** Is told the id of the event that the change leaves, for rows that name it. */
  readonly rows?: (transaction: Transaction, eventId: string) => Promise<void>
  /** Accounts whose identities the rows change: their epochs move with it, and every engine decides anew (R52). */
  readonly identitiesOf?: readonly string[]
  /** What Keyhouse does by itself as part of the change: events of their own, as RotateKey is (facts §17.2). */
  readonly internal?: readonly InternalPart[]
  /** The id of what a creating call makes, so that its retry finds it. */
  readonly makes?: string
  readonly output: O
}

/** An event that Keyhouse causes by itself. The key may be one that the change makes. */
export type InternalPart = {
  readonly name: string
  readonly key: { readonly arn: string; readonly row: KeyPlace }
  readonly details?: Readonly<Record<string, unknown>>
}

export type Call = {
  readonly caller: Caller
  readonly identity: Identity
  readonly operation: string
  readonly account: string
  readonly region: string
  readonly place: Place
  /** keyhouse.now(). */
  readonly now: Date
  readonly services: Services

  /** The key that a KeyId member names, if the caller may do `action` with it. */
  readonly key: (reference: string, action: string, demand: KeyDemand) => Promise<AllowedKey>
  /** The key that a ciphertext names. `materialId` is undefined when the ciphertext is none of ours. */
  readonly keyOfCiphertext: (materialId: string, action: string, demand: KeyDemand) => Promise<AllowedKey>
  /** The id of the key that a member names, without deciding anything: for conditions that compare keys. */
  readonly keyIdOf: (reference: string) => Promise<string | undefined>
  /** Permission without a key: by identity policies alone. The operation's own action unless another is named. */
  readonly permit: (permission?: Permission) => Promise<void>
  /**
   * Opened material of a symmetric or HMAC key; the current one unless an id is given. Undefined when the key has none
   * by that id, or the bytes of imported material are gone.
   */
  readonly material: (key: AllowedKey, id?: string) => Promise<{ id: string; key: KeyObject } | undefined>
  /** The two halves of an asymmetric key. @throws KMSInvalidStateException when no material is there. */
  readonly privateKey: (key: AllowedKey) => Promise<PrivateKey>
  readonly publicKey: (key: AllowedKey) => PublicKey
  /** The other members of a multi-Region key's family; permission for one of them is permission to keep all alike. */
  readonly members: (key: AllowedKey) => Promise<AllowedKey[]>
  /** The member of the family in another Region, if there is one and the caller may do `action` with it as well. */
  readonly member: (
    key: AllowedKey,
    region: string,
    action: string,
    demand: KeyDemand,
  ) => Promise<AllowedKey | undefined>
  /** Adds members to the event's additionalEventData. */
  readonly note: (fields: Readonly<Record<string, unknown>>) => void
  /** Adds a resource to the event without deciding anything. */
  readonly mention: (resource: {
    readonly type: string
    readonly arn: string
    readonly accountId: string
  }) => void
  readonly change: <O>(change: Change<O>) => Promise<O>
  /** What this very call made before, when an SDK sends it again (R40). */
  readonly made: () => Promise<string | undefined>
}
