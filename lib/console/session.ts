/**
 * Who is asking. Every page, route handler and action calls this itself: a layout does not run again when one
 * navigates inside it, and proxy.ts only sets headers.
 */
import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { cache } from 'react'
import { type DeskHeaders, desk } from './desk.ts'
import { EngineRefusal } from './messages.ts'
import { paths } from './paths.ts'
import { REQUEST_PATH } from './request-path.ts'
import { thisBrowser } from './session-cookie.ts'

export type SessionView = {
  readonly id: string
  readonly principal: {
    readonly kind: 'root' | 'user' | 'role'
    readonly name: string
    readonly arn: string
    readonly account: string
  }
  readonly accountAlias: string | null
  readonly regions: readonly string[]
  /** Epoch seconds, as is when the password was last shown. */
  readonly expiresAt: number
  readonly authenticatedAt: number
  /** Whether a second factor was shown. */
  readonly secondFactor: boolean
  /** Of a session in a role: the session that switched to it. */
  readonly switchedFrom: string | null
}

/** What must be done before anything else. */
export type Duty = 'new-password' | 'set-up-factor' | 'show-factor'

/** The session that a request is of. */
export type CurrentSession = SessionView & {
  readonly duty: Duty | null
  /** Whether its account is the sample's. */
  readonly sample: boolean
}

/** The browser behind this request, for the engine's log and policies. */
export async function browserHeaders(): Promise<Pick<DeskHeaders, 'address' | 'agent'>> {
  const sent = await headers()
  // The last hop that the console itself saw; Next fills this in from the connection when nobody else did.
  const address = sent.get('x-forwarded-for')?.split(',').at(-1)?.trim()
  return { address: address?.replace(/^::ffff:/, '') || '127.0.0.1', agent: sent.get('user-agent') ?? '' }
}

type Signed = { readonly session: CurrentSession; readonly browser: string }

const findSession = cache(async (): Promise<Signed | undefined> => {
  const found = await thisBrowser()
  if (!found) return undefined
  const { token: browser, session: chosen } = found
  const named = chosen !== undefined && { session: chosen }
  const answer = await desk('/desk/who', {}, { browser, ...named, ...(await browserHeaders()) })
  // The desk's answer is ours: { session }.
  const { session } = answer as { session: CurrentSession | null }
  return session ? { session, browser } : undefined
})

/** Everyone signed in on this browser, whoever is looked at. */
export async function signedInHere(): Promise<readonly SessionView[]> {
  const found = await thisBrowser()
  if (!found) return []
  // The desk's answer is ours: { sessions }.
  const answer = (await desk('/desk/sessions', {}, { browser: found.token })) as { sessions: SessionView[] }
  return answer.sessions
}

/** The session of this request, or undefined. For screens that anyone may see. */
export const currentSession = async (): Promise<CurrentSession | undefined> => (await findSession())?.session

/** The session and its browser token, or a SessionEnded refusal: for route handlers and actions. */
export async function requireSigned(): Promise<Signed> {
  const signed = await findSession()
  if (signed) return signed
  throw new EngineRefusal({
    code: 'SessionEnded',
    message: 'Your session has ended.',
    requestId: null,
    eventId: null,
  })
}

/**
 * The session of this request; without one, the browser goes to sign in and comes back here, and so it does where
 * something is due first. For pages.
 */
export async function requireSession(): Promise<CurrentSession> {
  const signed = await findSession()
  if (signed && signed.session.duty === null) return signed.session
  const here = (await headers()).get(REQUEST_PATH) ?? undefined
  redirect(signed ? paths.finishSignIn(here) : paths.signIn(here))
}
