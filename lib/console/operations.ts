/**
 * The operations that screens ask for: their service, whether they only read, and the types of both ends.
 * Inputs come from the schemas that the wire uses too.
 */
import type { DeriveSharedSecretInput } from '#lib/domain/operations/agreement.ts'
import type {
  CreateAliasInput,
  DeleteAliasInput,
  ListAliasesInput,
  UpdateAliasInput,
} from '#lib/domain/operations/aliases.ts'
import type {
  GenerateDataKeyPairInput,
  GenerateDataKeyPairWithoutPlaintextInput,
} from '#lib/domain/operations/data-key-pairs.ts'
import type {
  GenerateDataKeyInput,
  GenerateDataKeyWithoutPlaintextInput,
  GenerateRandomInput,
} from '#lib/domain/operations/data-keys.ts'
import type { DecapsulateInput, EncapsulateInput } from '#lib/domain/operations/encapsulation.ts'
import type { DecryptInput, EncryptInput, ReEncryptInput } from '#lib/domain/operations/encrypt.ts'
import type {
  CreateGrantInput,
  ListGrantsInput,
  ListRetirableGrantsInput,
  RetireGrantInput,
  RevokeGrantInput,
} from '#lib/domain/operations/grants.ts'
import type {
  DeleteImportedKeyMaterialInput,
  GetParametersForImportInput,
  ImportKeyMaterialInput,
} from '#lib/domain/operations/import.ts'
import type {
  CapabilitiesInput,
  CountUseOfMaterialsInput,
  FindKeyOfCiphertextInput,
  GetDeletedKeyInput,
  GetEventInput,
  ListMultiRegionKeysInput,
  SearchAliasesInput,
  SearchEventsInput,
  SearchGrantsInput,
  SearchKeysInput,
  ShowClockInput,
  WatchConnectionInput,
} from '#lib/domain/operations/insight.ts'
import type {
  CreateKeyInput,
  DescribeKeyInput,
  KeyInput,
  ListKeysInput,
  ScheduleKeyDeletionInput,
  UpdateKeyDescriptionInput,
} from '#lib/domain/operations/keys.ts'
import type { GetKeyLastUsageInput } from '#lib/domain/operations/last-usage.ts'
import type { GenerateMacInput, VerifyMacInput } from '#lib/domain/operations/mac.ts'
import type {
  GetKeyPolicyInput,
  ListKeyPoliciesInput,
  SaveKeyPolicyInput,
} from '#lib/domain/operations/policies.ts'
import type { GetPublicKeyInput } from '#lib/domain/operations/public-key.ts'
import type { ReplicateKeyInput, UpdatePrimaryRegionInput } from '#lib/domain/operations/replicas.ts'
import type { EnableKeyRotationInput, ListKeyRotationsInput } from '#lib/domain/operations/rotation.ts'
import type { SignInput, VerifyInput } from '#lib/domain/operations/sign.ts'
import type {
  ListResourceTagsInput,
  TagResourceInput,
  UntagResourceInput,
} from '#lib/domain/operations/tags.ts'
import type { Capabilities } from '#lib/insight/capabilities.ts'
import type { ShowClock } from '#lib/insight/clock.ts'
import type { WatchConnection } from '#lib/insight/connection.ts'
import type { GetDeletedKey } from '#lib/insight/deleted-keys.ts'
import type { FindKeyOfCiphertext } from '#lib/insight/find-key.ts'
import type { CountUseOfMaterials } from '#lib/insight/material-use.ts'
import type { ListMultiRegionKeys } from '#lib/insight/multi-region.ts'
import type { SearchAliases } from '#lib/insight/search-aliases.ts'
import type { GetEvent, SearchEvents } from '#lib/insight/search-events.ts'
import type { SearchGrants } from '#lib/insight/search-grants.ts'
import type { SearchKeys } from '#lib/insight/search-keys.ts'
import { ACCESS_OPERATIONS, type AccessOperationIO } from './access-operations.ts'
import { EVIDENCE_OPERATIONS, type EvidenceOperationIO } from './evidence-operations.ts'
import { IAM_OPERATIONS, type IamOperationIO } from './iam-operations.ts'
import { IDENTITY_OPERATIONS, type IdentityOperationIO } from './identity-operations.ts'
import type { AnswerOf, Entry } from './operation-types.ts'
import type {
  CallerIdentityOutput,
  CreateGrantOutput,
  DataKeyOutput,
  DataKeyPairOutput,
  DecapsulateOutput,
  DecryptOutput,
  EncapsulateOutput,
  EncryptOutput,
  GetKeyLastUsageOutput,
  GetKeyPolicyOutput,
  GetParametersForImportOutput,
  GetPublicKeyOutput,
  ImportedMaterialOutput,
  KeyOutput,
  ListAliasesOutput,
  ListGrantsOutput,
  ListKeyPoliciesOutput,
  ListKeyRotationsOutput,
  ListKeysOutput,
  ListResourceTagsOutput,
  MacOutput,
  Nothing,
  RandomOutput,
  ReEncryptOutput,
  ReplicateKeyOutput,
  RotationStatusOutput,
  ScheduleKeyDeletionOutput,
  SharedSecretOutput,
  SignOutput,
  VerifyMacOutput,
  VerifyOutput,
} from './outputs.ts'
import { PEOPLE_OPERATIONS, type PeopleOperationIO } from './people-operations.ts'
import { POLICY_OPERATIONS, type PolicyOperationIO } from './policy-operations.ts'

