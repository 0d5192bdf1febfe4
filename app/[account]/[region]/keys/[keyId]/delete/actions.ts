'use server'

import { z } from 'zod'
import { action, guarded } from '#lib/console/action.ts'
import { act } from '#lib/console/engine.ts'
import type { ActionResult } from '#lib/console/messages.ts'
import { ofKey, scheduled, watched } from '../requests.ts'

export const scheduleDeletion = action('ScheduleKeyDeletion', {
  form: z.object({
    region: z.string(),
    key: z.string(),
    days: z.number(),
    reason: z.string().max(512).optional(),
  }),
  input: scheduled,
  region: ({ region }) => region,
})

const WatchForm = z.object({
  region: z.string(),
  key: z.string(),
  days: z.number(),
  /** False where the key is disabled already. */
  disable: z.boolean(),
})
export type WatchForm = z.infer<typeof WatchForm>

/** What of the two was done: a key may be disabled and nobody watching. */
export type Watching = { readonly watched: boolean; readonly why: string }

/** Disables a key, then starts to count who misses it. Of two acts, the event of the first is the one to look at. */
export async function disableAndWatch(sent: WatchForm): Promise<ActionResult<Watching>> {
  return guarded(async (): Promise<ActionResult<Watching>> => {
    const form = WatchForm.parse(sent)
    const at = { region: form.region }
    const disabled = form.disable ? await act('DisableKey', ofKey(form), at) : undefined
    if (disabled && !disabled.ok) return disabled
    const watch = await act('StartKeyWatch', watched(form), at)
    if (!watch.ok && !disabled) return watch
    // A watch that runs already goes on.
    const watching = watch.ok || watch.error.code === 'AlreadyExistsException'
    const { eventId, requestId } = disabled ?? (watch.ok ? watch : { eventId: null, requestId: null })
    const why = watch.ok ? '' : watch.error.message
    return { ok: true, output: { watched: watching, why }, eventId, requestId }
  })
}
