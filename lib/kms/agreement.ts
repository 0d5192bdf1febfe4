/** DeriveSharedSecret: ECDH with the public key of someone else. */

import { deriveSharedSecret } from '#lib/crypto/key-agreement.ts'
import { KeyFormatError } from '#lib/crypto/key-format.ts'
import { type PublicKey, readSpki } from '#lib/crypto/spki.ts'
import { isAsymmetric } from '#lib/domain/key-spec.ts'
import { DeriveSharedSecretInput } from '#lib/domain/operations/agreement.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { AllowedKey } from '#lib/engine/call.ts'
import { members } from '#lib/engine/logged.ts'
import { operation } from '#lib/engine/operation.ts'
import { readRecipient } from './recipient.ts'

/** The peer's key, on the curve of ours. @throws ValidationException without a word, as AWS's (facts §2.12) */
function peerOf(key: AllowedKey, spki: Uint8Array): PublicKey {
  const { spec } = key.row
  try {
    if (isAsymmetric(spec)) return readSpki(spec, spki)
  } catch (thrown) {
    if (!(thrown instanceof KeyFormatError)) throw thrown
  }
  throw new KmsError('ValidationException')
}

export const DeriveSharedSecret = operation({
  name: 'DeriveSharedSecret',
  service: 'KMS',
  action: 'kms:DeriveSharedSecret',
  class: 'crypto',
  input: DeriveSharedSecretInput,
  logged: { request: members('KeyId', 'KeyAgreementAlgorithm') },
  async run(call, input) {
    const { KeyAgreementAlgorithm } = input
    const recipient = await readRecipient(call, input.Recipient)
    const key = await call.key(input.KeyId, 'kms:DeriveSharedSecret', {
      deed: 'use',
      usage: 'KEY_AGREEMENT',
      aliases: true,
      conditions: { ...recipient?.conditions, 'kms:KeyAgreementAlgorithm': KeyAgreementAlgorithm },
    })
    const peer = peerOf(key, input.PublicKey)
    const secret = await deriveSharedSecret(await call.privateKey(key), peer)
    const answer = { KeyId: key.arn, KeyAgreementAlgorithm, KeyOrigin: key.row.origin }
    if (!recipient) return { ...answer, SharedSecret: secret }
    return { ...answer, CiphertextForRecipient: await recipient.seal(secret) }
  },
})
