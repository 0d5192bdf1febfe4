'use server'

import { z } from 'zod'
import { action } from '#lib/console/action.ts'

export const describeKey = action('UpdateKeyDescription', {
  form: z.object({ region: z.string(), key: z.string(), description: z.string().max(8192) }),
  input: ({ key, description }) => ({ KeyId: key, Description: description }),
  region: ({ region }) => region,
})
