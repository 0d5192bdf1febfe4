/** What Create key has done: the key, then its alias, each with the event that proves it. */
import { z } from 'zod'
import type { RefusalView } from '#lib/console/messages.ts'

export const Made = z.object({
  keyId: z.string(),
  arn: z.string(),
  keyEvent: z.string().nullable(),
  alias: z.string(),
  aliasDone: z.boolean(),
  aliasEvent: z.string().nullable(),
  /** Why the alias was refused, when it was. */
  // Written by this page itself, from what the engine said.
  aliasRefusal: z.custom<RefusalView>((value) => typeof value === 'object').nullable(),
})
export type Made = z.infer<typeof Made>
