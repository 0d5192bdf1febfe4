/** Inputs of data keys and random bytes. */
import { integer, structure, text } from '../constraints.ts'
import { dataKeySpec, dryRun, encryptionContext, grantTokens, keyId, recipient } from './members.ts'

export const GenerateDataKeyInput = structure({
  KeyId: keyId(),
  EncryptionContext: encryptionContext(),
  NumberOfBytes: integer(1, 1024).optional(),
  KeySpec: dataKeySpec(),
  GrantTokens: grantTokens(),
  Recipient: recipient(),
  DryRun: dryRun(),
})

export const GenerateDataKeyWithoutPlaintextInput = GenerateDataKeyInput.omit({ Recipient: true })

export const GenerateRandomInput = structure({
  NumberOfBytes: integer(1, 1024).optional(),
  CustomKeyStoreId: text({ min: 1, max: 64 }).optional(),
  Recipient: recipient(),
})
