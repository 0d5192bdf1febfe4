/**
 * next-auth's end of signing in with an identity provider: it sends the browser there and back and redeems the code
 * (OpenID Connect Core, with PKCE, state and nonce). The token that comes of it goes to the engine, which believes
 * nothing of this, and is kept nowhere.
 */
import type { User } from 'next-auth'
import type { OAuthConfig } from 'next-auth/providers/oauth'
import { desk } from './desk.ts'
import { environment } from './environment.ts'
import { EngineRefusal, refusalIn } from './messages.ts'
import { paths } from './paths.ts'
import { browserHeaders, type SessionView } from './session.ts'
import { thisBrowser } from './session-cookie.ts'
import type { SignInProvider } from './sign-in-provider.ts'

export const PROVIDER_ID = 'oidc'

/** A provider that remembers people for longer than a session may live asks them again. It also says when it did. */
const MAX_AGE_SECONDS = 12 * 60 * 60
const PROVIDER_TIMEOUT_MS = 10_000

export const oidcProvider = ({
  issuer,
  clientId,
  clientSecret,
  name,
}: SignInProvider): OAuthConfig<{ sub: string }> => ({
  id: PROVIDER_ID,
  name,
  type: 'oauth',
  wellKnown: `${issuer}/.well-known/openid-configuration`,
  issuer,
  clientId,
  clientSecret,
  idToken: true,
  checks: ['pkce', 'state', 'nonce'],
  authorization: { params: { scope: 'openid email', max_age: MAX_AGE_SECONDS } },
  httpOptions: { timeout: PROVIDER_TIMEOUT_MS },
  profile: ({ sub }) => ({ id: sub }),
})

/** The sign-in page with a refusal's code: its words are the page's, so that no address can put others there. */
function refusedAt(thrown: unknown): string {
  const { code, retryAfter } = refusalIn(thrown instanceof EngineRefusal ? thrown : undefined)
  const throttled = code === 'ThrottlingException' || code === 'Throttled'
  const error = throttled ? `Throttled:${retryAfter ?? 30}` : code
  return `${environment().consoleUrl.origin}${paths.signIn()}?${new URLSearchParams({ error })}`
}

/**
 * next-auth's signIn callback for a provider's token: true when the engine opened a session, which `user` then carries
 * to the cookie as it does after a password; else where to send the browser.
 */
export async function enterWithToken(user: User, token: string | undefined): Promise<true | string> {
  try {
    const browser = await thisBrowser()
    const about = { ...(await browserHeaders()), ...(browser && { browser: browser.token }) }
    const answer = await desk('/desk/sign-in-with-token', { token: token ?? '' }, about)
    // The desk's answer is ours: { browserToken, session }.
    const { browserToken, session } = answer as { browserToken: string; session: SessionView }
    Object.assign(user, { browserToken, session: session.id })
    return true
  } catch (thrown) {
    return refusedAt(thrown)
  }
}
