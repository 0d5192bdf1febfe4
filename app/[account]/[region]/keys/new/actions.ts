'use server'

import { z } from 'zod'
import { action, guarded } from '#lib/console/action.ts'
import { act } from '#lib/console/engine.ts'
import { type ActionResult, EngineRefusal } from '#lib/console/messages.ts'
import type { KeyOutput } from '#lib/console/outputs.ts'
import { requireSigned } from '#lib/console/session.ts'
import { KEY_SPEC_NAMES, KEY_USAGES, ORIGINS } from '#lib/domain/key-spec.ts'
import { once } from './submitted.ts'

const Tag = z.object({ TagKey: z.string(), TagValue: z.string() })

// Shapes only: the engine says what is wrong with a value, in AWS's words.
const KeyForm = z.object({
  region: z.string(),
  token: z.string().min(16).max(64),
  input: z.object({
    KeySpec: z.enum(KEY_SPEC_NAMES).optional(),
    KeyUsage: z.enum(KEY_USAGES).optional(),
    Origin: z.enum(ORIGINS).optional(),
    MultiRegion: z.boolean().optional(),
    Policy: z.string(),
    Description: z.string().optional(),
    Tags: z.array(Tag).optional(),
  }),
})

const AliasForm = z.object({ region: z.string(), alias: z.string(), keyId: z.string() })

/** CreateKey, once for each token. */
export async function createKey(sent: z.infer<typeof KeyForm>): Promise<ActionResult<KeyOutput>> {
  return guarded(async () => {
    const form = KeyForm.safeParse(sent)
    if (!form.success) {
      throw new EngineRefusal({
        code: 'ValidationException',
        message: 'The form is not complete.',
        requestId: null,
        eventId: null,
      })
    }
    const { session } = await requireSigned()
    const { region, input } = form.data
    return once(JSON.stringify([session.id, form.data]), () => act('CreateKey', input, { region }))
  })
}

/** CreateAlias for the key that was made. */
export const createAlias = action('CreateAlias', {
  form: AliasForm,
  input: ({ alias, keyId }) => ({ AliasName: alias, TargetKeyId: keyId }),
  region: ({ region }) => region,
})
