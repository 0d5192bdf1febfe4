'use server'

import { guarded } from '#lib/console/action.ts'
import { deskVerb } from '#lib/console/engine.ts'
import { type ActionResult, EngineRefusal } from '#lib/console/messages.ts'
import { requireOwnOrigin } from '#lib/console/same-origin.ts'
import { signedInHere } from '#lib/console/session.ts'
import { dropBrowserToken, keepBrowser, thisBrowser } from '#lib/console/session-cookie.ts'

/** Looks at another of the sessions of this browser from now on; false when it has ended. */
export async function switchIdentity(id: string): Promise<boolean> {
  await requireOwnOrigin()
  const browser = await thisBrowser()
  const there = (await signedInHere()).some((session) => session.id === id)
  if (!browser || !there) return false
  await keepBrowser({ token: browser.token, session: id })
  return true
}

type RoleForm = { readonly role: string; readonly account: string }

/** Opens a session of a role and looks at it. */
export async function switchRole({ role, account }: RoleForm): Promise<ActionResult<null>> {
  return guarded(async () => {
    const answer = await deskVerb('switch-role', { role: role.trim(), account: account.trim() })
    // The desk's answer is ours: { browserToken, session }.
    const { browserToken, session } = answer as { browserToken: string; session: { id: string } }
    await keepBrowser({ token: browserToken, session: session.id })
    return { ok: true, output: null, eventId: null, requestId: null }
  })
}

async function end(all: boolean): Promise<void> {
  try {
    await deskVerb('sign-out', { all })
  } catch (thrown) {
    if (!(thrown instanceof EngineRefusal) || thrown.refusal.code !== 'SessionEnded') throw thrown
  }
}

/** Ends the session that is looked at, and looks at the newest of those that are left; false when none is. */
export async function signOut(): Promise<boolean> {
  await requireOwnOrigin()
  const browser = await thisBrowser()
  await end(false)
  const [next] = await signedInHere()
  if (!browser || !next) {
    await dropBrowserToken()
    return false
  }
  await keepBrowser({ token: browser.token, session: next.id })
  return true
}

/** Ends every session of this browser, whether or not the engine still knows them. */
export async function signOutAll(): Promise<void> {
  await requireOwnOrigin()
  await end(true)
  await dropBrowserToken()
}