/** Where an operation lives on the desk. `reads` is what the browser may ask by GET; everything else is an action. */
export const OPERATIONS = {
  CreateKey: { service: 'KMS', reads: false },
  DescribeKey: { service: 'KMS', reads: true },
  GetKeyLastUsage: { service: 'KMS', reads: true },
  ListKeys: { service: 'KMS', reads: true },
  UpdateKeyDescription: { service: 'KMS', reads: false },
  EnableKey: { service: 'KMS', reads: false },
  DisableKey: { service: 'KMS', reads: false },
  ScheduleKeyDeletion: { service: 'KMS', reads: false },
  CancelKeyDeletion: { service: 'KMS', reads: false },
  CreateAlias: { service: 'KMS', reads: false },
  UpdateAlias: { service: 'KMS', reads: false },
  DeleteAlias: { service: 'KMS', reads: false },
  ReplicateKey: { service: 'KMS', reads: false },
  UpdatePrimaryRegion: { service: 'KMS', reads: false },
  ListAliases: { service: 'KMS', reads: true },
  GetKeyPolicy: { service: 'KMS', reads: true },
  PutKeyPolicy: { service: 'KMS', reads: false },
  ListKeyPolicies: { service: 'KMS', reads: true },
  TagResource: { service: 'KMS', reads: false },
  UntagResource: { service: 'KMS', reads: false },
  ListResourceTags: { service: 'KMS', reads: true },
  CreateGrant: { service: 'KMS', reads: false },
  ListGrants: { service: 'KMS', reads: true },
  ListRetirableGrants: { service: 'KMS', reads: true },
  RetireGrant: { service: 'KMS', reads: false },
  RevokeGrant: { service: 'KMS', reads: false },
  Encrypt: { service: 'KMS', reads: false },
  Decrypt: { service: 'KMS', reads: false },
  ReEncrypt: { service: 'KMS', reads: false },
  GenerateDataKey: { service: 'KMS', reads: false },
  GenerateDataKeyWithoutPlaintext: { service: 'KMS', reads: false },
  GenerateDataKeyPair: { service: 'KMS', reads: false },
  GenerateDataKeyPairWithoutPlaintext: { service: 'KMS', reads: false },
  GenerateRandom: { service: 'KMS', reads: false },
  Sign: { service: 'KMS', reads: false },
  Verify: { service: 'KMS', reads: false },
  GenerateMac: { service: 'KMS', reads: false },
  VerifyMac: { service: 'KMS', reads: false },
  DeriveSharedSecret: { service: 'KMS', reads: false },
  Encapsulate: { service: 'KMS', reads: false },
  Decapsulate: { service: 'KMS', reads: false },
  GetPublicKey: { service: 'KMS', reads: true },
  EnableKeyRotation: { service: 'KMS', reads: false },
  DisableKeyRotation: { service: 'KMS', reads: false },
  GetKeyRotationStatus: { service: 'KMS', reads: true },
  RotateKeyOnDemand: { service: 'KMS', reads: false },
  ListKeyRotations: { service: 'KMS', reads: true },
  // It keeps a session, so it is no read for the browser.
  GetParametersForImport: { service: 'KMS', reads: false },
  ImportKeyMaterial: { service: 'KMS', reads: false },
  DeleteImportedKeyMaterial: { service: 'KMS', reads: false },
  GetCallerIdentity: { service: 'STS', reads: true },
  ...IAM_OPERATIONS,
  ...IDENTITY_OPERATIONS,
  ...PEOPLE_OPERATIONS,
  ...POLICY_OPERATIONS,
  Capabilities: { service: 'Keyhouse', reads: true },
  SearchKeys: { service: 'Keyhouse', reads: true },
  SearchGrants: { service: 'Keyhouse', reads: true },
  GetDeletedKey: { service: 'Keyhouse', reads: true },
  FindKeyOfCiphertext: { service: 'Keyhouse', reads: true },
  CountUseOfMaterials: { service: 'Keyhouse', reads: true },
  ListMultiRegionKeys: { service: 'Keyhouse', reads: true },
  SearchAliases: { service: 'Keyhouse', reads: true },
  SearchEvents: { service: 'Keyhouse', reads: true },
  GetEvent: { service: 'Keyhouse', reads: true },
  WatchConnection: { service: 'Keyhouse', reads: true },
  ShowClock: { service: 'Keyhouse', reads: true },
  ...ACCESS_OPERATIONS,
  ...EVIDENCE_OPERATIONS,
} as const satisfies Record<
  string,
  { service: 'KMS' | 'STS' | 'IAM' | 'CloudTrail' | 'Keyhouse'; reads: boolean; called?: string }
