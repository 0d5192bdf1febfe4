'use server'

import { z } from 'zod'
import { action } from '#lib/console/action.ts'

export const changePrimary = action('UpdatePrimaryRegion', {
  form: z.object({ region: z.string(), key: z.string(), primary: z.string() }),
  input: ({ key, primary }) => ({ KeyId: key, PrimaryRegion: primary }),
  region: ({ region }) => region,
})
