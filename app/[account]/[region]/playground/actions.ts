'use server'

import { z } from 'zod'
import { action } from '#lib/console/action.ts'
import { DecryptInput, EncryptInput } from '#lib/domain/operations/encrypt.ts'

// The engine reads the input with the same schema; here only its outline is made sure of.
const formOf = <Input extends z.ZodType>(input: Input) => z.object({ region: z.string(), input: z.custom<z.input<Input>>((sent) => typeof sent === 'object' && sent !== null) })

export const encrypt = action('Encrypt', {
  form: formOf(EncryptInput),
  input: (form) => form.input,
  region: (form) => form.region,
})

export const decrypt = action('Decrypt', {
  form: formOf(DecryptInput),
  input: (form) => form.input,
  region: (form) => form.region,
})
