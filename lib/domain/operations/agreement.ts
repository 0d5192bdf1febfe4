/** Input of DeriveSharedSecret. */
import { blob, oneOf, structure } from '../constraints.ts'
import { KEY_AGREEMENT_ALGORITHMS } from '../key-spec.ts'
import { dryRun, grantTokens, keyId, recipient } from './members.ts'

export const DeriveSharedSecretInput = structure({
  KeyId: keyId(),
  KeyAgreementAlgorithm: oneOf(KEY_AGREEMENT_ALGORITHMS),
  PublicKey: blob(1, 8192),
  GrantTokens: grantTokens(),
  DryRun: dryRun(),
  Recipient: recipient(),
})
