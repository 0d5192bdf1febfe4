/**
 * The console's one cookie: an encrypted JWT that holds an opaque browser token and which of the people signed in on it
 * is looked at, and nothing else. Who that is, and until when, is asked of the engine on every request, so that a
 * revocation counts at once.
 */

import { cookies } from 'next/headers'
import { decode, encode } from 'next-auth/jwt'
import { desk } from './desk.ts'
import { environment } from './environment.ts'

/** The engine ends a session after 12 hours at the latest (R86); the cookie need not outlive it. */
export const COOKIE_SECONDS = 12 * 60 * 60

/** `__Host-` binds the cookie to this host, path and to https; browsers refuse it on plain http. */
export function cookieName(): string {
  return environment().secure ? '__Host-keyhouse-session' : 'keyhouse-session'
}

export const cookieOptions = () =>
  ({ httpOnly: true, sameSite: 'lax', path: '/', secure: environment().secure }) as const

let secret: Promise<string> | undefined

/** The secret of the JWT, from the engine, once. */
export function nextAuthSecret(): Promise<string> {
  secret ??= desk('/desk/next-auth-secret', {}, {}).then(
    // The desk's answer is ours: { secret }.
    (answer) => (answer as { secret: string }).secret,
    (error) => {
      // The next request may find the engine up again.
      secret = undefined
      throw error
    },
  )
  return secret
}

/** What the cookie holds. `session` is the id of the session that was chosen last. */
export type Browser = { readonly token: string; readonly session: string | undefined }

/** The browser of this request, or undefined when its cookie is absent, expired or not ours. */
export async function thisBrowser(): Promise<Browser | undefined> {
  const cookie = (await cookies()).get(cookieName())?.value
  if (!cookie) return undefined
  const jwt = await decode({ token: cookie, secret: await nextAuthSecret() }).catch(() => null)
  if (typeof jwt?.browserToken !== 'string') return undefined
  return { token: jwt.browserToken, session: typeof jwt.session === 'string' ? jwt.session : undefined }
}

/** Hangs a browser token on the answer, and whose session is looked at. Only server actions and route handlers can. */
export async function keepBrowser({ token, session }: Browser): Promise<void> {
  const value = await encode({
    token: { browserToken: token, session },
    secret: await nextAuthSecret(),
    maxAge: COOKIE_SECONDS,
  })
  const jar = await cookies()
  jar.set(cookieName(), value, { ...cookieOptions(), maxAge: COOKIE_SECONDS })
}

export async function dropBrowserToken(): Promise<void> {
  const jar = await cookies()
  jar.set(cookieName(), '', { ...cookieOptions(), maxAge: 0 })
}
