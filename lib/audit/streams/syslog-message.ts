/**
 * One event as a syslog message (RFC 5424). Pure.
 *
 *   <PRI>1 <time> - keyhouse - <event name> [meta sequenceId="<n>"] <record>
 *
 *   PRI         facility 13 (log audit); severity 6, or 4 for a denial, 5 for another error
 *   sequenceId  the event's leaf, counted as RFC 5424 §7.3.1 says: from 1, and after 2147483647 from 1 again
 *   record      one line of ASCII: what else JSON may hold is written with its escapes
 */
import { Buffer } from 'node:buffer'
import type { StreamedEvent } from './batch.ts'

const FACILITY = 13
const SEVERITY: Readonly<Record<string, number>> = { ok: 6, denied: 4, error: 5 }
const NOTICE = 5
const MOST_SEQUENCE = 2_147_483_647
const LONGEST_NAME = 32

/** Outside of strings JSON is ASCII already, so what is escaped here stands in one. */
const escaped = (json: string) =>
  json.replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)

type Said = { readonly name: string; readonly outcome: string }

function saidIn(record: string): Said {
  const read: unknown = JSON.parse(record)
  if (typeof read !== 'object' || read === null) return { name: '', outcome: '' }
  const { eventName, keyhouse } = read as { eventName?: unknown; keyhouse?: { outcome?: unknown } | null }
  return { name: String(eventName ?? ''), outcome: String(keyhouse?.outcome ?? '') }
}

const messageId = (name: string) => name.replace(/[^!-~]/g, '').slice(0, LONGEST_NAME) || '-'

/** At most `most` bytes: of an event that is longer only its id is told. */
export function syslogMessage(
  { index, id, ts, record }: StreamedEvent,
  most = Number.POSITIVE_INFINITY,
): Buffer {
  const { name, outcome } = saidIn(record)
  const priority = FACILITY * 8 + (SEVERITY[outcome] ?? NOTICE)
  const sequence = (index % MOST_SEQUENCE) + 1
  const head = `<${priority}>1 ${ts.toISOString()} - keyhouse - ${messageId(name)} [meta sequenceId="${sequence}"]`
  const message = Buffer.from(`${head} ${escaped(record)}`)
  if (message.length <= most) return message
  return Buffer.from(`${head} ${JSON.stringify({ eventID: id, keyhouse: { tooLong: message.length } })}`)
}

/** With its length before it, as a stream of bytes needs it (RFC 6587 §3.4.1). */
export const framed = (message: Buffer): Buffer => Buffer.concat([Buffer.from(`${message.length} `), message])
