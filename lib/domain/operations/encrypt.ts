/** Inputs of encryption with a symmetric key. */
import { blob, list, oneOf, structure } from '../constraints.ts'
import {
  ciphertextBlob,
  dryRun,
  encryptionAlgorithm,
  encryptionContext,
  grantTokens,
  keyId,
  recipient,
} from './members.ts'

const dryRunModifiers = () => list(oneOf(['IGNORE_CIPHERTEXT'])).optional()

export const EncryptInput = structure({
  KeyId: keyId(),
  Plaintext: blob(1, 4096),
  EncryptionContext: encryptionContext(),
  GrantTokens: grantTokens(),
  EncryptionAlgorithm: encryptionAlgorithm(),
  DryRun: dryRun(),
})

export const DecryptInput = structure({
  CiphertextBlob: ciphertextBlob().optional(),
  EncryptionContext: encryptionContext(),
  GrantTokens: grantTokens(),
  KeyId: keyId().optional(),
  EncryptionAlgorithm: encryptionAlgorithm(),
  Recipient: recipient(),
  DryRun: dryRun(),
  DryRunModifiers: dryRunModifiers(),
})

export const ReEncryptInput = structure({
  CiphertextBlob: ciphertextBlob().optional(),
  SourceEncryptionContext: encryptionContext(),
  SourceKeyId: keyId().optional(),
  DestinationKeyId: keyId(),
  DestinationEncryptionContext: encryptionContext(),
  SourceEncryptionAlgorithm: encryptionAlgorithm(),
  DestinationEncryptionAlgorithm: encryptionAlgorithm(),
  GrantTokens: grantTokens(),
  DryRun: dryRun(),
  DryRunModifiers: dryRunModifiers(),
})
