/** Inputs of the operations that bring key material in, and take it out again. */
import { blob, oneOf, structure, text, timestamp } from '../constraints.ts'
import { WRAPPING_ALGORITHMS, WRAPPING_KEY_SPECS } from '../import-wrapping.ts'
import { keyId } from './members.ts'

export const EXPIRATION_MODELS = ['KEY_MATERIAL_EXPIRES', 'KEY_MATERIAL_DOES_NOT_EXPIRE'] as const
export const IMPORT_TYPES = ['NEW_KEY_MATERIAL', 'EXISTING_KEY_MATERIAL'] as const

const keyMaterialId = () => text({ min: 64, max: 64, pattern: '^[a-f0-9]+$' }).optional()
/** The pattern wants a character, though the length does not. */
const materialDescription = () => text({ max: 256, pattern: String.raw`^[a-zA-Z0-9:/_\s.-]+$` }).optional()

export const GetParametersForImportInput = structure({
  KeyId: keyId(),
  WrappingAlgorithm: oneOf(WRAPPING_ALGORITHMS),
  WrappingKeySpec: oneOf(WRAPPING_KEY_SPECS),
})
export const ImportKeyMaterialInput = structure({
  KeyId: keyId(),
  ImportToken: blob(1, 6144),
  EncryptedKeyMaterial: blob(1, 6144),
  ValidTo: timestamp().optional(),
  ExpirationModel: oneOf(EXPIRATION_MODELS).optional(),
  ImportType: oneOf(IMPORT_TYPES).optional(),
  KeyMaterialDescription: materialDescription(),
  KeyMaterialId: keyMaterialId(),
})
export const DeleteImportedKeyMaterialInput = structure({ KeyId: keyId(), KeyMaterialId: keyMaterialId() })
