'use server'

import { z } from 'zod'
import { action } from '#lib/console/action.ts'

const key = { region: z.string(), key: z.string() }
const region = (form: { region: string }) => form.region

export const enableRotation = action('EnableKeyRotation', {
  form: z.object({ ...key, days: z.number() }),
  input: (form) => ({ KeyId: form.key, RotationPeriodInDays: form.days }),
  region,
})

export const disableRotation = action('DisableKeyRotation', {
  form: z.object(key),
  input: (form) => ({ KeyId: form.key }),
  region,
})
