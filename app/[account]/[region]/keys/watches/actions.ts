'use server'

import { z } from 'zod'
import { action } from '#lib/console/action.ts'

export const stopWatch = action('StopKeyWatch', {
  form: z.object({ region: z.string(), id: z.string() }),
  input: ({ id }) => ({ Id: id }),
  region: ({ region }) => region,
})
