'use server'

import { z } from 'zod'
import { action } from '#lib/console/action.ts'
import { ledFrom } from '../../requests.ts'

export const changePrimary = action('UpdatePrimaryRegion', {
  form: z.object({ region: z.string(), key: z.string(), primary: z.string() }),
  input: ledFrom,
  region: ({ region }) => region,
})
