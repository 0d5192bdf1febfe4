'use server'

import { z } from 'zod'
import { action } from '#lib/console/action.ts'
import { accountId, regionNames } from '#lib/domain/account.ts'
import { putGuardrailInput } from './guardrail-input.ts'

const one = z.object({ id: accountId() })

export const disableAccount = action('DisableAccount', {
  form: one,
  input: ({ id }) => ({ AccountId: id }),
})

export const enableAccount = action('EnableAccount', {
  form: one,
  input: ({ id }) => ({ AccountId: id }),
})

export const updateRegions = action('UpdateAccountRegions', {
  form: z.object({ id: accountId(), regions: regionNames() }),
  input: ({ id, regions }) => ({ AccountId: id, Regions: regions }),
})

export const putGuardrail = action('PutGuardrail', {
  form: z.object({
    id: accountId(),
    name: z.string(),
    policy: z.string(),
    withFullAccess: z.boolean().optional(),
  }),
  input: putGuardrailInput,
})

export const deleteGuardrail = action('DeleteGuardrail', {
  form: z.object({ id: accountId(), name: z.string() }),
  input: ({ id, name }) => ({ AccountId: id, Name: name }),
})
