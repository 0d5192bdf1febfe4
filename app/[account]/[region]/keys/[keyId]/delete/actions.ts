'use server'

import { z } from 'zod'
import { action } from '#lib/console/action.ts'

export const scheduleDeletion = action('ScheduleKeyDeletion', {
  form: z.object({ region: z.string(), key: z.string(), days: z.number() }),
  input: ({ key, days }) => ({ KeyId: key, PendingWindowInDays: days }),
  region: ({ region }) => region,
})
