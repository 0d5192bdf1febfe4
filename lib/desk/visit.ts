/**
 * One request of the console, as its named fields tell it. They are believed because the channel secret came with
 * them, and only then: the console speaks for the browser (architecture §1).
 */
import type { IncomingHttpHeaders } from 'node:http'
import { uuidv4 } from '#lib/crypto/random.ts'
import type { Channel } from '#lib/domain/caller.ts'

export type Visit = {
  readonly browserToken: string | undefined
  readonly session: string | undefined
  readonly region: string | undefined
  readonly channel: Channel
}

const LONGEST = { token: 128, address: 64, agent: 512, region: 64 } as const
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** One value of bounded length; Node joins what was sent twice with a comma, which no field of ours contains. */
function field(headers: IncomingHttpHeaders, name: string, longest: number): string | undefined {
  const value = headers[`x-keyhouse-${name}`]
  return typeof value === 'string' && value !== '' ? value.slice(0, longest) : undefined
}

/** Reads the named fields. `bodyHash` is the SHA-256 of the request's body. */
export function readVisit(headers: IncomingHttpHeaders, bodyHash: Uint8Array): Visit {
  const session = field(headers, 'session', LONGEST.token)
  return {
    browserToken: field(headers, 'browser', LONGEST.token),
    session: session !== undefined && UUID.test(session) ? session : undefined,
    region: field(headers, 'region', LONGEST.region),
    channel: {
      via: 'console',
      address: field(headers, 'address', LONGEST.address) ?? '',
      userAgent: field(headers, 'agent', LONGEST.agent) ?? '',
      tls: undefined,
      host: '',
      requestId: uuidv4(),
      invocationId: undefined,
      reading: field(headers, 'reading', 1) === '1',
      bodyHash,
    },
  }
}
