'use server'

import { z } from 'zod'
import { action } from '#lib/console/action.ts'

/** An empty comment is none. */
const commentOf = ({ comment }: { comment: string }) =>
  comment.trim() === '' ? {} : { Comment: comment.trim() }

export const acknowledgeFinding = action('AcknowledgeFinding', {
  form: z.object({ id: z.string(), comment: z.string() }),
  input: (form) => ({ Id: form.id, ...commentOf(form) }),
})

export const acknowledgeRollback = action('AcknowledgeRollback', {
  form: z.object({ comment: z.string() }),
  input: commentOf,
})
