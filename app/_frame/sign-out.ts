'use server'

import { redirect } from 'next/navigation'
import { deskVerb } from '#lib/console/engine.ts'
import { EngineRefusal } from '#lib/console/messages.ts'
import { paths } from '#lib/console/paths.ts'
import { requireOwnOrigin } from '#lib/console/same-origin.ts'
import { dropBrowserToken } from '#lib/console/session-cookie.ts'

/** Ends the session in the engine and drops the cookie, whether or not the engine still knows it. */
export async function signOut(): Promise<void> {
  await requireOwnOrigin()
  try {
    await deskVerb('sign-out')
  } catch (thrown) {
    if (!(thrown instanceof EngineRefusal) || thrown.refusal.code !== 'SessionEnded') throw thrown
  }
  await dropBrowserToken()
  redirect(paths.signIn())
}
