/** Data keys and random bytes. */
import { randomBytes } from '#lib/crypto/random.ts'
import { DATA_KEY_SPECS, type DataKeySpec } from '#lib/domain/data-key-spec.ts'
import type { EncryptionContext } from '#lib/domain/encryption-context.ts'
import {
  GenerateDataKeyInput,
  GenerateDataKeyWithoutPlaintextInput,
  GenerateRandomInput,
} from '#lib/domain/operations/data-keys.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { Call } from '#lib/engine/call.ts'
import { members } from '#lib/engine/logged.ts'
import { operation } from '#lib/engine/operation.ts'
import { type Recipient, readRecipient } from './recipient.ts'
import { seal } from './symmetric.ts'

type DataKeyRequest = {
  readonly KeyId: string
  readonly KeySpec?: DataKeySpec | undefined
  readonly NumberOfBytes?: number | undefined
  readonly EncryptionContext?: EncryptionContext | undefined
}

/** Exactly one of the two says how long the data key is (facts §2.21). */
function lengthOf(request: DataKeyRequest): number {
  if ((request.KeySpec === undefined) === (request.NumberOfBytes === undefined)) {
    throw new KmsError('ValidationException', 'Please specify either number of bytes or key spec.')
  }
  return request.KeySpec ? DATA_KEY_SPECS[request.KeySpec] : (request.NumberOfBytes ?? 0)
}

async function generate(call: Call, request: DataKeyRequest, recipient?: Recipient) {
  const context = request.EncryptionContext
  const key = await call.key(request.KeyId, `kms:${call.operation}`, {
    deed: 'use',
    usage: 'ENCRYPT_DECRYPT',
    aliases: true,
    encryptionContext: context,
    conditions: { 'kms:EncryptionAlgorithm': 'SYMMETRIC_DEFAULT', ...recipient?.conditions },
  })
  const plaintext = randomBytes(lengthOf(request))
  const { blob, materialId } = await seal(call, key, { plaintext, context })
  return { plaintext, answer: { CiphertextBlob: blob, KeyId: key.arn, KeyMaterialId: materialId } }
}

const loggedMembers = members<DataKeyRequest>('KeyId', 'KeySpec', 'NumberOfBytes', 'EncryptionContext')

export const GenerateDataKey = operation({
  name: 'GenerateDataKey',
  service: 'KMS',
  action: 'kms:GenerateDataKey',
  class: 'crypto',
  input: GenerateDataKeyInput,
  logged: { request: loggedMembers },
  async run(call, input) {
    const recipient = await readRecipient(call, input.Recipient)
    const { plaintext, answer } = await generate(call, input, recipient)
    if (!recipient) return { ...answer, Plaintext: plaintext }
    // Without KeyMaterialId, as AWS answers a Recipient (facts §2.21).
    const { KeyMaterialId: _, ...rest } = answer
    return { ...rest, CiphertextForRecipient: await recipient.seal(plaintext) }
  },
})

export const GenerateDataKeyWithoutPlaintext = operation({
  name: 'GenerateDataKeyWithoutPlaintext',
  service: 'KMS',
  action: 'kms:GenerateDataKeyWithoutPlaintext',
  class: 'crypto',
  input: GenerateDataKeyWithoutPlaintextInput,
  logged: { request: loggedMembers },
  async run(call, input) {
    const { plaintext, answer } = await generate(call, input)
    plaintext.fill(0)
    return answer
  },
})

export const GenerateRandom = operation({
  name: 'GenerateRandom',
  service: 'KMS',
  action: 'kms:GenerateRandom',
  class: 'crypto',
  input: GenerateRandomInput,
  // CloudTrail does not say how many bytes (facts §17.2).
  logged: { request: () => null },
  async run(call, input) {
    const recipient = await readRecipient(call, input.Recipient)
    await call.permit(recipient && { conditions: recipient.conditions })
    if (input.CustomKeyStoreId !== undefined) {
      throw new KmsError('UnsupportedOperationException', 'Custom key stores are not offered here.')
    }
    if (input.NumberOfBytes === undefined)
      throw new KmsError('ValidationException', 'NumberOfBytes is required.')
    const random = randomBytes(input.NumberOfBytes)
    return recipient ? { CiphertextForRecipient: await recipient.seal(random) } : { Plaintext: random }
  },
})
