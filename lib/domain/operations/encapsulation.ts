/** Inputs of key encapsulation (facts, appendix A). */
import { blob, oneOf, structure } from '../constraints.ts'
import { ENCAPSULATION_ALGORITHMS } from '../key-spec.ts'
import { dryRun, grantTokens, keyId } from './members.ts'

export const EncapsulateInput = structure({
  KeyId: keyId(),
  EncapsulationAlgorithm: oneOf(ENCAPSULATION_ALGORITHMS),
  GrantTokens: grantTokens(),
  DryRun: dryRun(),
})

export const DecapsulateInput = structure({
  KeyId: keyId(),
  // The type of every ciphertext in the model: 1 to 6144 bytes.
  SharedSecretCiphertextBlob: blob(1, 6144),
  EncapsulationAlgorithm: oneOf(ENCAPSULATION_ALGORITHMS),
  GrantTokens: grantTokens(),
  DryRun: dryRun(),
})
