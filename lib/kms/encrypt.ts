/** Encrypt, Decrypt and ReEncrypt with symmetric keys. */
import { DecryptInput, EncryptInput, ReEncryptInput } from '#lib/domain/operations/encrypt.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import { operation } from '#lib/engine/operation.ts'
import { refuseRecipient } from './recipient.ts'
import { sourceKey } from './source-key.ts'
import { checkAlgorithm, materialIdOf, open, seal } from './symmetric.ts'

const DEFAULT = 'SYMMETRIC_DEFAULT'

export const Encrypt = operation({
  name: 'Encrypt',
  service: 'KMS',
  action: 'kms:Encrypt',
  class: 'crypto',
  input: EncryptInput,
  logged: {
    request: (input) => ({
      keyId: input.KeyId,
      encryptionAlgorithm: input.EncryptionAlgorithm ?? DEFAULT,
      ...(input.EncryptionContext && { encryptionContext: input.EncryptionContext }),
    }),
  },
  async run(call, input) {
    const algorithm = input.EncryptionAlgorithm ?? DEFAULT
    const context = input.EncryptionContext
    const key = await call.key(input.KeyId, 'kms:Encrypt', {
      deed: 'use',
      usage: 'ENCRYPT_DECRYPT',
      aliases: true,
      encryptionContext: context,
      conditions: { 'kms:EncryptionAlgorithm': algorithm },
    })
    checkAlgorithm(key, algorithm)
    const { blob } = await seal(call, key, { plaintext: input.Plaintext, context })
    return { CiphertextBlob: blob, KeyId: key.arn, EncryptionAlgorithm: algorithm }
  },
})

type CiphertextMembers = {
  readonly CiphertextBlob?: Uint8Array | undefined
  readonly DryRun?: boolean | undefined
  readonly DryRunModifiers?: readonly string[] | undefined
}

/** A ciphertext may be left out only of a dry run that says so (facts §2.8); undefined then. */
function ciphertextOf(input: CiphertextMembers): Uint8Array | undefined {
  if (input.CiphertextBlob) return input.CiphertextBlob
  if (input.DryRun && input.DryRunModifiers?.includes('IGNORE_CIPHERTEXT')) return undefined
  throw new KmsError('ValidationException',
    "1 validation error detected: Value null at 'ciphertextBlob' failed to satisfy constraint: Member must not be null")
}

/** Without a ciphertext only the key that is named can be judged. */
function namedKey(keyId: string | undefined, member: string): string {
  if (keyId !== undefined) return keyId
  throw new KmsError('ValidationException',
    `1 validation error detected: Value null at '${member}' failed to satisfy constraint: Member must not be null`)
}

export const Decrypt = operation({
  name: 'Decrypt',
  service: 'KMS',
  action: 'kms:Decrypt',
  class: 'crypto',
  input: DecryptInput,
  logged: {
    request: (input) => ({
      encryptionAlgorithm: input.EncryptionAlgorithm ?? DEFAULT,
      ...(input.KeyId !== undefined && { keyId: input.KeyId }),
      ...(input.EncryptionContext && { encryptionContext: input.EncryptionContext }),
    }),
  },
  async run(call, input) {
    refuseRecipient(input)
    const algorithm = input.EncryptionAlgorithm ?? DEFAULT
    const context = input.EncryptionContext
    const blob = ciphertextOf(input)
    if (!blob) {
      const keyId = namedKey(input.KeyId, 'keyId')
      const key = await call.key(keyId, 'kms:Decrypt', { deed: 'use', aliases: true, encryptionContext: context })
      return { KeyId: key.arn, Plaintext: new Uint8Array(), EncryptionAlgorithm: algorithm, KeyMaterialId: '' }
    }
    const key = await sourceKey(call, 'kms:Decrypt', { blob, keyId: input.KeyId, context, algorithm })
    const { plaintext, materialId } = await open(call, key, { blob, context })
    return { KeyId: key.arn, Plaintext: plaintext, EncryptionAlgorithm: algorithm, KeyMaterialId: materialId }
  },
})

export const ReEncrypt = operation({
  name: 'ReEncrypt',
  service: 'KMS',
  action: 'kms:ReEncryptFrom',
  class: 'crypto',
  input: ReEncryptInput,
  logged: {
    request: (input) => ({
      sourceEncryptionAlgorithm: input.SourceEncryptionAlgorithm ?? DEFAULT,
      ...(input.SourceEncryptionContext && { sourceEncryptionContext: input.SourceEncryptionContext }),
      ...(input.SourceKeyId !== undefined && { sourceKeyId: input.SourceKeyId }),
      destinationKeyId: input.DestinationKeyId,
      destinationEncryptionAlgorithm: input.DestinationEncryptionAlgorithm ?? DEFAULT,
      ...(input.DestinationEncryptionContext && { destinationEncryptionContext: input.DestinationEncryptionContext }),
    }),
  },
  async run(call, input) {
    const blob = ciphertextOf(input) ?? new Uint8Array()
    const algorithm = input.SourceEncryptionAlgorithm ?? DEFAULT
    const toAlgorithm = input.DestinationEncryptionAlgorithm ?? DEFAULT
    const destinationId = await call.keyIdOf(input.DestinationKeyId)
    const sourceId =
      blob.length > 0
        ? (await call.services.keys.byMaterial(call.region, materialIdOf(blob)))?.row.id
        : await call.keyIdOf(namedKey(input.SourceKeyId, 'sourceKeyId'))
    const conditions = { 'kms:ReEncryptOnSameKey': String(sourceId === destinationId) }
    const context = input.SourceEncryptionContext
    const from =
      blob.length > 0
        ? await sourceKey(call, 'kms:ReEncryptFrom', { blob, keyId: input.SourceKeyId, context, algorithm, conditions })
        : await call.key(namedKey(input.SourceKeyId, 'sourceKeyId'), 'kms:ReEncryptFrom', {
            deed: 'use',
            aliases: true,
            encryptionContext: context,
            conditions: { ...conditions, 'kms:EncryptionAlgorithm': algorithm },
          })
    const to = await call.key(input.DestinationKeyId, 'kms:ReEncryptTo', {
      deed: 'use',
      usage: 'ENCRYPT_DECRYPT',
      aliases: true,
      encryptionContext: input.DestinationEncryptionContext,
      conditions: { ...conditions, 'kms:EncryptionAlgorithm': toAlgorithm },
    })
    checkAlgorithm(to, toAlgorithm)
    const opened = blob.length > 0 ? await open(call, from, { blob, context }) : { plaintext: new Uint8Array(1), materialId: '' }
    try {
      const sealed = await seal(call, to, { plaintext: opened.plaintext, context: input.DestinationEncryptionContext })
      return {
        CiphertextBlob: sealed.blob,
        SourceKeyId: from.arn,
        KeyId: to.arn,
        SourceEncryptionAlgorithm: algorithm,
        DestinationEncryptionAlgorithm: toAlgorithm,
        SourceKeyMaterialId: opened.materialId,
        DestinationKeyMaterialId: sealed.materialId,
      }
    } finally {
      opened.plaintext.fill(0)
    }
  },
})
