/** ImportKeyMaterial's input out of what the form says: what code shows is what is sent. */

type Said = {
  readonly key: string
  /** Base64. */
  readonly token: string
  readonly wrapped: string
  readonly validTo?: number | undefined
  readonly type?: 'NEW_KEY_MATERIAL' | 'EXISTING_KEY_MATERIAL' | undefined
  readonly material?: string | undefined
  readonly description?: string | undefined
}

export const importInput = ({ key, token, wrapped, validTo, type, material, description }: Said) => ({
  KeyId: key,
  ImportToken: token,
  EncryptedKeyMaterial: wrapped,
  ...(validTo === undefined
    ? { ExpirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE' as const }
    : { ExpirationModel: 'KEY_MATERIAL_EXPIRES' as const, ValidTo: validTo }),
  ...(type && { ImportType: type }),
  ...(material && { KeyMaterialId: material }),
  ...(description !== undefined && { KeyMaterialDescription: description }),
})
