/**
 * POST /tail: events of a filter as they happen, as server-sent events (lib/domain/tail.ts) to one browser, for at most
 * half an hour. Session and permission are asked again before every batch, and every few seconds in a quiet log.
 */
import type { ServerResponse } from 'node:http'
import type { z } from 'zod'
import type { EventSummary } from '#lib/audit/search/summary.ts'
import type { TailListener, TailNews } from '#lib/audit/search/tail.ts'
import { sha256Hex } from '#lib/crypto/digest.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import { MOST_TAIL_SECONDS, TAIL_ENDS, type TailBatch } from '#lib/domain/tail.ts'
import { answer } from './answer.ts'
import { parsed } from './body.ts'
import type { DeskParts } from './parts.ts'
import { type Reader, whyNot } from './reading.ts'
import { requireSession } from './sessions.ts'
import { recordEnd, StartTail, TailInput } from './tail-events.ts'
import { sessionCaller } from './verbs.ts'
import type { Visit } from './visit.ts'
import { writePiece } from './write-piece.ts'

const MOST_TAILS = 50
const LOOK_AGAIN_MS = 5000
const ALIVE_MS = 15_000

type End = keyof typeof TAIL_ENDS | 'closed'
type Running = { readonly end: (why: End) => void; readonly over: Promise<void> }

const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  // A proxy that packs or gathers what passes through it would hold the events up.
  'cache-control': 'no-store, no-transform',
  'x-accel-buffering': 'no',
}

/** One server-sent event. JSON has no line ends. */
const eventText = (name: string, id: number, data: unknown) =>
  `event: ${name}\nid: ${Math.max(0, id)}\ndata: ${answer(data).body}\n\n`

/** A list needs only what it shows. */
const listed = ({ record: _record, ...event }: EventSummary) => event
const told = (batch: TailBatch<EventSummary>) => ({ ...batch, Events: batch.Events.map(listed) })

type Stream = {
  readonly parts: DeskParts
  readonly reader: Reader
  readonly listener: TailListener
  readonly response: ServerResponse
  /** Resolves when somebody else ends it. */
  readonly ended: Promise<End>
  readonly tally: { matched: number; sent: number }
}

type News = TailNews | { readonly end: End } | 'nothing'

/** What comes first: news, somebody else's end of it, or a while without either. */
async function newsWithin(news: Promise<TailNews>, ended: Promise<End>): Promise<News> {
  let timer: NodeJS.Timeout | undefined
  const quiet = new Promise<News>((resolve) => {
    timer = setTimeout(() => resolve('nothing'), LOOK_AGAIN_MS)
  })
  try {
    return await Promise.race([ended.then((end) => ({ end })), news, quiet])
  } finally {
    clearTimeout(timer)
  }
}

/** Sends what there is until something ends it; gives what did. */
async function pump(stream: Stream): Promise<End> {
  const { parts, reader, listener, response, ended, tally } = stream
  const now = () => parts.services.clock.real().getTime()
  const until = now() + MOST_TAIL_SECONDS * 1000
  let spokenAt = now()
  let next = listener.next()
  for (;;) {
    const news = await newsWithin(next, ended)
    if (news !== 'nothing' && 'end' in news) return news.end
    if (now() >= until) return 'time'
    const refused = await whyNot(parts, reader)
    if (refused) return refused
    if (news === 'nothing' && now() - spokenAt < ALIVE_MS) continue
    const text =
      news === 'nothing'
        ? eventText('alive', listener.last(), {})
        : eventText('batch', news.batch.Last, told(news.batch))
    if (!(await writePiece(response, text))) return response.destroyed ? 'closed' : 'slow'
    spokenAt = now()
    if (news === 'nothing') continue
    tally.matched += news.batch.Count
    tally.sent += news.batch.Events.length
    next = listener.next()
  }
}

