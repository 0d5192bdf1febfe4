/**
 * What AWS's operations answer, as it arrives from the desk: bytes in base64, dates in epoch seconds. Types only;
 * those of our own operations come from their lists (lib/console/operations.ts).
 */

import type { DataKeyPairSpec } from '#lib/domain/data-key-spec.ts'
import type { GrantConstraints, GrantOperation } from '#lib/domain/grant.ts'
import type {
  KeySpecName,
  KeyUsageName,
  MacAlgorithmName,
  Origin,
  SigningAlgorithmName,
} from '#lib/domain/key-spec.ts'
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
  readonly PendingDeletionWindowInDays?: number
  readonly ExpirationModel?: 'KEY_MATERIAL_EXPIRES' | 'KEY_MATERIAL_DOES_NOT_EXPIRE'
  readonly ValidTo?: Seconds
  readonly EncryptionAlgorithms?: readonly string[]
  readonly SigningAlgorithms?: readonly string[]
  readonly MacAlgorithms?: readonly string[]
  readonly KeyAgreementAlgorithms?: readonly string[]
  readonly EncapsulationAlgorithms?: readonly string[]
  readonly CurrentKeyMaterialId?: string
  readonly MultiRegionConfiguration?: {
    readonly MultiRegionKeyType: 'PRIMARY' | 'REPLICA'
    readonly PrimaryKey: MemberKey
    readonly ReplicaKeys: readonly MemberKey[]
  }
}

type MemberKey = { readonly Arn: string; readonly Region: string }

export type GetKeyLastUsageOutput = {
  readonly KeyId: string
  readonly KeyLastUsage?: {
    readonly Operation: string
    readonly Timestamp: Seconds
    readonly CloudTrailEventId: string
    readonly KmsRequestId?: string
  }
  readonly TrackingStartDate: Seconds
  readonly KeyCreationDate: Seconds
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

export type CreateGrantOutput = { readonly GrantToken: string; readonly GrantId: string }
export type GrantEntry = {
  readonly KeyId: string
  readonly GrantId: string
  readonly Name: string
  readonly CreationDate: Seconds
  readonly GranteePrincipal?: string
  readonly GranteeServicePrincipal?: string
  readonly RetiringPrincipal?: string
  readonly RetiringServicePrincipal?: string
  readonly IssuingAccount: string
  readonly Operations: readonly GrantOperation[]
  readonly Constraints?: GrantConstraints
}
export type ListGrantsOutput = Page & { readonly Grants: readonly GrantEntry[] }

export type ScheduleKeyDeletionOutput = {
  readonly KeyId: string
  /** None for a primary that waits for its replicas to go. */
  readonly DeletionDate?: Seconds
  readonly KeyState: KeyState
  readonly PendingWindowInDays: number
}

export type ReplicateKeyOutput = {
  readonly ReplicaKeyMetadata: KeyMetadata
  readonly ReplicaPolicy: string
  readonly ReplicaTags: readonly Tag[]
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
  readonly SourceEncryptionAlgorithm: string
  readonly DestinationEncryptionAlgorithm: string
  readonly SourceKeyMaterialId?: string
  readonly DestinationKeyMaterialId?: string
}
export type DataKeyOutput = {
  readonly CiphertextBlob: Base64
  readonly Plaintext?: Base64
  readonly KeyId: string
  readonly KeyMaterialId?: string
}

export type DataKeyPairOutput = {
  readonly PrivateKeyCiphertextBlob: Base64
  readonly PrivateKeyPlaintext?: Base64
  readonly PublicKey: Base64
  readonly KeyId: string
  readonly KeyPairSpec: DataKeyPairSpec
  readonly KeyMaterialId?: string
}
export type RandomOutput = { readonly Plaintext: Base64 }

export type SignOutput = {
  readonly KeyId: string
  readonly Signature: Base64
  readonly SigningAlgorithm: SigningAlgorithmName
}
export type VerifyOutput = {
  readonly KeyId: string
  readonly SignatureValid: boolean
  readonly SigningAlgorithm: SigningAlgorithmName
}
export type MacOutput = {
  readonly KeyId: string
  readonly Mac: Base64
  readonly MacAlgorithm: MacAlgorithmName
}
export type VerifyMacOutput = {
  readonly KeyId: string
  readonly MacValid: boolean
  readonly MacAlgorithm: MacAlgorithmName
}
export type SharedSecretOutput = {
  readonly KeyId: string
  readonly SharedSecret: Base64
  readonly KeyAgreementAlgorithm: string
  readonly KeyOrigin: Origin
}
export type EncapsulateOutput = {
  readonly KeyId: string
  readonly SharedSecret: Base64
  readonly SharedSecretCiphertextBlob: Base64
  readonly EncapsulationAlgorithm: string
}
export type DecapsulateOutput = {
  readonly KeyId: string
  readonly SharedSecret: Base64
  readonly EncapsulationAlgorithm: string
}
export type GetPublicKeyOutput = {
  readonly KeyId: string
  /** SubjectPublicKeyInfo, DER. */
  readonly PublicKey: Base64
  readonly KeySpec: KeySpecName
  readonly KeyUsage: KeyUsageName
  readonly EncryptionAlgorithms?: readonly string[]
  readonly SigningAlgorithms?: readonly SigningAlgorithmName[]
  readonly KeyAgreementAlgorithms?: readonly string[]
  readonly EncapsulationAlgorithms?: readonly string[]
}

export type RotationStatusOutput = {
  readonly KeyId: string
  readonly KeyRotationEnabled: boolean
  readonly RotationPeriodInDays?: number
  readonly NextRotationDate?: Seconds
  readonly OnDemandRotationStartDate?: Seconds
}
export type MaterialState =
  | 'CURRENT'
  | 'NON_CURRENT'
  | 'PENDING_ROTATION'
  | 'PENDING_MULTI_REGION_IMPORT_AND_ROTATION'
export type ExpirationModel = 'KEY_MATERIAL_EXPIRES' | 'KEY_MATERIAL_DOES_NOT_EXPIRE'
export type RotationEntry = {
  readonly KeyId: string
  readonly KeyMaterialId: string
  readonly KeyMaterialDescription?: string
  readonly ImportState?: 'IMPORTED' | 'PENDING_IMPORT'
  readonly KeyMaterialState: MaterialState
  readonly ExpirationModel?: ExpirationModel
  readonly ValidTo?: Seconds
  readonly RotationDate?: Seconds
  readonly RotationType?: 'AUTOMATIC' | 'ON_DEMAND'
}
export type ListKeyRotationsOutput = Page & { readonly Rotations: readonly RotationEntry[] }

export type GetParametersForImportOutput = {
  readonly KeyId: string
  readonly ImportToken: Base64
  readonly PublicKey: Base64
  readonly ParametersValidTo: Seconds
}
/** Materials of symmetric keys have ids; those of others have none that AWS shows. */
export type ImportedMaterialOutput = { readonly KeyId: string; readonly KeyMaterialId?: string }

export type CallerIdentityOutput = { readonly UserId: string; readonly Account: string; readonly Arn: string }
