/** Inputs of data key pairs. */
import { oneOf, structure } from '../constraints.ts'
import { DATA_KEY_PAIR_SPECS } from '../data-key-spec.ts'
import { dryRun, encryptionContext, grantTokens, keyId, recipient } from './members.ts'

export const GenerateDataKeyPairInput = structure({
  EncryptionContext: encryptionContext(),
  KeyId: keyId(),
  KeyPairSpec: oneOf(DATA_KEY_PAIR_SPECS),
  GrantTokens: grantTokens(),
  Recipient: recipient(),
  DryRun: dryRun(),
})

export const GenerateDataKeyPairWithoutPlaintextInput = GenerateDataKeyPairInput.omit({ Recipient: true })
