'use server'

import { z } from 'zod'
import { action } from '#lib/console/action.ts'
import { scheduled } from '../requests.ts'

export const scheduleDeletion = action('ScheduleKeyDeletion', {
  form: z.object({ region: z.string(), key: z.string(), days: z.number() }),
  input: scheduled,
  region: ({ region }) => region,
})
