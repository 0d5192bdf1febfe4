/**
 * What AWS's operations answer, as it arrives from the desk: bytes in base64, dates in epoch seconds. Types only;
 * those of our own operations come from their lists (lib/console/operations.ts).
 */
import type { KeySpecName, KeyUsageName, Origin } from '#lib/domain/key-spec.ts'
import type { KeyState } from '#lib/domain/key-state.ts'

/** Seconds since the epoch, with a fraction. */
export type Seconds = number
/** Bytes in base64. */
export type Base64 = string
/** Operations that answer nothing answer an empty object. */
export type Nothing = Record<string, never>

type Page = { readonly Truncated: boolean; readonly NextMarker?: string }

export type KeyMetadata = {
  readonly AWSAccountId: string
  readonly KeyId: string
  readonly Arn: string
  readonly CreationDate: Seconds
  readonly Enabled: boolean
  readonly Description: string
  readonly KeyUsage: KeyUsageName
  readonly KeyState: KeyState
  readonly Origin: Origin
  readonly KeyManager: 'CUSTOMER' | 'AWS'
  readonly KeySpec: KeySpecName
  readonly MultiRegion: boolean
  readonly DeletionDate?: Seconds
  readonly EncryptionAlgorithms?: readonly string[]
  readonly CurrentKeyMaterialId?: string
}

export type KeyOutput = { readonly KeyMetadata: KeyMetadata }
export type ListKeysOutput = Page & {
  readonly Keys: readonly { readonly KeyId: string; readonly KeyArn: string }[]
}

export type AliasEntry = {
  readonly AliasName: string
  readonly AliasArn: string
  readonly TargetKeyId?: string
  readonly CreationDate?: Seconds
  readonly LastUpdatedDate?: Seconds
}
export type ListAliasesOutput = Page & { readonly Aliases: readonly AliasEntry[] }

export type GetKeyPolicyOutput = { readonly Policy: string; readonly PolicyName: string }
export type ListKeyPoliciesOutput = Page & { readonly PolicyNames: readonly string[] }

export type Tag = { readonly TagKey: string; readonly TagValue: string }
export type ListResourceTagsOutput = Page & { readonly Tags: readonly Tag[] }

export type ScheduleKeyDeletionOutput = {
  readonly KeyId: string
  readonly DeletionDate: Seconds
  readonly KeyState: KeyState
  readonly PendingWindowInDays: number
}

export type EncryptOutput = {
  readonly CiphertextBlob: Base64
  readonly KeyId: string
  readonly EncryptionAlgorithm: string
}
export type DecryptOutput = {
  readonly Plaintext: Base64
  readonly KeyId: string
  readonly EncryptionAlgorithm: string
  readonly KeyMaterialId?: string
}
export type ReEncryptOutput = {
  readonly CiphertextBlob: Base64
  readonly SourceKeyId: string
  readonly KeyId: string
}
export type DataKeyOutput = {
  readonly CiphertextBlob: Base64
  readonly Plaintext?: Base64
  readonly KeyId: string
  readonly KeyMaterialId?: string
}

export type RotationStatusOutput = {
  readonly KeyId: string
  readonly KeyRotationEnabled: boolean
  readonly RotationPeriodInDays?: number
  readonly NextRotationDate?: Seconds
  readonly OnDemandRotationStartDate?: Seconds
}
export type RotationEntry = {
  readonly KeyId: string
  readonly KeyMaterialId: string
  readonly KeyMaterialState: string
  readonly RotationDate?: Seconds
  readonly RotationType?: 'AUTOMATIC' | 'ON_DEMAND'
}
export type ListKeyRotationsOutput = Page & { readonly Rotations: readonly RotationEntry[] }

export type CallerIdentityOutput = { readonly UserId: string; readonly Account: string; readonly Arn: string }
