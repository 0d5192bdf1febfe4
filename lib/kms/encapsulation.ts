/** Encapsulate and Decapsulate: a secret for the holder of an ML-KEM key (facts, appendix A). */
import { decapsulate, encapsulate } from '#lib/crypto/encapsulation.ts'
import { DecapsulateInput, EncapsulateInput } from '#lib/domain/operations/encapsulation.ts'
import type { AllowedKey, Call } from '#lib/engine/call.ts'
import { members } from '#lib/engine/logged.ts'
import { operation } from '#lib/engine/operation.ts'

// The one algorithm there is fits every key of this usage.
type EncapsulationRequest = { readonly KeyId: string; readonly EncapsulationAlgorithm: 'ML_KEM' }

const logged = members<EncapsulationRequest>('KeyId', 'EncapsulationAlgorithm')

const encapsulationKey = (call: Call, request: EncapsulationRequest): Promise<AllowedKey> =>
  call.key(request.KeyId, `kms:${call.operation}`, {
    deed: 'use',
    usage: 'ENCAPSULATE_DECAPSULATE',
    aliases: true,
    conditions: { 'kms:EncapsulationAlgorithm': request.EncapsulationAlgorithm },
  })

export const Encapsulate = operation({
  name: 'Encapsulate',
  service: 'KMS',
  action: 'kms:Encapsulate',
  class: 'crypto',
  input: EncapsulateInput,
  logged: { request: logged },
  async run(call, input) {
    const key = await encapsulationKey(call, input)
    const { sharedSecret, ciphertext } = await encapsulate(call.publicKey(key))
    return {
      KeyId: key.arn,
      SharedSecret: sharedSecret,
      SharedSecretCiphertextBlob: ciphertext,
      EncapsulationAlgorithm: input.EncapsulationAlgorithm,
    }
  },
})

export const Decapsulate = operation({
  name: 'Decapsulate',
  service: 'KMS',
  action: 'kms:Decapsulate',
  class: 'crypto',
  input: DecapsulateInput,
  logged: { request: logged },
  async run(call, input) {
    const key = await encapsulationKey(call, input)
    const privateKey = await call.privateKey(key)
    return {
      KeyId: key.arn,
      SharedSecret: await decapsulate(privateKey, input.SharedSecretCiphertextBlob),
      EncapsulationAlgorithm: input.EncapsulationAlgorithm,
    }
  },
})
