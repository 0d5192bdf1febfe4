/** Every KMS operation that Keyhouse has. To add one: CONTRIBUTING.md. */
import { DeriveSharedSecret } from './agreement.ts'
import { CreateAlias, DeleteAlias, ListAliases, UpdateAlias } from './aliases.ts'
import { CreateKey } from './create-key.ts'
import { GenerateDataKeyPair, GenerateDataKeyPairWithoutPlaintext } from './data-key-pairs.ts'
import { GenerateDataKey, GenerateDataKeyWithoutPlaintext, GenerateRandom } from './data-keys.ts'
import { Decapsulate, Encapsulate } from './encapsulation.ts'
import { Decrypt, Encrypt, ReEncrypt } from './encrypt.ts'
import { RetireGrant, RevokeGrant } from './ending-grants.ts'
import { ListGrants, ListRetirableGrants } from './grant-lists.ts'
import { CreateGrant } from './grants.ts'
import { DeleteImportedKeyMaterial, ImportKeyMaterial } from './import.ts'
import { GetParametersForImport } from './import-parameters.ts'
import {
  ConnectCustomKeyStore,
  CreateCustomKeyStore,
  DeleteCustomKeyStore,
  DescribeCustomKeyStores,
  DisconnectCustomKeyStore,
  UpdateCustomKeyStore,
} from './key-stores.ts'
import { DescribeKey, ListKeys, UpdateKeyDescription } from './keys.ts'
import { GetKeyLastUsage } from './last-usage.ts'
import { CancelKeyDeletion, DisableKey, EnableKey, ScheduleKeyDeletion } from './lifecycle.ts'
import { ListKeyRotations } from './list-rotations.ts'
import { GenerateMac, VerifyMac } from './mac.ts'
import { GetKeyPolicy, ListKeyPolicies, PutKeyPolicy } from './policies.ts'
import { GetPublicKey } from './public-key.ts'
import { ReplicateKey, UpdatePrimaryRegion } from './replicas.ts'
import { DisableKeyRotation, EnableKeyRotation, RotateKeyOnDemand } from './rotation.ts'
import { GetKeyRotationStatus } from './rotation-status.ts'
import { Sign, Verify } from './sign.ts'
import { ListResourceTags, TagResource, UntagResource } from './tags.ts'

export const kmsOperations = [
  CreateKey,
  DescribeKey,
  GetKeyLastUsage,
  ListKeys,
  UpdateKeyDescription,
  EnableKey,
  DisableKey,
  ScheduleKeyDeletion,
  CancelKeyDeletion,
  ReplicateKey,
  UpdatePrimaryRegion,
  CreateAlias,
  UpdateAlias,
  DeleteAlias,
  ListAliases,
  GetKeyPolicy,
  PutKeyPolicy,
  ListKeyPolicies,
  TagResource,
  UntagResource,
  ListResourceTags,
  CreateGrant,
  ListGrants,
  ListRetirableGrants,
  RetireGrant,
  RevokeGrant,
  Encrypt,
  Decrypt,
  ReEncrypt,
  GenerateDataKey,
  GenerateDataKeyWithoutPlaintext,
  GenerateDataKeyPair,
  GenerateDataKeyPairWithoutPlaintext,
  GenerateRandom,
  Sign,
  Verify,
  GenerateMac,
  VerifyMac,
  GetPublicKey,
  DeriveSharedSecret,
  Encapsulate,
  Decapsulate,
  EnableKeyRotation,
  DisableKeyRotation,
  GetKeyRotationStatus,
  RotateKeyOnDemand,
  ListKeyRotations,
  DescribeCustomKeyStores,
  CreateCustomKeyStore,
  UpdateCustomKeyStore,
  ConnectCustomKeyStore,
  DisconnectCustomKeyStore,
  DeleteCustomKeyStore,
  GetParametersForImport,
  ImportKeyMaterial,
  DeleteImportedKeyMaterial,
] as const
