/** GenerateMac and VerifyMac. A MAC that does not match is an exception, never `false` (facts §2.55). */
import { generateMac, macMatches } from '#lib/crypto/hmac.ts'
import type { KeyObject } from '#lib/crypto/secret-key.ts'
import { KEY_SPECS, type MacAlgorithmName } from '#lib/domain/key-spec.ts'
import { GenerateMacInput, VerifyMacInput } from '#lib/domain/operations/mac.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { AllowedKey, Call } from '#lib/engine/call.ts'
import { members } from '#lib/engine/logged.ts'
import { operation } from '#lib/engine/operation.ts'

type MacRequest = { readonly KeyId: string; readonly MacAlgorithm: MacAlgorithmName }

const logged = members<MacRequest>('KeyId', 'MacAlgorithm')

async function macKey(call: Call, request: MacRequest): Promise<{ key: AllowedKey; secret: KeyObject }> {
  const { MacAlgorithm: algorithm } = request
  const key = await call.key(request.KeyId, `kms:${call.operation}`, {
    deed: 'use',
    usage: 'GENERATE_VERIFY_MAC',
    aliases: true,
    conditions: { 'kms:MacAlgorithm': algorithm },
  })
  const { spec } = key.row
  if (!KEY_SPECS[spec].mac.includes(algorithm)) {
    const text = `Algorithm ${algorithm} is incompatible with key spec ${spec}.`
    throw new KmsError('InvalidKeyUsageException', text)
  }
  const material = await call.material(key)
  if (!material) throw new KmsError('KMSInvalidStateException', `${key.arn} is pending import.`)
  return { key, secret: material.key }
}

export const GenerateMac = operation({
  name: 'GenerateMac',
  service: 'KMS',
  action: 'kms:GenerateMac',
  class: 'crypto',
  input: GenerateMacInput,
  logged: { request: logged },
  async run(call, input) {
    const { key, secret } = await macKey(call, input)
    const { MacAlgorithm } = input
    return { Mac: generateMac(secret, MacAlgorithm, input.Message), MacAlgorithm, KeyId: key.arn }
  },
})

export const VerifyMac = operation({
  name: 'VerifyMac',
  service: 'KMS',
  action: 'kms:VerifyMac',
  class: 'crypto',
  input: VerifyMacInput,
  logged: { request: logged },
  async run(call, input) {
    const { key, secret } = await macKey(call, input)
    const { MacAlgorithm, Message, Mac } = input
    if (!macMatches(secret, MacAlgorithm, Message, Mac)) throw new KmsError('KMSInvalidMacException')
    return { KeyId: key.arn, MacValid: true, MacAlgorithm }
  },
})
