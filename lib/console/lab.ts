/**
 * The labs' people on this browser: who is there, and how one acts as one of them. Whether somebody may is the engine's
 * to say (lib/desk/lab.ts). Server only.
 */
import { desk } from './desk.ts'
import { EngineRefusal } from './messages.ts'
import { browserHeaders, requireSigned, type SessionView, signedInHere } from './session.ts'
import { keepBrowser } from './session-cookie.ts'

export type Lab = {
  readonly account: string
  readonly regions: readonly string[]
  readonly people: readonly { readonly name: string; readonly role: string }[]
  /** Whether somebody on this browser may let one act as the others. */
  readonly administrator: boolean
}

export async function findLab(): Promise<Lab | null> {
  const { browser } = await requireSigned()
  // The desk's answer is ours: { lab }.
  return ((await desk('/desk/lab', {}, { browser })) as { lab: Lab | null }).lab
}

/** Whatever takes something away is done within five minutes of signing in; one is left to do it in. */
const FRESH_SECONDS = 4 * 60

const isFresh = ({ authenticatedAt }: SessionView) => Date.now() / 1000 - authenticatedAt < FRESH_SECONDS

/** The session of one of the lab's people on this browser. */
export async function sessionOf({ account }: Lab, name: string): Promise<SessionView | undefined> {
  const sessions = await signedInHere()
  return sessions.find(({ principal }) => principal.account === account && principal.name === name)
}

type Acting = {
  /** Whether what needs a fresh sign-in is to come. */
  readonly fresh?: boolean
  /** Goes on looking at the present session. */
  readonly stay?: boolean
}

/** Acts as one of the lab's people on this browser, signed in anew where that is needed. Throws EngineRefusal. */
export async function actAs(lab: Lab, name: string, { fresh = true, stay = false }: Acting): Promise<string> {
  const { browser, session } = await requireSigned()
  const there = await sessionOf(lab, name)
  if (there && (!lab.administrator || !fresh || isFresh(there))) {
    if (!stay) await keepBrowser({ token: browser, session: there.id })
    return there.id
  }
  // The desk's answer is ours: { browserToken, session }.
  const opened = (await desk('/desk/lab-identity', { name }, { browser, ...(await browserHeaders()) })) as {
    browserToken: string
    session: SessionView
  }
  // A sign-in ends an earlier one of the same person, which may be the one that is looked at.
  const looked = stay && session.id !== there?.id ? session.id : opened.session.id
  await keepBrowser({ token: opened.browserToken, session: looked })
  return opened.session.id
}

/** The lab, or a refusal where there is no sample account. */
export async function requireLab(): Promise<Lab> {
  const lab = await findLab()
  if (lab) return lab
  const message = 'Labs run in the sample account, and this installation has none.'
  throw new EngineRefusal({ code: 'NotFoundException', message, requestId: null, eventId: null })
}
