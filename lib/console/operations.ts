/**
 * The operations that screens ask for: their service, whether they only read, and the types of both ends.
 * Inputs come from the schemas that the wire uses too.
 */
import type { z } from 'zod'
import type {
  CreateAliasInput,
  DeleteAliasInput,
  ListAliasesInput,
  UpdateAliasInput,
} from '#lib/domain/operations/aliases.ts'
import type { GenerateDataKeyInput } from '#lib/domain/operations/data-keys.ts'
import type { DecryptInput, EncryptInput, ReEncryptInput } from '#lib/domain/operations/encrypt.ts'
import type {
  CapabilitiesInput,
  GetEventInput,
  SearchEventsInput,
  SearchKeysInput,
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
import type {
  GetKeyPolicyInput,
  ListKeyPoliciesInput,
  PutKeyPolicyInput,
} from '#lib/domain/operations/policies.ts'
import type { EnableKeyRotationInput, ListKeyRotationsInput } from '#lib/domain/operations/rotation.ts'
import type {
  ListResourceTagsInput,
  TagResourceInput,
  UntagResourceInput,
} from '#lib/domain/operations/tags.ts'
import type { Capabilities } from '#lib/insight/capabilities.ts'
import type { WatchConnection } from '#lib/insight/connection.ts'
import type { GetEvent, SearchEvents } from '#lib/insight/search-events.ts'
import type { SearchKeys } from '#lib/insight/search-keys.ts'
import type {
  CallerIdentityOutput,
  DataKeyOutput,
  DecryptOutput,
  EncryptOutput,
  GetKeyPolicyOutput,
  KeyOutput,
  ListAliasesOutput,
  ListKeyPoliciesOutput,
  ListKeyRotationsOutput,
  ListKeysOutput,
  ListResourceTagsOutput,
  Nothing,
  ReEncryptOutput,
  RotationStatusOutput,
  ScheduleKeyDeletionOutput,
} from './outputs.ts'

/** Where an operation lives on the desk. `reads` is what the browser may ask by GET; everything else is an action. */
export const OPERATIONS = {
  CreateKey: { service: 'KMS', reads: false },
  DescribeKey: { service: 'KMS', reads: true },
  ListKeys: { service: 'KMS', reads: true },
  UpdateKeyDescription: { service: 'KMS', reads: false },
  EnableKey: { service: 'KMS', reads: false },
  DisableKey: { service: 'KMS', reads: false },
  ScheduleKeyDeletion: { service: 'KMS', reads: false },
  CancelKeyDeletion: { service: 'KMS', reads: false },
  CreateAlias: { service: 'KMS', reads: false },
  UpdateAlias: { service: 'KMS', reads: false },
  DeleteAlias: { service: 'KMS', reads: false },
  ListAliases: { service: 'KMS', reads: true },
  GetKeyPolicy: { service: 'KMS', reads: true },
  PutKeyPolicy: { service: 'KMS', reads: false },
  ListKeyPolicies: { service: 'KMS', reads: true },
  TagResource: { service: 'KMS', reads: false },
  UntagResource: { service: 'KMS', reads: false },
  ListResourceTags: { service: 'KMS', reads: true },
  Encrypt: { service: 'KMS', reads: false },
  Decrypt: { service: 'KMS', reads: false },
  ReEncrypt: { service: 'KMS', reads: false },
  GenerateDataKey: { service: 'KMS', reads: false },
  EnableKeyRotation: { service: 'KMS', reads: false },
  DisableKeyRotation: { service: 'KMS', reads: false },
  GetKeyRotationStatus: { service: 'KMS', reads: true },
  RotateKeyOnDemand: { service: 'KMS', reads: false },
  ListKeyRotations: { service: 'KMS', reads: true },
  GetCallerIdentity: { service: 'STS', reads: true },
  Capabilities: { service: 'Keyhouse', reads: true },
  SearchKeys: { service: 'Keyhouse', reads: true },
  SearchEvents: { service: 'Keyhouse', reads: true },
  GetEvent: { service: 'Keyhouse', reads: true },
  WatchConnection: { service: 'Keyhouse', reads: true },
} as const satisfies Record<string, { service: 'KMS' | 'STS' | 'CloudTrail' | 'Keyhouse'; reads: boolean }>

export type OperationName = keyof typeof OPERATIONS

/** A value after its way through JSON: dates are epoch seconds, bytes base64. */
export type Wire<T> = T extends Date
  ? number
  : T extends Uint8Array
    ? string
    : T extends readonly (infer Element)[]
      ? readonly Wire<Element>[]
      : T extends object
        ? { readonly [Member in keyof T]: Wire<T[Member]> }
        : T

/** What an entry of the engine's operation lists answers. Types only: the console never runs an operation itself. */
type AnswerOf<Operation extends { run: (...given: never[]) => Promise<unknown> }> = Wire<
  Awaited<ReturnType<Operation['run']>>
>

type Entry<Schema extends z.ZodType, Output> = { readonly input: z.input<Schema>; readonly output: Output }

/** Both ends of every operation of the table. */
export type OperationIO = {
  CreateKey: Entry<typeof CreateKeyInput, KeyOutput>
  DescribeKey: Entry<typeof DescribeKeyInput, KeyOutput>
  ListKeys: Entry<typeof ListKeysInput, ListKeysOutput>
  UpdateKeyDescription: Entry<typeof UpdateKeyDescriptionInput, Nothing>
  EnableKey: Entry<typeof KeyInput, Nothing>
  DisableKey: Entry<typeof KeyInput, Nothing>
  ScheduleKeyDeletion: Entry<typeof ScheduleKeyDeletionInput, ScheduleKeyDeletionOutput>
  CancelKeyDeletion: Entry<typeof KeyInput, { readonly KeyId: string }>
  CreateAlias: Entry<typeof CreateAliasInput, Nothing>
  UpdateAlias: Entry<typeof UpdateAliasInput, Nothing>
  DeleteAlias: Entry<typeof DeleteAliasInput, Nothing>
  ListAliases: Entry<typeof ListAliasesInput, ListAliasesOutput>
  GetKeyPolicy: Entry<typeof GetKeyPolicyInput, GetKeyPolicyOutput>
  PutKeyPolicy: Entry<typeof PutKeyPolicyInput, Nothing>
  ListKeyPolicies: Entry<typeof ListKeyPoliciesInput, ListKeyPoliciesOutput>
  TagResource: Entry<typeof TagResourceInput, Nothing>
  UntagResource: Entry<typeof UntagResourceInput, Nothing>
  ListResourceTags: Entry<typeof ListResourceTagsInput, ListResourceTagsOutput>
  Encrypt: Entry<typeof EncryptInput, EncryptOutput>
  Decrypt: Entry<typeof DecryptInput, DecryptOutput>
  ReEncrypt: Entry<typeof ReEncryptInput, ReEncryptOutput>
  GenerateDataKey: Entry<typeof GenerateDataKeyInput, DataKeyOutput>
  EnableKeyRotation: Entry<typeof EnableKeyRotationInput, Nothing>
  DisableKeyRotation: Entry<typeof KeyInput, Nothing>
  GetKeyRotationStatus: Entry<typeof KeyInput, RotationStatusOutput>
  RotateKeyOnDemand: Entry<typeof KeyInput, { readonly KeyId: string }>
  ListKeyRotations: Entry<typeof ListKeyRotationsInput, ListKeyRotationsOutput>
  GetCallerIdentity: { readonly input: Nothing; readonly output: CallerIdentityOutput }
  Capabilities: Entry<typeof CapabilitiesInput, AnswerOf<typeof Capabilities>>
  SearchKeys: Entry<typeof SearchKeysInput, AnswerOf<typeof SearchKeys>>
  SearchEvents: Entry<typeof SearchEventsInput, AnswerOf<typeof SearchEvents>>
  GetEvent: Entry<typeof GetEventInput, AnswerOf<typeof GetEvent>>
  WatchConnection: Entry<typeof WatchConnectionInput, AnswerOf<typeof WatchConnection>>
}

export type InputOf<N extends OperationName> = OperationIO[N]['input']
export type OutputOf<N extends OperationName> = OperationIO[N]['output']

/** Names that the browser may ask by GET. */
export type ReadName = {
  [N in OperationName]: (typeof OPERATIONS)[N]['reads'] extends true ? N : never
}[OperationName]

export const isOperation = (name: string): name is OperationName => Object.hasOwn(OPERATIONS, name)
export const isRead = (name: string): name is ReadName => isOperation(name) && OPERATIONS[name].reads
