/** Data key pairs: made here, used elsewhere; the private half is sealed under a symmetric key. */
import { generateKeyPair } from '#lib/crypto/key-pair.ts'
import type { DataKeyPairSpec } from '#lib/domain/data-key-spec.ts'
import type { EncryptionContext } from '#lib/domain/encryption-context.ts'
import { existsIn } from '#lib/domain/key-spec.ts'
import {
  GenerateDataKeyPairInput,
  GenerateDataKeyPairWithoutPlaintextInput,
} from '#lib/domain/operations/data-key-pairs.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { AllowedKey, Call } from '#lib/engine/call.ts'
import { members } from '#lib/engine/logged.ts'
import { operation } from '#lib/engine/operation.ts'
import type { ConditionValues } from '#lib/engine/request-context.ts'
import { checkManner, DEFAULT_ALGORITHM } from './cipher.ts'
import { readRecipient } from './recipient.ts'
import { seal } from './symmetric.ts'

type PairRequest = {
  readonly KeyId: string
  readonly KeyPairSpec: DataKeyPairSpec
  readonly EncryptionContext?: EncryptionContext | undefined
}

const logged = members<PairRequest>('KeyId', 'KeyPairSpec', 'EncryptionContext')

async function sealingKey(call: Call, request: PairRequest, more?: ConditionValues): Promise<AllowedKey> {
  const { KeyPairSpec: spec, EncryptionContext: context } = request
  const key = await call.key(request.KeyId, `kms:${call.operation}`, {
    deed: 'use',
    usage: 'ENCRYPT_DECRYPT',
    aliases: true,
    encryptionContext: context,
    conditions: { ...more, 'kms:DataKeyPairSpec': spec, 'kms:EncryptionAlgorithm': DEFAULT_ALGORITHM },
  })
  checkManner(key, { algorithm: DEFAULT_ALGORITHM, context })
  if (!existsIn(spec, call.place.partition)) {
    const text = `KeyPairSpec ${spec} is not supported in this Region.`
    throw new KmsError('UnsupportedOperationException', text)
  }
  return key
}

/** A pair, and what both operations answer of it. Whoever asked wipes the private key, or hands it out. */
async function generatePair(call: Call, request: PairRequest, more?: ConditionValues) {
  const key = await sealingKey(call, request, more)
  const { privateKey, publicKey } = await generateKeyPair(request.KeyPairSpec)
  try {
    const { blob, materialId } = await seal(call, key, {
      plaintext: privateKey,
      context: request.EncryptionContext,
    })
    const answer = {
      PrivateKeyCiphertextBlob: blob,
      PublicKey: publicKey,
      KeyId: key.arn,
      KeyPairSpec: request.KeyPairSpec,
    }
    return { privateKey, materialId, answer }
  } catch (thrown) {
    privateKey.fill(0)
    throw thrown
  }
}

export const GenerateDataKeyPair = operation({
  name: 'GenerateDataKeyPair',
  service: 'KMS',
  action: 'kms:GenerateDataKeyPair',
  class: 'crypto',
  input: GenerateDataKeyPairInput,
  logged: { request: logged },
  async run(call, input) {
    const recipient = await readRecipient(call, input.Recipient)
    const { privateKey, materialId, answer } = await generatePair(call, input, recipient?.conditions)
    if (!recipient) return { ...answer, PrivateKeyPlaintext: privateKey, KeyMaterialId: materialId }
    // Without KeyMaterialId, as AWS answers a Recipient (facts §2.21).
    return { ...answer, CiphertextForRecipient: await recipient.seal(privateKey) }
  },
})

export const GenerateDataKeyPairWithoutPlaintext = operation({
  name: 'GenerateDataKeyPairWithoutPlaintext',
  service: 'KMS',
  action: 'kms:GenerateDataKeyPairWithoutPlaintext',
  class: 'crypto',
  input: GenerateDataKeyPairWithoutPlaintextInput,
  logged: { request: logged },
  async run(call, input) {
    const { privateKey, materialId, answer } = await generatePair(call, input)
    privateKey.fill(0)
    return { ...answer, KeyMaterialId: materialId }
  },
})
