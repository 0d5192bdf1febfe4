/** An event as a list shows it: what its entry says, and the one thing of its record that matters. */
import type pg from 'pg'
import type { Position } from './position.ts'

/** Columns of audit.entry `n` and the body of its event `e`. */
export const SUMMARY_COLUMNS = `n.event_id, n.ts, n.event_name, n.event_source, n.class, n.outcome, n.error_code, n.read_only,
  n.actor_arn, n.actor_name, n.actor_type, n.session_name, n.access_key_id, n.key_id, n.alias_name, n.address, n.agent,
  n.via_service, n.request_id, n.region, n.source, n.duration_ms, n.material_ids, n.index::float8 AS index,
  n.index < coalesce((SELECT c.size FROM audit.checkpoint c ORDER BY c.at DESC LIMIT 1), 0) AS signed,
  convert_from(e.body, 'UTF8') AS record`

export type SummaryRow = {
  event_id: string
  ts: Date
  event_name: string
  event_source: string
  class: string
  outcome: string
  error_code: string | null
  read_only: boolean
  actor_arn: string
  actor_name: string | null
  actor_type: string
  session_name: string | null
  access_key_id: string | null
  key_id: string | null
  alias_name: string | null
  address: string | null
  agent: string | null
  via_service: string | null
  request_id: string | null
  region: string
  source: string
  duration_ms: number | null
  material_ids: string[]
  index: number
  signed: boolean
  record: string
}

export type EventSummary = {
  /** Its place in the log. */
  readonly index: number
  /** Whether the newest checkpoint covers it. */
  readonly signed: boolean
  readonly id: string
  readonly ts: Date
  readonly eventName: string
  readonly eventSource: string
  readonly class: string
  readonly outcome: string
  readonly errorCode: string | null
  readonly readOnly: boolean
  readonly actorArn: string
  readonly actorName: string | null
  /** userIdentity.type */
  readonly actorType: string
  /** Of a role's session, its name. */
  readonly sessionName: string | null
  readonly accessKeyId: string | null
  readonly keyId: string | null
  readonly aliasName: string | null
  readonly address: string | null
  readonly agent: string | null
  readonly viaService: string | null
  readonly requestId: string | null
  readonly region: string
  readonly source: string
  readonly durationMs: number | null
  readonly materialIds: readonly string[]
  /** The encryption context, what was wrong, or what was changed; empty where there is nothing to add. */
  readonly detail: string
  /** The record's exact text. */
  readonly record: string
}

const LONGEST_DETAIL = 200

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

function pairs(value: unknown): string | undefined {
  if (!isObject(value) || Object.keys(value).length === 0) return undefined
  return Object.entries(value)
    .map(([name, member]) => `${name}=${String(member)}`)
    .join(', ')
}

/** Request members worth a word in a list, the first that is there. */
const TELLING: readonly [member: string, word: (value: unknown) => string | undefined][] = [
  ['encryptionContext', pairs],
  ['sourceEncryptionContext', pairs],
  ['pendingWindowInDays', (days) => `in ${String(days)} days`],
  ['rotationPeriodInDays', (days) => `every ${String(days)} days`],
  ['aliasName', String],
  [
    'tags',
    (tags) =>
      Array.isArray(tags) ? tags.map((tag) => `${tag?.tagKey}=${tag?.tagValue}`).join(', ') : undefined,
  ],
  ['tagKeys', (keys) => (Array.isArray(keys) ? keys.join(', ') : undefined)],
  ['description', String],
]

/** Who, what and on which key stand in the row already: of a denial only the reason is left to say. */
function reasonOf(message: string): string {
  const [, because] = /\bbecause (no .+)$/.exec(message) ?? []
  if (because) return because.charAt(0).toUpperCase() + because.slice(1)
  const [, deny] = /\bwith an (explicit deny in .+)$/.exec(message) ?? []
  return deny ? deny.charAt(0).toUpperCase() + deny.slice(1) : message
}

function detailOf(record: string): string {
  const event: unknown = JSON.parse(record)
  if (!isObject(event)) return ''
  if (typeof event.errorMessage === 'string' && event.errorMessage !== '') return reasonOf(event.errorMessage)
  const request = event.requestParameters
  if (!isObject(request)) return ''
  for (const [member, word] of TELLING) {
    const said = request[member] === undefined ? undefined : word(request[member])
    if (said) return said
  }
  return ''
}

/** What lists show of events, in the order in which they are named; those that are gone meanwhile are left out. */
export async function readSummaries(pool: pg.Pool, places: readonly Position[]): Promise<EventSummary[]> {
  if (places.length === 0) return []
  const times = places.map(({ ts }) => ts.toISOString()).toSorted()
  // Their first and last moment leave out the days that hold none of them.
  const { rows } = await pool.query<SummaryRow>(
    `SELECT ${SUMMARY_COLUMNS} FROM unnest($1::timestamptz[], $2::uuid[]) WITH ORDINALITY AS place (ts, id, at)
       JOIN audit.entry n ON n.ts = place.ts AND n.event_id = place.id
       JOIN audit.event e ON e.ts = place.ts AND e.id = place.id
     WHERE n.ts BETWEEN $3::timestamptz AND $4::timestamptz AND e.ts BETWEEN $3 AND $4 ORDER BY place.at`,
    [places.map(({ ts }) => ts.toISOString()), places.map(({ id }) => id), times[0], times.at(-1)],
  )
  return rows.map(summaryOf)
}

/** The summary of a row. */
export function summaryOf(row: SummaryRow): EventSummary {
  return {
    index: row.index,
    signed: row.signed,
    id: row.event_id,
    ts: row.ts,
    eventName: row.event_name,
    eventSource: row.event_source,
    class: row.class,
    outcome: row.outcome,
    errorCode: row.error_code,
    readOnly: row.read_only,
    actorArn: row.actor_arn,
    actorName: row.actor_name,
    actorType: row.actor_type,
    sessionName: row.session_name,
    accessKeyId: row.access_key_id,
    keyId: row.key_id,
    aliasName: row.alias_name,
    address: row.address,
    agent: row.agent,
    viaService: row.via_service,
    requestId: row.request_id,
    region: row.region,
    source: row.source,
    durationMs: row.duration_ms,
    materialIds: row.material_ids,
    detail: detailOf(row.record).slice(0, LONGEST_DETAIL),
    record: row.record,
  }
}
