/** Inputs of signing and verifying. */
import { blob, oneOf, structure } from '../constraints.ts'
import { MESSAGE_TYPES, SIGNING_ALGORITHMS } from '../key-spec.ts'
import { dryRun, grantTokens, keyId } from './members.ts'

export const SignInput = structure({
  KeyId: keyId(),
  Message: blob(1, 4096),
  MessageType: oneOf(MESSAGE_TYPES).optional(),
  GrantTokens: grantTokens(),
  SigningAlgorithm: oneOf(SIGNING_ALGORITHMS),
  DryRun: dryRun(),
})

export const VerifyInput = structure({
  KeyId: keyId(),
  Message: blob(1, 4096),
  MessageType: oneOf(MESSAGE_TYPES).optional(),
  Signature: blob(1, 6144),
  SigningAlgorithm: oneOf(SIGNING_ALGORITHMS),
  GrantTokens: grantTokens(),
  DryRun: dryRun(),
})
