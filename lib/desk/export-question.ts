/** What an export asks for, and the operation that permits and records it: one event, before anything is given out. */
import type { z } from 'zod'
import type { ExportQuestion } from '#lib/audit/export/export-rows.ts'
import { questionOf } from '#lib/audit/search/question.ts'
import { readHead } from '#lib/audit/tree/checkpoints.ts'
import { integer, list, oneOf, structure, text, timestamp } from '#lib/domain/constraints.ts'
import { EVENT_FORMATS, MOST_CHOSEN, MOST_EXPORTED } from '#lib/domain/events-export.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { Call } from '#lib/engine/call.ts'
import { operation } from '#lib/engine/operation.ts'
import { checkCurrent } from '#lib/insight/access-rights.ts'

const MINUTE_MS = 60_000
const UUID = '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}'

/** From is included, To is not. Size pins an export to what another had. Part is the file itself unless it is named. */
export const ExportEventsInput = structure({
  Filter: text({ max: 2000 }).optional(),
  From: timestamp().optional(),
  To: timestamp().optional(),
  EventIds: list(text({ min: 36, max: 36, pattern: UUID }), { min: 1, max: MOST_CHOSEN }).optional(),
  Format: oneOf(EVENT_FORMATS),
  Size: integer(0, Number.MAX_SAFE_INTEGER).optional(),
  Part: oneOf(['check', 'manifest']).optional(),
})
export type ExportEventsInput = z.infer<typeof ExportEventsInput>

export type Permitted = {
  readonly question: ExportQuestion
  /** A signed note over at least the places of the question; null where there is none yet. */
  readonly checkpoint: string | null
}

/** A log whose head cannot be signed can still be read, and that is when somebody wants it. */
async function newestNote({ services }: Call): Promise<{ size: number; note: string } | undefined> {
  return services.notary.checkpoint().catch(() => undefined)
}

const tooMany = (split: Date) =>
  new KmsError(
    'LimitExceededException',
    `More than ${MOST_EXPORTED.toLocaleString('en-GB')} events match, which is the most that a file has. ` +
      `Export those before ${split.toISOString()}, and then those from there on.`,
  )

/** Nothing has happened in the future, but engines' clocks may differ a little; a range in it is empty. */
function endOf({ From, To }: ExportEventsInput, now: Date): Date {
  const soon = now.getTime() + MINUTE_MS
  const to = Math.min(To?.getTime() ?? now.getTime() + 1, soon)
  return From && From.getTime() > to ? From : new Date(to)
}

async function permitted(call: Call, input: ExportEventsInput): Promise<Permitted> {
  await call.permit()
  const { Filter: filter = '', From: from, EventIds: ids, Size } = input
  if (!ids) questionOf({ account: call.account, filter, from, to: input.To, now: call.now })
  const to = endOf(input, call.services.clock.real())
  // What just happened is in the file, and under a checkpoint.
  if (Size === undefined) await call.services.sequencer.catchUp()
  const note = await newestNote(call)
  const head = await readHead(call.services.reader)
  const size = Math.min(Size ?? head.size, head.size)
  const question = { account: call.account, filter, from, to, ids, size }
  const nothing = ids !== undefined || (from !== undefined && from >= to)
  const split = nothing ? undefined : await call.services.exports.splitOf(question, MOST_EXPORTED)
  if (split) throw tooMany(split)
  return { question, checkpoint: note && note.size >= size ? note.note : null }
}

const shared = {
  service: 'Keyhouse',
  action: 'cloudtrail:LookupEvents',
  class: 'read',
  input: ExportEventsInput,
} as const

/** No operation of the lists: the desk alone can stream what it permits. */
export const ExportEvents = operation({
  ...shared,
  name: 'ExportEvents',
  logged: {
    request: ({ Filter, From, To, EventIds, Format, Part }: ExportEventsInput) => ({
      filter: Filter,
      from: From,
      to: To,
      eventIds: EventIds,
      format: Format,
      part: Part,
    }),
  },
  run: permitted,
})

/** Whether the export could be made, asked so that a refusal need not be saved as a file. It gives nothing out. */
export const CheckExport = operation({
  ...shared,
  name: 'CheckExport',
  recorded: false,
  logged: { request: () => null },
  async run(call, input: ExportEventsInput) {
    await checkCurrent(call, [])
    return permitted(call, input)
  },
})