async function pumpSafely(stream: Stream): Promise<End> {
  try {
    return await pump(stream)
  } catch (thrown) {
    const { code, detail } = thrown instanceof KmsError ? thrown : { code: undefined, detail: String(thrown) }
    stream.parts.log.error({ code, detail }, 'a live tail broke off')
    return 'broken'
  }
}

function finish(response: ServerResponse, last: number, why: End): void {
  if (why !== 'closed' && !response.destroyed)
    response.write(eventText('end', last, { Reason: why, Sentence: TAIL_ENDS[why] }))
  response.end()
  // Who reads nothing would keep the connection, and what waits in it.
  if (why === 'slow') setTimeout(() => response.destroy(), LOOK_AGAIN_MS).unref()
}

type Given = Omit<Stream, 'listener' | 'tally'> & { readonly input: z.infer<typeof TailInput> }

/** Sends a tail from its beginning to its end; gives why it ended. */
async function follow({ input, ...given }: Given, tally: Stream['tally']): Promise<End> {
  const { parts, reader, response } = given
  const question = { account: reader.caller.principal.account, filter: input.Filter ?? '' }
  const listener = await parts.services.tail.listen(question, input.After)
  try {
    response.writeHead(200, HEADERS)
    response.write(eventText('start', listener.last(), { After: listener.last() }))
    const why = await pumpSafely({ ...given, listener, tally })
    finish(response, listener.last(), why)
    return why
  } finally {
    listener.close()
  }
}

/** A tail with what the log says of it: that it began, before anything is sent, and how it ended. */
async function recorded(given: Given): Promise<void> {
  const { parts, reader, input } = given
  const now = () => parts.services.clock.real().getTime()
  await parts.invoke(reader.caller, StartTail, input)
  const startedAt = now()
  const tally = { matched: 0, sent: 0 }
  let why: End = 'broken'
  try {
    why = await follow(given, tally)
  } finally {
    const seconds = Math.round((now() - startedAt) / 1000)
    await recordEnd(parts, reader, { filter: input.Filter, seconds, ...tally, why }).catch(
      (thrown: unknown) =>
        parts.log.error({ cause: String(thrown) }, 'the end of a live tail could not be recorded'),
    )
  }
}

export type Tails = {
  /** @throws KmsError before anything is sent; what goes wrong afterwards ends the stream. */
  readonly serve: (visit: Visit, body: unknown, response: ServerResponse) => Promise<undefined>
  /** Ends all, and waits until that is recorded. */
  readonly stop: () => Promise<void>
}

/** The live tails of this engine: at most fifty, and one for each browser. */
export function openTails(parts: DeskParts): Tails {
  const running = new Map<string, Running>()

  /** A place for the browser's stream. Its last one ends first. */
  async function take(browser: string) {
    for (let last = running.get(browser); last; last = running.get(browser)) {
      last.end('elsewhere')
      await last.over
    }
    if (running.size >= MOST_TAILS)
      throw new KmsError(
        'LimitExceededException',
        `There are ${MOST_TAILS} live tails already. Try again later.`,
      )
    const ended = Promise.withResolvers<End>()
    const over = Promise.withResolvers<void>()
    running.set(browser, { end: ended.resolve, over: over.promise })
    const leave = () => {
      running.delete(browser)
      over.resolve()
    }
    return { ended: ended.promise, end: ended.resolve, leave }
  }

  return {
    async serve(visit, body, response) {
      const input = parsed(TailInput, body)
      const signedIn = await requireSession(parts.services, visit)
      const reader = { visit, caller: sessionCaller(signedIn, visit) }
      const { ended, end, leave } = await take(sha256Hex(visit.browserToken ?? ''))
      response.once('close', () => end('closed'))
      try {
        await recorded({ parts, reader, input, response, ended })
      } finally {
        leave()
      }
    },
    async stop() {
      const streams = [...running.values()]
      for (const { end } of streams) end('stopping')
      await Promise.all(streams.map(({ over }) => over))
    },
  }
}
