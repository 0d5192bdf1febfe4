'use server'

import { z } from 'zod'
import { action } from '#lib/console/action.ts'

export const deleteMaterial = action('DeleteImportedKeyMaterial', {
  form: z.object({ region: z.string(), key: z.string(), material: z.string().optional() }),
  input: ({ key, material }) => ({ KeyId: key, ...(material && { KeyMaterialId: material }) }),
  region: ({ region }) => region,
})
