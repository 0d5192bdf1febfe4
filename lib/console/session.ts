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
import { browserToken } from './session-cookie.ts'

export type SessionView = {
  readonly id: string
  readonly principal: {
    readonly kind: 'root' | 'user'
    readonly name: string
    readonly arn: string
    readonly account: string
  }
  readonly accountAlias: string | null
  readonly regions: readonly string[]
  /** Epoch seconds. */
  readonly expiresAt: number
}

/** The browser behind this request, for the engine's log and policies. */
export async function browserHeaders(): Promise<Pick<DeskHeaders, 'address' | 'agent'>> {
  const sent = await headers()
  // The last hop that the console itself saw; Next fills this in from the connection when nobody else did.
  const address = sent.get('x-forwarded-for')?.split(',').at(-1)?.trim()
  return { address: address?.replace(/^::ffff:/, '') || '127.0.0.1', agent: sent.get('user-agent') ?? '' }
}

type Signed = { readonly session: SessionView; readonly browser: string }

const findSession = cache(async (): Promise<Signed | undefined> => {
  const browser = await browserToken()
  if (!browser) return undefined
  const answer = await desk('/desk/who', {}, { browser, ...(await browserHeaders()) })
  // The desk's answer is ours: { session }.
  const { session } = answer as { session: SessionView | null }
  return session ? { session, browser } : undefined
})

/** The session of this request, or undefined. For screens that anyone may see. */
export const currentSession = async (): Promise<SessionView | undefined> => (await findSession())?.session

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

/** The session of this request; without one, the browser goes to sign in and comes back here. For pages. */
export async function requireSession(): Promise<SessionView> {
  const signed = await findSession()
  if (signed) return signed.session
  redirect(paths.signIn((await headers()).get(REQUEST_PATH) ?? undefined))
}
