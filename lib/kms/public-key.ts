/** GetPublicKey: the half that anyone may have, with what it is for. */
import { algorithmsOf, isAsymmetric } from '#lib/domain/key-spec.ts'
import { GetPublicKeyInput } from '#lib/domain/operations/public-key.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { KeyDemand } from '#lib/engine/call.ts'
import { members } from '#lib/engine/logged.ts'
import { operation } from '#lib/engine/operation.ts'

const asymmetricOnly: KeyDemand['kind'] = ({ arn, row: { spec } }) =>
  isAsymmetric(spec)
    ? undefined
    : new KmsError(
        'UnsupportedOperationException',
        `${arn} key spec is ${spec} which is not valid for GetPublicKey.`,
      )

export const GetPublicKey = operation({
  name: 'GetPublicKey',
  service: 'KMS',
  action: 'kms:GetPublicKey',
  class: 'read',
  input: GetPublicKeyInput,
  logged: { request: members('KeyId') },
  async run(call, input) {
    const key = await call.key(input.KeyId, 'kms:GetPublicKey', {
      deed: 'use',
      aliases: true,
      kind: asymmetricOnly,
    })
    const { spec, usage, publicKey } = key.row
    if (!publicKey) throw new KmsError('KMSInvalidStateException', `${key.arn} is pending import.`)
    return {
      KeyId: key.arn,
      // A copy: an answer that is not given is wiped, and the key is held for others.
      PublicKey: Uint8Array.from(publicKey),
      CustomerMasterKeySpec: spec,
      KeySpec: spec,
      KeyUsage: usage,
      ...algorithmsOf(spec, usage),
    }
  },
})
