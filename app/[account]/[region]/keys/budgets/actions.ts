'use server'

import { z } from 'zod'
import { action } from '#lib/console/action.ts'
import { budgeted, unbudgeted } from '../[keyId]/requests.ts'

const form = z.object({ region: z.string(), key: z.string(), period: z.enum(['day', 'month']) })
const region = (sent: { region: string }) => sent.region

export const putBudget = action('PutUseBudget', {
  form: form.extend({ most: z.number() }),
  input: budgeted,
  region,
})

export const removeBudget = action('DeleteUseBudget', { form, input: unbudgeted, region })
