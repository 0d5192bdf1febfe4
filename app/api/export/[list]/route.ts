import { z } from 'zod'
import { readOrder, searchInput } from '#app/[account]/[region]/keys/key-search.ts'
import { ask } from '#lib/console/engine.ts'
import {
  aliasRow,
  EXPORT_FORMATS,
  type ExportFormat,
  type ExportRow,
  fileOf,
  grantRow,
  keyRow,
} from '#lib/console/exported.ts'
import { EngineRefusal } from '#lib/console/messages.ts'
import type { ExportedList } from '#lib/console/paths.ts'
import { answer } from '#lib/console/route-answer.ts'
import { requireSigned } from '#lib/console/session.ts'

const Asked = z.object({
  region: z.string().max(30),
  format: z.enum(EXPORT_FORMATS),
  q: z.string().max(2048).default(''),
  sort: z.string().max(40).optional(),
})
type Question = z.infer<typeof Asked>
type Page = { readonly rows: ExportRow[]; readonly next: string | undefined }

// As many as the lists give at once. Each page is a read of its own by the person who is signed in.
const PAGE = { Limit: 200 }
const after = (Cursor: string | undefined) => ({ ...PAGE, ...(Cursor && { Cursor }) })

const LISTS: Record<ExportedList, (question: Question, cursor: string | undefined) => Promise<Page>> = {
  async keys({ q, sort, region }, cursor) {
    const input = { ...searchInput(q, readOrder(sort)), ...after(cursor) }
    const { Keys, NextCursor } = await ask('SearchKeys', input, { region, reading: false })
    return { rows: Keys.map(keyRow), next: NextCursor }
  },
  async aliases({ q, region }, cursor) {
    const input = { ...(q && { Words: q }), ...after(cursor) }
    const { Aliases, NextCursor } = await ask('SearchAliases', input, { region, reading: false })
    return { rows: Aliases.map(aliasRow), next: NextCursor }
  },
  async grants({ q, region }, cursor) {
    const input = { ...(q && { Filter: q }), ...after(cursor) }
    const { Grants, NextCursor } = await ask('SearchGrants', input, { region, reading: false })
    return { rows: Grants.map(grantRow), next: NextCursor }
  },
}

const isList = (name: string): name is ExportedList => Object.hasOwn(LISTS, name)

async function* pagesOf(list: ExportedList, question: Question): AsyncGenerator<readonly ExportRow[]> {
  let cursor: string | undefined
  do {
    const { rows, next } = await LISTS[list](question, cursor)
    yield rows
    cursor = next
  } while (cursor)
}

type Pieces = AsyncGenerator<string>

/** The first piece and then the others, no faster than they are taken. A refusal on the way breaks the download off. */
function streamed(
  first: IteratorResult<string>,
  rest: Pieces,
  signal: AbortSignal,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let taken = () => {}
  async function pump(controller: ReadableStreamDefaultController<Uint8Array>) {
    try {
      for (let piece = first; !piece.done && !signal.aborted; piece = await rest.next()) {
        controller.enqueue(encoder.encode(piece.value))
        if ((controller.desiredSize ?? 1) <= 0) await new Promise<void>((resume) => (taken = resume))
      }
      controller.close()
    } catch (thrown) {
      controller.error(thrown)
    }
  }
  return new ReadableStream({
    // Not awaited: a stream asks for more only when its start has ended.
    start: (controller) => void pump(controller),
    pull: () => taken(),
    cancel: () => taken(),
  })
}

const TYPE: Record<ExportFormat, string> = { csv: 'text/csv; charset=utf-8', json: 'application/json' }

/** A list as a file: all rows of a filter, not only those that a screen has loaded (console.md DT-12). */
export async function GET(
  request: Request,
  context: { params: Promise<{ list: string }> },
): Promise<Response> {
  let file: { name: string; question: Question; first: IteratorResult<string>; rest: Pieces } | undefined
  const refused = await answer(async () => {
    await requireSigned()
    const { list } = await context.params
    const asked = Asked.safeParse(Object.fromEntries(new URL(request.url).searchParams))
    if (!asked.success || !isList(list)) {
      const message = 'There is no such list or format to export.'
      throw new EngineRefusal({ code: 'ValidationException', message, requestId: null, eventId: null })
    }
    const question = asked.data
    const rest = fileOf(question.format, pagesOf(list, question))
    // What cannot be read at all is refused before anything is sent.
    file = { name: `${list}-${question.region}.${question.format}`, question, first: await rest.next(), rest }
  })
  if (!file) return refused
  const { name, question, first, rest } = file
  return new Response(streamed(first, rest, request.signal), {
    headers: {
      'content-type': TYPE[question.format],
      'content-disposition': `attachment; filename="${name.replace(/[^\w.-]/g, '')}"`,
      'cache-control': 'no-store',
    },
  })
}
