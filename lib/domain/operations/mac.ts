/** Inputs of message authentication codes. */
import { blob, oneOf, structure } from '../constraints.ts'
import { MAC_ALGORITHMS } from '../key-spec.ts'
import { dryRun, grantTokens, keyId } from './members.ts'

export const GenerateMacInput = structure({
  Message: blob(1, 4096),
  KeyId: keyId(),
  MacAlgorithm: oneOf(MAC_ALGORITHMS),
  GrantTokens: grantTokens(),
  DryRun: dryRun(),
})

export const VerifyMacInput = structure({
  Message: blob(1, 4096),
  KeyId: keyId(),
  MacAlgorithm: oneOf(MAC_ALGORITHMS),
  Mac: blob(1, 6144),
  GrantTokens: grantTokens(),
  DryRun: dryRun(),
})
