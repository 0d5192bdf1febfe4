/** Sign and Verify. A signature that does not hold is an exception, never `false` (facts §2.54). */
import { sign, verify } from '#lib/crypto/signature.ts'
import { KEY_SPECS, type MessageType, type SigningAlgorithmName } from '#lib/domain/key-spec.ts'
import { MESSAGE_RULES } from '#lib/domain/message-types.ts'
import { SignInput, VerifyInput } from '#lib/domain/operations/sign.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { AllowedKey, Call } from '#lib/engine/call.ts'
import { operation } from '#lib/engine/operation.ts'

type SigningRequest = {
  readonly KeyId: string
  readonly Message: Uint8Array
  readonly MessageType?: MessageType | undefined
  readonly SigningAlgorithm: SigningAlgorithmName
}

/** What the caller leaves out is RAW, to policies and to the log too. */
const typeOf = (request: SigningRequest): MessageType => request.MessageType ?? 'RAW'

const logged = (request: SigningRequest) => ({
  keyId: request.KeyId,
  messageType: typeOf(request),
  signingAlgorithm: request.SigningAlgorithm,
})

/** @throws InvalidKeyUsageException for an algorithm of another spec, ValidationException (facts §5.4) */
function checkMessage(key: AllowedKey, request: SigningRequest): void {
  const { SigningAlgorithm: algorithm, Message } = request
  const { spec } = key.row
  if (!KEY_SPECS[spec].signing.includes(algorithm)) {
    const text = `Algorithm ${algorithm} is incompatible with key spec ${spec}.`
    throw new KmsError('InvalidKeyUsageException', text)
  }
  const type = typeOf(request)
  const rule = MESSAGE_RULES[algorithm][type]
  if (rule === undefined)
    throw new KmsError(
      'ValidationException',
      `Message type ${type} is not supported for algorithm ${algorithm}.`,
    )
  if (rule !== 'any' && Message.length !== rule)
    throw new KmsError('ValidationException', `Digest is invalid length for algorithm ${algorithm}.`)
}

async function signingKey(call: Call, request: SigningRequest): Promise<AllowedKey> {
  const key = await call.key(request.KeyId, `kms:${call.operation}`, {
    deed: 'use',
    usage: 'SIGN_VERIFY',
    aliases: true,
    conditions: {
      'kms:SigningAlgorithm': request.SigningAlgorithm,
      'kms:MessageType': typeOf(request),
    },
  })
  checkMessage(key, request)
  return key
}

export const Sign = operation({
  name: 'Sign',
  service: 'KMS',
  action: 'kms:Sign',
  class: 'crypto',
  input: SignInput,
  logged: { request: logged },
  async run(call, input) {
    const key = await signingKey(call, input)
    const { SigningAlgorithm } = input
    const privateKey = await call.privateKey(key)
    const Signature = await sign(privateKey, SigningAlgorithm, input.Message, typeOf(input))
    return { KeyId: key.arn, Signature, SigningAlgorithm }
  },
})

export const Verify = operation({
  name: 'Verify',
  service: 'KMS',
  action: 'kms:Verify',
  class: 'crypto',
  input: VerifyInput,
  logged: { request: logged },
  async run(call, input) {
    const key = await signingKey(call, input)
    const { SigningAlgorithm, Message, Signature } = input
    if (!(await verify(call.publicKey(key), SigningAlgorithm, Message, typeOf(input), Signature)))
      throw new KmsError('KMSInvalidSignatureException')
    return { KeyId: key.arn, SignatureValid: true, SigningAlgorithm }
  },
})
