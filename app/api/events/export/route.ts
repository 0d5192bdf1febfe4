import { z } from 'zod'
import { type DeskStream, deskStream } from '#lib/console/desk-stream.ts'
import { EngineRefusal } from '#lib/console/messages.ts'
import { answer } from '#lib/console/route-answer.ts'
import { requireOwnPage } from '#lib/console/same-origin.ts'
import { browserHeaders, requireSigned } from '#lib/console/session.ts'
import { EVENT_FORMATS, type EventFormat } from '#lib/domain/events-export.ts'

const moment = z.coerce.number().int().optional()
const Asked = z.object({
  format: z.enum(EVENT_FORMATS),
  q: z.string().max(2000).optional(),
  from: moment,
  to: moment,
  ids: z.string().max(8000).optional(),
  size: z.coerce.number().int().nonnegative().optional(),
  part: z.enum(['check', 'manifest']).optional(),
})
type Question = z.infer<typeof Asked>

function questionOf(request: Request): Question {
  const asked = Asked.safeParse(Object.fromEntries(new URL(request.url).searchParams))
  if (asked.success) return asked.data
  const message = 'There is no such format, part or range to export.'
  throw new EngineRefusal({ code: 'ValidationException', message, requestId: null, eventId: null })
}

const inputOf = ({ format, q, from, to, ids, size, part }: Question) => ({
  Format: format,
  ...(q !== undefined && { Filter: q }),
  ...(from !== undefined && { From: from / 1000 }),
  ...(to !== undefined && { To: to / 1000 }),
  ...(ids !== undefined && { EventIds: ids.split(',') }),
  ...(size !== undefined && { Size: size }),
  ...(part !== undefined && { Part: part }),
})

/** Nothing of the question: a name is safe that nobody chose. */
const NAMES: Record<EventFormat, string> = {
  csv: 'keyhouse-events.csv',
  json: 'keyhouse-events.json',
  ndjson: 'keyhouse-events.ndjson',
}

function headersOf({ format, part }: Question, type: string): Record<string, string> {
  const name = part === 'manifest' ? 'keyhouse-events.manifest.json' : NAMES[format]
  const saved = part !== 'check' && { 'content-disposition': `attachment; filename="${name}"` }
  return { 'content-type': type, 'cache-control': 'no-store, no-transform', ...saved }
}

/**
 * Events as a file, or the manifest of one, or whether there could be one (AUD-9): streamed from the engine as the person
 * who is signed in. What is refused is refused in words, before anything is saved.
 */
export async function GET(request: Request): Promise<Response> {
  let stream: (DeskStream & { readonly question: Question }) | undefined
  const refused = await answer(async () => {
    await requireOwnPage()
    const question = questionOf(request)
    const { session, browser } = await requireSigned()
    const about = { browser, session: session.id, ...(await browserHeaders()) }
    const asked = { about, signal: request.signal }
    stream = { question, ...(await deskStream('/export-events', inputOf(question), asked)) }
  })
  if (!stream) return refused
  return new Response(stream.body, { headers: headersOf(stream.question, stream.type) })
}
