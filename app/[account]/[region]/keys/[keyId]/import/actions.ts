'use server'

import { z } from 'zod'
import { importInput } from '#components/import-material/import-input.ts'
import { action } from '#lib/console/action.ts'
import { WRAPPING_ALGORITHMS, WRAPPING_KEY_SPECS } from '#lib/domain/import-wrapping.ts'
import { IMPORT_TYPES } from '#lib/domain/operations/import.ts'

const key = { region: z.string(), key: z.string() }
const region = (form: { region: string }) => form.region

export const getParameters = action('GetParametersForImport', {
  form: z.object({ ...key, algorithm: z.enum(WRAPPING_ALGORITHMS), keySpec: z.enum(WRAPPING_KEY_SPECS) }),
  input: (form) => ({
    KeyId: form.key,
    WrappingAlgorithm: form.algorithm,
    WrappingKeySpec: form.keySpec,
  }),
  region,
})

export const importMaterial = action('ImportKeyMaterial', {
  form: z.object({
    ...key,
    token: z.string(),
    wrapped: z.string(),
    validTo: z.number().optional(),
    type: z.enum(IMPORT_TYPES).optional(),
    material: z.string().optional(),
    description: z.string().optional(),
  }),
  input: importInput,
  region,
})
