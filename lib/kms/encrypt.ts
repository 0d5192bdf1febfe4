/** Encrypt, Decrypt and ReEncrypt, with symmetric, RSA and SM2 keys. */
import type { z } from 'zod'
import { DecryptInput, EncryptInput, ReEncryptInput } from '#lib/domain/operations/encrypt.ts'
import type { Call } from '#lib/engine/call.ts'
import { operation } from '#lib/engine/operation.ts'
import { checkManner, DEFAULT_ALGORITHM as DEFAULT, encryptWithKey } from './cipher.ts'
import { readRecipient } from './recipient.ts'
import { ciphertextOf, openSource, type Source, sourceKey, sourceKeyId } from './source-key.ts'

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
    checkManner(key, { algorithm, context })
    const { blob } = await encryptWithKey(call, key, { plaintext: input.Plaintext, algorithm, context })
    return { CiphertextBlob: blob, KeyId: key.arn, EncryptionAlgorithm: algorithm }
  },
})

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
    const recipient = await readRecipient(call, input.Recipient)
    const algorithm = input.EncryptionAlgorithm ?? DEFAULT
    const context = input.EncryptionContext
    const source: Source = {
      blob: ciphertextOf(input),
      keyId: input.KeyId,
      member: 'keyId',
      context,
      algorithm,
      ...(recipient && { conditions: recipient.conditions }),
    }
    const key = await sourceKey(call, 'kms:Decrypt', source)
    const { plaintext, materialId } = await openSource(call, key, source)
    const answer = { KeyId: key.arn, EncryptionAlgorithm: algorithm }
    // Without KeyMaterialId, as AWS answers a Recipient (facts §2.8).
    if (recipient) return { ...answer, CiphertextForRecipient: await recipient.seal(plaintext) }
    return { ...answer, Plaintext: plaintext, ...(materialId !== undefined && { KeyMaterialId: materialId }) }
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
      ...(input.DestinationEncryptionContext && {
        destinationEncryptionContext: input.DestinationEncryptionContext,
      }),
    }),
  },
  async run(call, input) {
    const context = input.DestinationEncryptionContext
    const from = await reEncryptSource(call, input)
    const key = await sourceKey(call, 'kms:ReEncryptFrom', from)
    const algorithm = input.DestinationEncryptionAlgorithm ?? DEFAULT
    const to = await call.key(input.DestinationKeyId, 'kms:ReEncryptTo', {
      deed: 'use',
      usage: 'ENCRYPT_DECRYPT',
      aliases: true,
      encryptionContext: context,
      conditions: { ...from.conditions, 'kms:EncryptionAlgorithm': algorithm },
    })
    checkManner(to, { algorithm, context })
    const opened = await openSource(call, key, from)
    try {
      const sealed = await encryptWithKey(call, to, { plaintext: opened.plaintext, algorithm, context })
      // Two materials at most, named by their side; an asymmetric side has none (facts §17.2).
      call.note({
        keyMaterialId: undefined,
        sourceKeyMaterialId: opened.materialId,
        destinationKeyMaterialId: sealed.materialId,
      })
      return {
        CiphertextBlob: sealed.blob,
        SourceKeyId: key.arn,
        KeyId: to.arn,
        SourceEncryptionAlgorithm: from.algorithm,
        DestinationEncryptionAlgorithm: algorithm,
        ...(opened.materialId !== undefined && { SourceKeyMaterialId: opened.materialId }),
        ...(sealed.materialId !== undefined && { DestinationKeyMaterialId: sealed.materialId }),
      }
    } finally {
      opened.plaintext.fill(0)
    }
  },
})

/** The source side, with the condition that both sides see: whether it is one key (facts §8.6). */
async function reEncryptSource(call: Call, input: z.output<typeof ReEncryptInput>): Promise<Source> {
  const source: Source = {
    blob: ciphertextOf(input),
    keyId: input.SourceKeyId,
    member: 'sourceKeyId',
    context: input.SourceEncryptionContext,
    algorithm: input.SourceEncryptionAlgorithm ?? DEFAULT,
  }
  const same = (await sourceKeyId(call, source)) === (await call.keyIdOf(input.DestinationKeyId))
  return { ...source, conditions: { 'kms:ReEncryptOnSameKey': String(same) } }
}
