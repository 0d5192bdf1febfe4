'use server'

import { z } from 'zod'
import type { CreateGrantForm, MadeGrant } from '#components/grants/new-grant.tsx'
import { guarded } from '#lib/console/action.ts'
import { act, tryAsk } from '#lib/console/engine.ts'
import { type ActionResult, EngineRefusal } from '#lib/console/messages.ts'
import type { InputOf } from '#lib/console/operations.ts'
import { requireSigned } from '#lib/console/session.ts'
import { CreateGrantInput } from '#lib/domain/operations/grants.ts'
import { once } from '../../../new/submitted.ts'

const Form = z.object({ region: z.string(), token: z.string().min(16).max(64), input: CreateGrantInput })

/** The grants of the key that have this name, where the viewer may list them. */
async function namesakes(
  { KeyId, Name }: InputOf<'CreateGrant'>,
  region: string,
): Promise<Set<string> | undefined> {
  if (Name === undefined) return new Set()
  const { output } = await tryAsk('SearchGrants', { Filter: `key:"${KeyId}" name:"${Name}"` }, { region })
  return output && new Set(output.Grants.map(({ GrantId }) => GrantId))
}

/** CreateGrant, once for each token; and whether the grant was there before. */
export async function createGrant(sent: CreateGrantForm): Promise<ActionResult<MadeGrant>> {
  return guarded(async () => {
    const form = Form.safeParse(sent)
    if (!form.success) {
      const message = form.error.issues[0]?.message ?? 'The form is not complete.'
      throw new EngineRefusal({ code: 'ValidationException', message, requestId: null, eventId: null })
    }
    const { session } = await requireSigned()
    const { region, input } = form.data
    return once(JSON.stringify([session.id, form.data]), async () => {
      const before = await namesakes(input, region)
      const result = await act('CreateGrant', input, { region })
      if (!result.ok || !before) return result
      return { ...result, output: { ...result.output, existed: before.has(result.output.GrantId) } }
    })
  })
}