>

export type OperationName = keyof typeof OPERATIONS

/** Both ends of every operation of the table. */
export type OperationIO = AccessOperationIO &
  EvidenceOperationIO &
  IamOperationIO &
  IdentityOperationIO &
  PeopleOperationIO &
  PolicyOperationIO & {
    CreateKey: Entry<typeof CreateKeyInput, KeyOutput>
    DescribeKey: Entry<typeof DescribeKeyInput, KeyOutput>
    GetKeyLastUsage: Entry<typeof GetKeyLastUsageInput, GetKeyLastUsageOutput>
    ListKeys: Entry<typeof ListKeysInput, ListKeysOutput>
    UpdateKeyDescription: Entry<typeof UpdateKeyDescriptionInput, Nothing>
    EnableKey: Entry<typeof KeyInput, Nothing>
    DisableKey: Entry<typeof KeyInput, Nothing>
    ScheduleKeyDeletion: Entry<typeof ScheduleKeyDeletionInput, ScheduleKeyDeletionOutput>
    CancelKeyDeletion: Entry<typeof KeyInput, { readonly KeyId: string }>
    CreateAlias: Entry<typeof CreateAliasInput, Nothing>
    UpdateAlias: Entry<typeof UpdateAliasInput, Nothing>
    DeleteAlias: Entry<typeof DeleteAliasInput, Nothing>
    ReplicateKey: Entry<typeof ReplicateKeyInput, ReplicateKeyOutput>
    UpdatePrimaryRegion: Entry<typeof UpdatePrimaryRegionInput, Nothing>
    ListAliases: Entry<typeof ListAliasesInput, ListAliasesOutput>
    GetKeyPolicy: Entry<typeof GetKeyPolicyInput, GetKeyPolicyOutput>
    /** The desk's edition: it takes ExpectedVersion too. */
    PutKeyPolicy: Entry<typeof SaveKeyPolicyInput, Nothing>
    ListKeyPolicies: Entry<typeof ListKeyPoliciesInput, ListKeyPoliciesOutput>
    TagResource: Entry<typeof TagResourceInput, Nothing>
    UntagResource: Entry<typeof UntagResourceInput, Nothing>
    ListResourceTags: Entry<typeof ListResourceTagsInput, ListResourceTagsOutput>
    CreateGrant: Entry<typeof CreateGrantInput, CreateGrantOutput>
    ListGrants: Entry<typeof ListGrantsInput, ListGrantsOutput>
    ListRetirableGrants: Entry<typeof ListRetirableGrantsInput, ListGrantsOutput>
    RetireGrant: Entry<typeof RetireGrantInput, Nothing>
    RevokeGrant: Entry<typeof RevokeGrantInput, Nothing>
    Encrypt: Entry<typeof EncryptInput, EncryptOutput>
    Decrypt: Entry<typeof DecryptInput, DecryptOutput>
    ReEncrypt: Entry<typeof ReEncryptInput, ReEncryptOutput>
    GenerateDataKey: Entry<typeof GenerateDataKeyInput, DataKeyOutput>
    GenerateDataKeyWithoutPlaintext: Entry<typeof GenerateDataKeyWithoutPlaintextInput, DataKeyOutput>
    GenerateDataKeyPair: Entry<typeof GenerateDataKeyPairInput, DataKeyPairOutput>
    GenerateDataKeyPairWithoutPlaintext: Entry<
      typeof GenerateDataKeyPairWithoutPlaintextInput,
      DataKeyPairOutput
    >
    GenerateRandom: Entry<typeof GenerateRandomInput, RandomOutput>
    Sign: Entry<typeof SignInput, SignOutput>
    Verify: Entry<typeof VerifyInput, VerifyOutput>
    GenerateMac: Entry<typeof GenerateMacInput, MacOutput>
    VerifyMac: Entry<typeof VerifyMacInput, VerifyMacOutput>
    DeriveSharedSecret: Entry<typeof DeriveSharedSecretInput, SharedSecretOutput>
    Encapsulate: Entry<typeof EncapsulateInput, EncapsulateOutput>
    Decapsulate: Entry<typeof DecapsulateInput, DecapsulateOutput>
    GetPublicKey: Entry<typeof GetPublicKeyInput, GetPublicKeyOutput>
    EnableKeyRotation: Entry<typeof EnableKeyRotationInput, Nothing>
    DisableKeyRotation: Entry<typeof KeyInput, Nothing>
    GetKeyRotationStatus: Entry<typeof KeyInput, RotationStatusOutput>
    RotateKeyOnDemand: Entry<typeof KeyInput, { readonly KeyId: string }>
    ListKeyRotations: Entry<typeof ListKeyRotationsInput, ListKeyRotationsOutput>
    GetParametersForImport: Entry<typeof GetParametersForImportInput, GetParametersForImportOutput>
    ImportKeyMaterial: Entry<typeof ImportKeyMaterialInput, ImportedMaterialOutput>
    DeleteImportedKeyMaterial: Entry<typeof DeleteImportedKeyMaterialInput, ImportedMaterialOutput>
    GetCallerIdentity: { readonly input: Nothing; readonly output: CallerIdentityOutput }
    Capabilities: Entry<typeof CapabilitiesInput, AnswerOf<typeof Capabilities>>
    SearchKeys: Entry<typeof SearchKeysInput, AnswerOf<typeof SearchKeys>>
    SearchGrants: Entry<typeof SearchGrantsInput, AnswerOf<typeof SearchGrants>>
    FindKeyOfCiphertext: Entry<typeof FindKeyOfCiphertextInput, AnswerOf<typeof FindKeyOfCiphertext>>
    CountUseOfMaterials: Entry<typeof CountUseOfMaterialsInput, AnswerOf<typeof CountUseOfMaterials>>
    GetDeletedKey: Entry<typeof GetDeletedKeyInput, AnswerOf<typeof GetDeletedKey>>
    ListMultiRegionKeys: Entry<typeof ListMultiRegionKeysInput, AnswerOf<typeof ListMultiRegionKeys>>
    SearchAliases: Entry<typeof SearchAliasesInput, AnswerOf<typeof SearchAliases>>
    SearchEvents: Entry<typeof SearchEventsInput, AnswerOf<typeof SearchEvents>>
    GetEvent: Entry<typeof GetEventInput, AnswerOf<typeof GetEvent>>
    ShowClock: Entry<typeof ShowClockInput, AnswerOf<typeof ShowClock>>
    WatchConnection: Entry<typeof WatchConnectionInput, AnswerOf<typeof WatchConnection>>
  }

export type InputOf<N extends OperationName> = OperationIO[N]['input']
export type OutputOf<N extends OperationName> = OperationIO[N]['output']

/** Names that the browser may ask by GET. */
export type ReadName = {
  [N in OperationName]: (typeof OPERATIONS)[N]['reads'] extends true ? N : never
}[OperationName]

/** What the engine calls it: IAM and Keyhouse have two operations of the same names. */
export function calledName(name: OperationName): string {
  const operation: { readonly service: string; readonly called?: string } = OPERATIONS[name]
  return operation.called ?? name
}

export const isOperation = (name: string): name is OperationName => Object.hasOwn(OPERATIONS, name)
export const isRead = (name: string): name is ReadName => isOperation(name) && OPERATIONS[name].reads
