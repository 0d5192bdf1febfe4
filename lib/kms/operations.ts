/** Every KMS operation that Keyhouse has. To add one: CONTRIBUTING.md. */
import { CreateAlias, DeleteAlias, ListAliases, UpdateAlias } from './aliases.ts'
import { CreateKey } from './create-key.ts'
import { GenerateDataKey, GenerateDataKeyWithoutPlaintext, GenerateRandom } from './data-keys.ts'
import { Decrypt, Encrypt, ReEncrypt } from './encrypt.ts'
import { DescribeKey, ListKeys, UpdateKeyDescription } from './keys.ts'
import { CancelKeyDeletion, DisableKey, EnableKey, ScheduleKeyDeletion } from './lifecycle.ts'
import { GetKeyPolicy, ListKeyPolicies, PutKeyPolicy } from './policies.ts'
import {
  DisableKeyRotation,
  EnableKeyRotation,
  GetKeyRotationStatus,
  ListKeyRotations,
  RotateKeyOnDemand,
} from './rotation.ts'
import { ListResourceTags, TagResource, UntagResource } from './tags.ts'

export const kmsOperations = [
  CreateKey,
  DescribeKey,
  ListKeys,
  UpdateKeyDescription,
  EnableKey,
  DisableKey,
  ScheduleKeyDeletion,
  CancelKeyDeletion,
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
  Encrypt,
  Decrypt,
  ReEncrypt,
  GenerateDataKey,
  GenerateDataKeyWithoutPlaintext,
  GenerateRandom,
  EnableKeyRotation,
  DisableKeyRotation,
  GetKeyRotationStatus,
  RotateKeyOnDemand,
  ListKeyRotations,
] as const
