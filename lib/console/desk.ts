/**
 * HTTP to the engine's desk over its socket: one keep-alive connection pool, JSON both ways. It knows headers and
 * refusals, not sessions (lib/console/session.ts) nor operations (lib/console/engine.ts).
 */
import { Agent, request } from 'node:http'
import { channelSecret } from './channel.ts'
import { environment } from './environment.ts'
import { EngineRefusal, type RefusalView } from './messages.ts'

/** What travels beside a request. All of it is believed by the engine because of the channel secret alone. */
export type DeskHeaders = {
  readonly browser?: string
  readonly session?: string
  readonly address?: string
  readonly agent?: string
  readonly region?: string
  readonly reading?: boolean
}

declare global {
  var keyhouseDeskAgent: Agent | undefined
}

// One pool for all bundles of the process, as for the channel secret.
const agent = () => (globalThis.keyhouseDeskAgent ??= new Agent({ keepAlive: true, maxSockets: 64 }))

const ANSWER_LIMIT = 8 * 1024 * 1024
const TIMEOUT = 30_000

export const UNREACHABLE: RefusalView = {
  code: 'EngineUnreachable',
  message: 'The engine does not answer. It may be restarting.',
  requestId: null,
  eventId: null,
}

export function target(): { socketPath: string } | { host: string; port: number } {
  const { deskSocket } = environment()
  const tcp = /^(127\.0\.0\.1|localhost):(\d+)$/.exec(deskSocket)
  return tcp ? { host: '127.0.0.1', port: Number(tcp[2]) } : { socketPath: deskSocket }
}

export function headersOf(about: DeskHeaders, length: number): Record<string, string> {
  const named = {
    'x-keyhouse-channel': channelSecret(),
    'x-keyhouse-browser': about.browser,
    'x-keyhouse-session': about.session,
    'x-keyhouse-address': about.address,
    // A header may not hold every character that a browser can send in its name.
    'x-keyhouse-agent': about.agent?.replace(/[^\x20-\x7e]/g, '?').slice(0, 512),
    'x-keyhouse-region': about.region,
    'x-keyhouse-reading': about.reading ? '1' : undefined,
    'content-type': 'application/json',
    'content-length': String(length),
  }
  const set: Record<string, string> = {}
  for (const [name, value] of Object.entries(named)) if (value !== undefined) set[name] = value
  return set
}

type Answer = { readonly status: number; readonly body: unknown }

function post(path: string, body: unknown, about: DeskHeaders): Promise<Answer> {
  const payload = Buffer.from(JSON.stringify(body ?? {}))
  const { promise, resolve, reject } = Promise.withResolvers<Answer>()
  const headers = headersOf(about, payload.length)
  const sent = request(
    { ...target(), path, method: 'POST', headers, agent: agent(), timeout: TIMEOUT },
    (answer) => {
      const parts: Buffer[] = []
      let size = 0
      answer.on('data', (part: Buffer) => {
        size += part.length
        if (size > ANSWER_LIMIT) answer.destroy(new Error('answer too large'))
        else parts.push(part)
      })
      answer.on('error', reject)
      answer.on('end', () => {
        const text = Buffer.concat(parts).toString('utf8')
        try {
          resolve({ status: answer.statusCode ?? 0, body: text === '' ? {} : JSON.parse(text) })
        } catch (error) {
          reject(error)
        }
      })
    },
  )
  sent.on('timeout', () => sent.destroy(new Error('timeout')))
  sent.on('error', reject)
  sent.end(payload)
  return promise
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

export function refusalOf(body: unknown): RefusalView {
  const error = isObject(body) ? body.error : undefined
  if (!isObject(error) || typeof error.code !== 'string') return UNREACHABLE
  // The desk's answer is ours, from the same release: { code, message, requestId, eventId, decision?, retryAt? }.
  const refusal = { ...UNREACHABLE, message: '', ...error } as RefusalView
  if (error.codeNeeded === true) return { ...refusal, code: 'CodeNeeded' }
  if (error.confirm === true) return { ...refusal, code: 'PasswordNeeded' }
  if (error.signInAgain === true) return { ...refusal, code: 'SignInAgain' }
  // At the desk only a person's session expires.
  if (refusal.code === 'ExpiredTokenException') return { ...refusal, code: 'SessionEnded' }
  if (typeof error.retryAt !== 'number') return refusal
  return { ...refusal, retryAfter: Math.max(1, Math.ceil(error.retryAt - Date.now() / 1000)) }
}

/** Posts to the desk and gives its answer. Throws EngineRefusal for everything that is not an answer. */
export async function desk(path: string, body: unknown, about: DeskHeaders): Promise<unknown> {
  let answer: Answer
  try {
    answer = await post(path, body, about)
  } catch {
    throw new EngineRefusal(UNREACHABLE)
  }
  if (answer.status !== 200) throw new EngineRefusal(refusalOf(answer.body))
  return answer.body
}
