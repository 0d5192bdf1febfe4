'use server'

import { z } from 'zod'
import { guarded } from '#lib/console/action.ts'
import { act, ask } from '#lib/console/engine.ts'
import type { ActionResult } from '#lib/console/messages.ts'

const form = z.object({
  region: z.string(),
  key: z.string(),
  policy: z.string().max(131_072),
  base: z.string().max(131_072),
})

/**
 * Saves a key policy unless it is no longer the one that was edited: then nothing is written and the draft stays with
 * its author. The engine knows no versions of policies yet, so the text itself is compared.
 */
export async function savePolicy(sent: z.infer<typeof form>): Promise<ActionResult> {
  return guarded(async () => {
    const { region, key, policy, base } = form.parse(sent)
    const saved = await ask('GetKeyPolicy', { KeyId: key }, { region })
    if (saved.Policy !== base) {
      const message =
        'The key policy was changed while you were editing. Nothing was saved; your draft is still here.'
      return { ok: false, error: { code: 'ConflictException', message, requestId: null, eventId: null } }
    }
    return act('PutKeyPolicy', { KeyId: key, Policy: policy }, { region })
  })
}
