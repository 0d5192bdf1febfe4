'use server'

import { z } from 'zod'
import { action } from '#lib/console/action.ts'
import type { InputOf } from '#lib/console/operations.ts'

// What the input holds the engine checks, by the operation's own schema; here only its outline is made sure of.
const formOf = <Input>() =>
  z.object({
    region: z.string(),
    input: z.custom<Input>((sent) => typeof sent === 'object' && sent !== null && !Array.isArray(sent)),
  })

export const encrypt = action('Encrypt', {
  form: formOf<InputOf<'Encrypt'>>(),
  input: (form) => form.input,
  region: (form) => form.region,
})

export const decrypt = action('Decrypt', {
  form: formOf<InputOf<'Decrypt'>>(),
  input: (form) => form.input,
  region: (form) => form.region,
})
