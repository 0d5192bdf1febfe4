/**
 * next-auth: signing in by password or with an identity provider, and the cookie. What it keeps is the browser token; who that is comes from the
 * engine each time (lib/console/session.ts).
 */
import type { NextAuthOptions } from 'next-auth'
import Credentials from 'next-auth/providers/credentials'
import { desk } from './desk.ts'
import { environment } from './environment.ts'
import { EngineRefusal } from './messages.ts'
import { paths } from './paths.ts'
import { fromOwnPages } from './same-origin.ts'
import type { SessionView } from './session.ts'
import { COOKIE_SECONDS, cookieName, cookieOptions, nextAuthSecret, thisBrowser } from './session-cookie.ts'
import { signInProvider } from './sign-in-provider.ts'
import { enterWithToken, oidcProvider, PROVIDER_ID } from './sign-in-with-provider.ts'

type Field = Record<'account' | 'user' | 'password' | 'code', string>

/** What the sign-in form reads from next-auth's one error string. */
export const THROTTLED = 'Throttled'
export const CODE_NEEDED = 'CodeNeeded'
export const CODE_WRONG = 'CodeWrong'
export const UNREACHABLE = 'EngineUnreachable'

const header = (headers: Record<string, unknown> | undefined, name: string): string | undefined => {
  const value = headers?.[name]
  return typeof value === 'string' ? value : undefined
}

/** A refusal as next-auth can carry it: `Throttled:12` names seconds; everything about credentials is one code. */
function reasonOf(thrown: unknown): string {
  if (!(thrown instanceof EngineRefusal)) return UNREACHABLE
  const { code, retryAfter } = thrown.refusal
  if (code === 'Throttled' || code === 'ThrottlingException') return `${THROTTLED}:${retryAfter ?? 30}`
  if (code === 'CodeNeeded') return CODE_NEEDED
  if (code === 'InvalidAuthenticationCode') return CODE_WRONG
  return code === 'EngineUnreachable' ? UNREACHABLE : 'SignInRefused'
}

async function authorize(fields: Field | undefined, request: { headers?: Record<string, unknown> }) {
  const get = (name: string) => header(request.headers, name) ?? null
  if (!fromOwnPages({ get }, environment().consoleUrl.origin)) throw new Error('OriginRefused')
  const { account = '', user = '', password = '', code = '' } = fields ?? {}
  const address =
    get('x-forwarded-for')
      ?.split(',')
      .at(-1)
      ?.trim()
      .replace(/^::ffff:/, '') || '127.0.0.1'
  const browser = await thisBrowser()
  try {
    const answer = await desk(
      '/desk/sign-in',
      { account, user, password, ...(code !== '' && { code }) },
      // Whoever is signed in on this browser stays so.
      { address, agent: get('user-agent') ?? '', ...(browser && { browser: browser.token }) },
    )
    // The desk's answer is ours: { browserToken, session }.
    const { browserToken, session } = answer as { browserToken: string; session: SessionView }
    return { id: 'person', browserToken, session: session.id }
  } catch (thrown) {
    throw new Error(reasonOf(thrown))
  }
}

type Kept = { readonly browserToken?: unknown; readonly session?: unknown }

async function nameAndExpiry(kept: Kept): Promise<{ name: string; expires: string } | undefined> {
  if (typeof kept.browserToken !== 'string') return undefined
  const named = typeof kept.session === 'string' && { session: kept.session }
  // The desk's answer is ours: { session }.
  const { session } = (await desk('/desk/who', {}, { browser: kept.browserToken, ...named })) as {
    session: SessionView | null
  }
  if (!session) return undefined
  return { name: session.principal.name, expires: new Date(session.expiresAt * 1000).toISOString() }
}

/** next-auth's options. Asynchronous because the secret comes from the engine. */
export async function authOptions(): Promise<NextAuthOptions> {
  environment()
  const provider = await signInProvider()
  return {
    secret: await nextAuthSecret(),
    session: { strategy: 'jwt', maxAge: COOKIE_SECONDS },
    pages: { signIn: paths.signIn(), error: paths.signIn() },
    cookies: { sessionToken: { name: cookieName(), options: cookieOptions() } },
    useSecureCookies: environment().secure,
    logger: { error: () => {}, warn: () => {}, debug: () => {} },
    providers: [
      Credentials({
        credentials: {
          account: { type: 'text' },
          user: { type: 'text' },
          password: { type: 'password' },
          code: { type: 'text' },
        },
        authorize,
      }),
      ...(provider ? [oidcProvider(provider)] : []),
    ],
    callbacks: {
      // A password was checked by now (authorize); a provider's token is for the engine to check.
      signIn: ({ user, account }) =>
        account?.provider === PROVIDER_ID ? enterWithToken(user, account.id_token) : true,
      // Only at sign-in there is a user; at every other time the token stays what it is: two members.
      jwt: ({ token, user }) =>
        user && 'browserToken' in user && 'session' in user
          ? { browserToken: user.browserToken, session: user.session }
          : { browserToken: token.browserToken, session: token.session },
      session: async ({ session, token }) => {
        const known = await nameAndExpiry({ browserToken: token.browserToken, session: token.session })
        return known ? { user: { name: known.name }, expires: known.expires } : { expires: session.expires }
      },
      redirect: ({ url, baseUrl }) => (url.startsWith(`${baseUrl}/`) ? url : baseUrl),
    },
    events: {
      signOut: async ({ token }) => {
        if (typeof token.browserToken === 'string')
          await desk('/desk/sign-out', { all: true }, { browser: token.browserToken })
      },
    },
  }
}
