/** An event as a list shows it: what its entry says, and the one thing of its record that matters. */

/** Columns of audit.entry `n` and the body of its event `e`. */
export const SUMMARY_COLUMNS = `n.event_id, n.ts, n.event_name, n.event_source, n.class, n.outcome, n.error_code, n.read_only,
  n.actor_arn, n.actor_name, n.access_key_id, n.key_id, n.alias_name, n.address, n.request_id, n.region, n.source,
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
  access_key_id: string | null
  key_id: string | null
  alias_name: string | null
  address: string | null
  request_id: string | null
  region: string
  source: string
  record: string
}

export type EventSummary = {
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
  readonly accessKeyId: string | null
  readonly keyId: string | null
  readonly aliasName: string | null
  readonly address: string | null
  readonly requestId: string | null
  readonly region: string
  readonly source: string
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

/** The summary of a row. */
export function summaryOf(row: SummaryRow): EventSummary {
  return {
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
    accessKeyId: row.access_key_id,
    keyId: row.key_id,
    aliasName: row.alias_name,
    address: row.address,
    requestId: row.request_id,
    region: row.region,
    source: row.source,
    detail: detailOf(row.record).slice(0, LONGEST_DETAIL),
    record: row.record,
  }
}
