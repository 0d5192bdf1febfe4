/** What an import says of the material it brings: until when it is good, and whether it is new (facts §11). */
import type { z } from 'zod'
import type { ImportKeyMaterialInput } from '#lib/domain/operations/import.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { AllowedKey } from '#lib/engine/call.ts'
import type { ExpirationModel } from '#lib/store/materials.ts'

export type ImportRequest = z.output<typeof ImportKeyMaterialInput>

export type Expiry = { readonly expirationModel: ExpirationModel; readonly validTo: Date | null }

const DAY = 86_400_000
/** https://docs.aws.amazon.com/kms/latest/APIReference/API_ImportKeyMaterial.html */
const MOST_DAYS = 365

const invalid = (text: string) => new KmsError('ValidationException', text)

/** AWS's default; conditions see it too (facts §8.6). */
export const expirationModelOf = (input: ImportRequest): ExpirationModel =>
  input.ExpirationModel ?? 'KEY_MATERIAL_EXPIRES'

/** @throws ValidationException */
export function expiryOf(input: ImportRequest, now: Date): Expiry {
  const expirationModel = expirationModelOf(input)
  const { ValidTo } = input
  if (expirationModel === 'KEY_MATERIAL_DOES_NOT_EXPIRE') {
    if (ValidTo)
      throw invalid('A validTo date must not be set if the ExpirationModel is KEY_MATERIAL_DOES_NOT_EXPIRE')
    return { expirationModel, validTo: null }
  }
  if (!ValidTo) throw invalid('A validTo date must be set if the ExpirationModel is KEY_MATERIAL_EXPIRES')
  if (ValidTo <= now) throw invalid('ValidTo must be in the future')
  if (ValidTo.getTime() > now.getTime() + MOST_DAYS * DAY)
    throw invalid(`ValidTo must be at most ${MOST_DAYS} days in the future`)
  return { expirationModel, validTo: ValidTo }
}

/**
 * Whether the material has to be new. The first import into a key is, and later ones are not unless they say so; only
 * symmetric keys ever have more than one.
 * @throws ValidationException
 */
export function isNew({ row }: AllowedKey, input: ImportRequest): boolean {
  const first = row.materials.length === 0
  const { ImportType, KeyMaterialId, KeyMaterialDescription } = input
  if (row.spec !== 'SYMMETRIC_DEFAULT') {
    const named = { ImportType, KeyMaterialId, KeyMaterialDescription }
    const given = Object.entries(named).find(([, value]) => value !== undefined)
    if (given) throw invalid(`${given[0]} can only be specified for symmetric encryption KMS keys.`)
    return first
  }
  const asNew = ImportType ? ImportType === 'NEW_KEY_MATERIAL' : first
  if (asNew && KeyMaterialId !== undefined)
    throw invalid('KeyMaterialId cannot be specified when ImportType is NEW_KEY_MATERIAL.')
  return asNew
}
