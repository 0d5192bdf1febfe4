/**
 * Whether somebody may go on reading the log in an answer that takes long: asked again for every piece of it, because a
 * session may be revoked and a permission taken away while it lasts (R86, R52).
 */
import type { Caller } from '#lib/domain/caller.ts'
import { structure } from '#lib/domain/constraints.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import { operation } from '#lib/engine/operation.ts'
import { checkCurrent } from '#lib/insight/access-rights.ts'
import { dutyOf } from './duties.ts'
import type { DeskParts } from './parts.ts'
import { lookAtSession } from './sessions.ts'
import { sessionCaller } from './verbs.ts'
import type { Visit } from './visit.ts'

/**
 * No operation of the lists: nobody calls it but this file. It leaves no event, because it would leave one for every batch
 * of a live tail, which would then tail itself; the reading's own beginning is in the log.
 */
export const GoOnReading = operation({
  name: 'GoOnReading',
  service: 'Keyhouse',
  action: 'cloudtrail:LookupEvents',
  class: 'read',
  recorded: false,
  input: structure({}),
  logged: { request: () => null },
  async run(call) {
    // First, so that a refusal too rests on what is true now.
    await checkCurrent(call, [])
    await call.permit()
  },
})

export type Reader = { readonly visit: Visit; readonly caller: Caller }

/** The caller of a visit that is still signed in. Looking is no sign of life: a tail keeps nobody signed in. */
async function callerNow(parts: DeskParts, visit: Visit): Promise<Caller | undefined> {
  const found = visit.session === undefined ? undefined : await lookAtSession(parts.services, visit)
  if (!found || (await dutyOf(parts.services, found))) return undefined
  return sessionCaller(found, visit)
}

/** Why the reader may not go on, or undefined. @throws KmsError when that cannot be found out. */
export async function whyNot(
  parts: DeskParts,
  { visit, caller }: Reader,
): Promise<'session' | 'permission' | undefined> {
  const now = await callerNow(parts, visit)
  if (!now || now.principal.arn !== caller.principal.arn) return 'session'
  try {
    await parts.invoke(now, GoOnReading, {})
    return undefined
  } catch (thrown) {
    if (!(thrown instanceof KmsError)) throw thrown
    if (thrown.code === 'AccessDeniedException') return 'permission'
    if (thrown.code === 'UnrecognizedClientException') return 'session'
    throw thrown
  }
}
