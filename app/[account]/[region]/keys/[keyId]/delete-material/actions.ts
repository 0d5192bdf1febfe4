'use server'

import { z } from 'zod'
import { action } from '#lib/console/action.ts'
import { withoutMaterial } from '../requests.ts'

export const deleteMaterial = action('DeleteImportedKeyMaterial', {
  form: z.object({ region: z.string(), key: z.string(), material: z.string().optional() }),
  input: withoutMaterial,
  region: ({ region }) => region,
})
