'use server'

import { z } from 'zod'
import { action } from '#lib/console/action.ts'
import { tagged, untagged } from '../../requests.ts'

const key = { region: z.string(), key: z.string() }
const region = (form: { region: string }) => form.region

export const setTag = action('TagResource', {
  form: z.object({ ...key, name: z.string(), value: z.string() }),
  input: tagged,
  region,
})

export const removeTag = action('UntagResource', {
  form: z.object({ ...key, name: z.string() }),
  input: untagged,
  region,
})
