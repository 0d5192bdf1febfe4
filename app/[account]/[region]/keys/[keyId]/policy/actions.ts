'use server'

import { z } from 'zod'
import { action, guarded } from '#lib/console/action.ts'
import { act, ask } from '#lib/console/engine.ts'
import type { ActionResult } from '#lib/console/messages.ts'
import type { InputOf } from '#lib/console/operations.ts'

const SaveForm = z.object({
  region: z.string(),
  key: z.string(),
  policy: z.string().max(131_072),
  /** The version that was edited: another one in its place, and nothing is saved. */
  expected: z.number().int(),
  bypass: z.boolean(),
})
export type SaveForm = z.infer<typeof SaveForm>
export type SavedVersion = { readonly version: number; readonly eventId: string | null }

/** Where the installation demands it, nobody becomes administrator and user of a key by this console. */
async function separationFault({ region, key, policy }: SaveForm): Promise<string | undefined> {
  const { RequireSeparation } = await ask('Capabilities', {}, { region })
  if (!RequireSeparation) return undefined
  const { Findings } = await ask('LintKeyPolicy', { KeyId: key, Policy: policy }, { region })
  const overlap = Findings.find(({ Id }) => Id === 'SOD-01')
  return overlap && `${overlap.Message} This installation requires separation, so it was not saved.`
}

/** Puts a policy in force, unless somebody else has done so since it was read. */
export async function savePolicy(sent: SaveForm): Promise<ActionResult<SavedVersion>> {
  return guarded(async () => {
    const form = SaveForm.parse(sent)
    const message = await separationFault(form)
    if (message)
      return { ok: false, error: { code: 'ValidationException', message, requestId: null, eventId: null } }
    const { region, key, policy, expected, bypass } = form
    const input = { KeyId: key, Policy: policy, ExpectedVersion: expected }
    const result = await act(
      'PutKeyPolicy',
      bypass ? { ...input, BypassPolicyLockoutSafetyCheck: true } : input,
      { region },
    )
    return result.ok ? { ...result, output: { version: expected + 1, eventId: result.eventId } } : result
  })
}

type CaseForm = { readonly region: string; readonly input: InputOf<'PutPolicyCase'> }

/** Keeps a question with its answer. */
export const pinCase = action<'PutPolicyCase', CaseForm>('PutPolicyCase', {
  form: z.object({
    region: z.string(),
    // The engine checks it by the operation's own schema.
    input: z.custom<InputOf<'PutPolicyCase'>>((sent) => typeof sent === 'object' && sent !== null),
  }),
  input: ({ input }) => input,
  region: ({ region }) => region,
})

export const removeCase = action('DeletePolicyCase', {
  form: z.object({ region: z.string(), key: z.string(), id: z.string() }),
  input: ({ key, id }) => ({ KeyId: key, Id: id }),
  region: ({ region }) => region,
})
