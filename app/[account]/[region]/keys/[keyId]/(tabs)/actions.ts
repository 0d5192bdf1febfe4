'use server'

import { z } from 'zod'
import { action } from '#lib/console/action.ts'
import { described } from '../requests.ts'

export const describeKey = action('UpdateKeyDescription', {
  form: z.object({ region: z.string(), key: z.string(), description: z.string().max(8192) }),
  input: described,
  region: ({ region }) => region,
})
