/**
 * The engine's end of the console's socket: HTTP/1.1 on a Unix socket, or a loopback port where there are none.
 *
 *   POST /desk/{verb}                        JSON → JSON
 *   POST /operations/{Service}/{Operation}   JSON → { output, eventId, requestId }
 *   POST /tail                               JSON → server-sent events, as long as they are read
 *   POST /export-events                      JSON → a file
 *
 * Nothing is looked at before the channel secret has been. It knows the console and no browser.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { sha256 } from '#lib/crypto/digest.ts'
import { equalBytes } from '#lib/crypto/equal.ts'
import { asRefusal, FAULT, KmsError } from '#lib/domain/refusal.ts'
import type { Service } from '#lib/engine/operation.ts'
import { databaseFailure } from '#lib/store/failures.ts'
import { answer, type DeskAnswer, refusalAnswer } from './answer.ts'
import { jsonOf, readBody } from './body.ts'
import { deskEdition } from './editions.ts'
import { exportEvents } from './export-events.ts'
import { NEEDS_FRESH_SIGN_IN, requireFreshSignIn } from './fresh-sign-in.ts'
import { type DeskAddress, listenAt } from './listen.ts'
import type { DeskParts } from './parts.ts'
import { forgetOldSessions, requireSession } from './sessions.ts'
import { openTails } from './tail.ts'
import { forgetOldAttempts } from './throttle.ts'
import { sessionCaller, VERBS } from './verbs.ts'
import { readVisit, type Visit } from './visit.ts'

/** A form is small; an operation may carry a policy. */
const MOST_BYTES = { desk: 65_536, operations: 524_288, stream: 65_536 } as const
const HOUR_MS = 3_600_000
/** How long a request that is being answered may hold up the end. */
const LAST_ANSWERS_MS = 5_000

const SERVICES: ReadonlySet<string> = new Set<Service>(['KMS', 'STS', 'IAM', 'CloudTrail', 'Keyhouse'])
const isService = (name: string): name is Service => SERVICES.has(name)

type Streams = Record<
  'tail' | 'export-events',
  (visit: Visit, body: unknown, response: ServerResponse) => Promise<undefined>
>

type Target =
  | { readonly kind: 'desk'; readonly verb: string }
  | { readonly kind: 'operations'; readonly service: string; readonly operation: string }
  | { readonly kind: 'stream'; readonly stream: 'tail' | 'export-events' }

function targetOf(method: string | undefined, path: string | undefined): Target | undefined {
  const [, kind, first, second, ...more] = (path ?? '').split('/')
  if (method !== 'POST') return undefined
  if (first === undefined && (kind === 'tail' || kind === 'export-events'))
    return { kind: 'stream', stream: kind }
  if (!first || more.length > 0) return undefined
  if (kind === 'desk' && second === undefined) return { kind, verb: first }
  if (kind === 'operations' && second) return { kind, service: first, operation: second }
  return undefined
}

async function runOperation(
  parts: DeskParts,
  target: Target & { kind: 'operations' },
  visit: Visit,
  body: Buffer,
) {
  const { service, operation: name } = target
  const operation = isService(service)
    ? (deskEdition(service, name) ?? parts.operation(service, name))
    : undefined
  // Who is not signed in learns nothing of what there is.
  const signedIn = await requireSession(parts.services, visit)
  const caller = sessionCaller(signedIn, visit)
  if (operation && NEEDS_FRESH_SIGN_IN.has(operation.name)) requireFreshSignIn(parts.services, signedIn)
  if (!operation) throw new KmsError('UnknownOperationException')
  const { output, eventId } = await parts.invoke(caller, operation, jsonOf(body))
  return { output: output ?? {}, eventId, requestId: visit.channel.requestId }
}

async function runVerb(parts: DeskParts, name: string, visit: Visit, body: Buffer) {
  const verb = VERBS.get(name)
  if (!verb) throw new KmsError('UnknownOperationException')
  return verb(parts, visit, jsonOf(body))
}

/** A database that is away is not a fault of ours: the person may try again. */
function refusalOf(thrown: unknown): KmsError {
  if (thrown instanceof KmsError || databaseFailure(thrown) === undefined) return asRefusal(thrown)
  const { detail } = asRefusal(thrown)
  return new KmsError('DependencyTimeoutException', 'The database did not answer in time. Try again.', {
    ...(detail !== undefined && { detail }),
    cause: thrown,
  })
}

/** Nothing, where the answer has been sent in pieces. */
async function answerTo(
  parts: DeskParts,
  streams: Streams,
  { request, response }: { request: IncomingMessage; response: ServerResponse },
): Promise<DeskAnswer | undefined> {
  const target = targetOf(request.method, request.url)
  let visit = readVisit(request.headers, new Uint8Array())
  try {
    if (!target) throw new KmsError('UnknownOperationException')
    const body = await readBody(request, MOST_BYTES[target.kind])
    visit = { ...visit, channel: { ...visit.channel, bodyHash: sha256(body) } }
    if (target.kind === 'stream') return await streams[target.stream](visit, jsonOf(body), response)
    if (target.kind === 'desk') return answer(await runVerb(parts, target.verb, visit, body))
    return answer(await runOperation(parts, target, visit, body))
  } catch (thrown) {
    const refusal = refusalOf(thrown)
    const { requestId } = visit.channel
    // Of an answer that has begun there is nothing left to say, and it must not look whole.
    if (response.headersSent) response.destroy()
    if (FAULT[refusal.code] !== 'caller') {
      parts.log.error(
        { target, requestId, code: refusal.code, detail: refusal.detail },
        'a request of the console failed',
      )
    }
    return response.headersSent ? undefined : refusalAnswer(refusal, requestId)
  }
}

function send(response: ServerResponse, { status, body }: DeskAnswer): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' })
  response.end(body)
}

export type DeskOptions = {
  readonly address: DeskAddress
  /** What the console was handed at its start, as it sends it in x-keyhouse-channel. */
  readonly channelSecret: string
}

export type Desk = { readonly address: DeskAddress; readonly close: () => Promise<void> }

/** Serves the console until closed. @throws when the address is taken. */
export async function serveDesk(parts: DeskParts, options: DeskOptions): Promise<Desk> {
  // Hashes have one length, so that comparing them tells nothing of the secret's.
  const expected = sha256(options.channelSecret)
  const tails = openTails(parts)
  const streams: Streams = {
    tail: tails.serve,
    'export-events': (visit, body, response) => exportEvents(parts, visit, { body, response }),
  }
  const server = createServer(
    { maxHeaderSize: 16_384, headersTimeout: 10_000, requestTimeout: 20_000 },
    (request, response) => {
      const given = request.headers['x-keyhouse-channel']
      if (typeof given !== 'string' || !equalBytes(sha256(given), expected)) {
        // No word of why, and no body read.
        response.writeHead(403, { connection: 'close' }).end()
        return
      }
      void answerTo(parts, streams, { request, response }).then((answered) => {
        if (answered) send(response, answered)
      })
    },
  )
  server.keepAliveTimeout = 65_000
  const address = await listenAt(server, options.address)
  const forget = () => Promise.all([forgetOldSessions(parts.services), forgetOldAttempts(parts.services)])
  const hourly = setInterval(() => void forget().catch(() => undefined), HOUR_MS).unref()
  return {
    address,
    close: async () => {
      clearInterval(hourly)
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      await tails.stop()
      server.closeIdleConnections()
      const late = setTimeout(() => server.closeAllConnections(), LAST_ANSWERS_MS)
      await closed
      clearTimeout(late)
    },
  }
}
