/**
 * POST /export-events: events of a filter, or chosen ones, as a file (console.md AUD-9). It is recorded before it begins;
 * session and permission are asked again before every page. A file that cannot be finished breaks off: it never looks whole.
 */
import type { ServerResponse } from 'node:http'
import { exportFile } from '#lib/audit/export/export-file.ts'
import type { ExportRow } from '#lib/audit/export/export-rows.ts'
import { type EventFormat, type ExportManifest, MOST_EXPORTED } from '#lib/domain/events-export.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import { answer } from './answer.ts'
import { parsed } from './body.ts'
import { CheckExport, ExportEvents, ExportEventsInput, type Permitted } from './export-question.ts'
import type { DeskParts } from './parts.ts'
import { type Reader, whyNot } from './reading.ts'
import { requireSession } from './sessions.ts'
import { sessionCaller } from './verbs.ts'
import type { Visit } from './visit.ts'
import { writePiece } from './write-piece.ts'

const NO_MORE = {
  session: new KmsError('ExpiredTokenException', 'Your session has ended. Sign in again.'),
  permission: new KmsError('AccessDeniedException', 'You may no longer read these events.'),
} as const

const TYPES = {
  csv: 'text/csv; charset=utf-8',
  json: 'application/json',
  ndjson: 'application/x-ndjson',
} as const

/** Pages, as long as their reader may have them. */
async function* whilePermitted(
  parts: DeskParts,
  reader: Reader,
  question: Permitted['question'],
): AsyncGenerator<readonly ExportRow[]> {
  for await (const rows of parts.services.exports.rows(question)) {
    const refused = await whyNot(parts, reader)
    if (refused) throw NO_MORE[refused]
    yield rows
  }
}

type Asked = Permitted & { readonly format: EventFormat }

function fileOf(parts: DeskParts, reader: Reader, { question, checkpoint, format }: Asked): File {
  const { account, filter, from, to, ids, size } = question
  const terms = {
    kind: 'keyhouse/events/v1',
    account,
    format,
    filter: ids ? '' : filter,
    from: from?.toISOString() ?? null,
    to: ids ? null : to.toISOString(),
    eventIds: ids ?? null,
    size,
    checkpoint,
    exportedBy: reader.caller.principal.arn,
    exportedAt: parts.services.clock.real().toISOString(),
  } as const
  return exportFile(terms, whilePermitted(parts, reader, question), MOST_EXPORTED)
}

type File = AsyncGenerator<string, ExportManifest>

/** Headers go at once: whoever waits for an answer to begin would not wait for a long search. */
function begin(response: ServerResponse, type: string): void {
  response.writeHead(200, { 'content-type': type, 'cache-control': 'no-store, no-transform' })
  response.flushHeaders()
}

/** Sends a file, or its manifest alone; stops when nobody takes it any more. */
async function send(response: ServerResponse, file: File, part: 'file' | 'manifest'): Promise<void> {
  for (;;) {
    const piece = await file.next()
    if (piece.done) {
      response.end(part === 'manifest' ? `${JSON.stringify(piece.value, null, 2)}\n` : '')
      return
    }
    const taken = part === 'manifest' ? !response.destroyed : await writePiece(response, piece.value)
    if (!taken) break
  }
  // Ends the reading of pages too; a generator that is ended gives back what it is told, which nobody reads.
  await file.return(undefined as never)
  response.destroy()
}

/** Answers an export. @throws KmsError before anything is sent, or when the rest must not be. */
export async function exportEvents(
  parts: DeskParts,
  visit: Visit,
  { body, response }: { readonly body: unknown; readonly response: ServerResponse },
): Promise<undefined> {
  const { Part: part, Format } = parsed(ExportEventsInput, body)
  const signedIn = await requireSession(parts.services, visit)
  const reader: Reader = { visit, caller: sessionCaller(signedIn, visit) }
  const operation = part === 'check' ? CheckExport : ExportEvents
  // The operation's own run made this output.
  const permitted = (await parts.invoke(reader.caller, operation, body)).output as Permitted
  const { question } = permitted
  if (part === 'check') {
    begin(response, 'application/json')
    response.end(answer({ Size: question.size, To: question.to.getTime() }).body)
    return
  }
  begin(response, part === 'manifest' ? 'application/json' : TYPES[Format])
  await send(response, fileOf(parts, reader, { ...permitted, format: Format }), part ?? 'file')
}
