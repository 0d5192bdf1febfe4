'use server'

import { z } from 'zod'
import { action } from '#lib/console/action.ts'
import type { InputOf } from '#lib/console/operations.ts'

export type ExplainForm = { readonly region: string; readonly question: InputOf<'ExplainAccess'> }

/** Asked by an action, not by a read: values of an encryption context never stand in an address. */
export const explainAccess = action<'ExplainAccess', ExplainForm>('ExplainAccess', {
  form: z.object({
    region: z.string(),
    // The engine checks the question by the operation's own schema.
    question: z.custom<InputOf<'ExplainAccess'>>((sent) => typeof sent === 'object' && sent !== null),
  }),
  input: ({ question }) => question,
  region: ({ region }) => region,
})
