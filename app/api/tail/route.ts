import { deskStream } from '#lib/console/desk-stream.ts'
import { EngineRefusal, refusalIn } from '#lib/console/messages.ts'
import { requireOwnPage } from '#lib/console/same-origin.ts'
import { browserHeaders, requireSigned } from '#lib/console/session.ts'
import { stopping } from '#lib/console/stopping.ts'
import type { TailEnded } from '#lib/domain/tail.ts'

export const dynamic = 'force-dynamic'

/** Packed or gathered by what it passes through, events would come late. */
const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store, no-transform',
  'x-accel-buffering': 'no',
}

/** A place in the log, as an id of a server-sent event. What is none means from now on. */
const placeOf = (text: string | null) => (text && /^\d{1,15}$/.test(text) ? { After: Number(text) } : {})

/** An EventSource hears nothing of an answer that is none of its kind: a refusal is a stream that ends at once. */
function ended(thrown: unknown): Response {
  if (!(thrown instanceof EngineRefusal)) console.error(thrown)
  const { code, message } = refusalIn(thrown)
  const away = code === 'EngineUnreachable' || code === 'DependencyTimeoutException'
  const end: TailEnded = {
    Reason: code === 'SessionEnded' ? 'session' : away ? 'broken' : 'refused',
    Sentence: `Live could not start. ${message}`.trim(),
  }
  return new Response(`event: end\ndata: ${JSON.stringify(end)}\n\n`, { headers: HEADERS })
}

/** Events of a filter as they happen, as the person who is signed in. Goes on after the last that a browser had. */
export async function GET(request: Request): Promise<Response> {
  try {
    await requireOwnPage()
    const { session, browser } = await requireSigned()
    const { searchParams } = new URL(request.url)
    const input = {
      Filter: searchParams.get('q') ?? '',
      ...placeOf(request.headers.get('last-event-id') ?? searchParams.get('after')),
    }
    const about = { browser, session: session.id, ...(await browserHeaders()) }
    const signal = AbortSignal.any([request.signal, stopping()])
    const { body } = await deskStream('/tail', input, { about, signal })
    return new Response(body, { headers: HEADERS })
  } catch (thrown) {
    return ended(thrown)
  }
}
