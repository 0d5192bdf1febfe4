'use server'

import { z } from 'zod'
import { action } from '#lib/console/action.ts'

const region = (form: { region: string }) => form.region
const binding = z.object({ region: z.string(), alias: z.string(), key: z.string() })
const input = (form: z.infer<typeof binding>) => ({ AliasName: form.alias, TargetKeyId: form.key })

export const createAlias = action('CreateAlias', { form: binding, input, region })
export const repointAlias = action('UpdateAlias', { form: binding, input, region })

export const deleteAlias = action('DeleteAlias', {
  form: z.object({ region: z.string(), alias: z.string() }),
  input: (form) => ({ AliasName: form.alias }),
  region,
})
