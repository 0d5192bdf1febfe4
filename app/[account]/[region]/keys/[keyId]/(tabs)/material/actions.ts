'use server'

import { z } from 'zod'
import { action } from '#lib/console/action.ts'
import { ofKey, rotated } from '../../requests.ts'

const key = { region: z.string(), key: z.string() }
const region = (form: { region: string }) => form.region

export const enableRotation = action('EnableKeyRotation', {
  form: z.object({ ...key, days: z.number() }),
  input: rotated,
  region,
})

export const disableRotation = action('DisableKeyRotation', {
  form: z.object(key),
  input: ofKey,
  region,
})
