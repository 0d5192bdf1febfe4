/**
 * One event of an export: a line of JSON that has everything its leaf is made of (lib/domain/log-leaf.ts).
 *
 *   {"index":17,"id":"…","time":"…","account":"…","region":"…","keyId":null,"engineId":"…","stream":"batch",
 *    "counter":"42","record":"{…}","decision":"{…}","context":null}
 *
 * record, decision and context are the texts whose UTF-8 was hashed. Bytes that are no UTF-8 (nothing writes any) stand
 * as recordBase64 in place of record.
 */
import { Buffer } from 'node:buffer'
import { sha256 } from '../../crypto/digest.ts'
import { leafText, parseLeaf } from '../../domain/log-leaf.ts'

export type ExportedEvent = {
  readonly index: number
  readonly id: string
  readonly time: string
  readonly account: string
  readonly region: string
  readonly keyId: string | null
  readonly engineId: string
  readonly stream: string
  readonly counter: string
  readonly record: string
  readonly recordBase64?: string
  readonly decision: string | null
  readonly context: string | null
}

const hashOf = (text: string) => sha256(text).toString('base64')
const orNull = (text: string | null) => (text === null ? null : hashOf(text))

/** The text of the event's leaf, made from the event alone. */
export function leafOf(event: ExportedEvent): string {
  const body = event.recordBase64 === undefined ? event.record : Buffer.from(event.recordBase64, 'base64')
  return leafText({
    id: event.id,
    time: event.time,
    account: event.account,
    region: event.region,
    keyId: event.keyId,
    engineId: event.engineId,
    stream: event.stream,
    counter: event.counter,
    bodyHash: sha256(body).toString('base64'),
    decisionHash: orNull(event.decision),
    contextHash: orNull(event.context),
  })
}

/** What a log gives of one event: the leaf's text, and what it names by hash only. */
export type LoggedEvent = {
  readonly index: number
  readonly leaf: string
  readonly record: Buffer
  readonly decision: string | null
  readonly context: string | null
}

/** Undefined when the leaf's text is none. */
export function exportedEvent({
  index,
  leaf,
  record,
  decision,
  context,
}: LoggedEvent): ExportedEvent | undefined {
  const fields = parseLeaf(leaf)
  if (!fields) return undefined
  const { id, time, account, region, keyId, engineId, stream, counter } = fields
  const text = record.toString('utf8')
  const exact = Buffer.from(text).equals(record)
  return {
    index,
    id,
    time,
    account,
    region,
    keyId,
    engineId,
    stream,
    counter,
    record: exact ? text : '',
    ...(!exact && { recordBase64: record.toString('base64') }),
    decision,
    context,
  }
}

export const printEvent = (event: ExportedEvent): string => `${JSON.stringify(event)}\n`

const isText = (value: unknown): value is string => typeof value === 'string'
const isTextOrNull = (value: unknown) => value === null || isText(value)

function isEvent(value: unknown): value is ExportedEvent {
  if (typeof value !== 'object' || value === null) return false
  const of = (name: keyof ExportedEvent): unknown => Reflect.get(value, name)
  return (
    Number.isSafeInteger(of('index')) &&
    isText(of('id')) &&
    isText(of('time')) &&
    isText(of('account')) &&
    isText(of('region')) &&
    isTextOrNull(of('keyId')) &&
    isText(of('engineId')) &&
    isText(of('stream')) &&
    isText(of('counter')) &&
    isText(of('record')) &&
    isTextOrNull(of('decision')) &&
    isTextOrNull(of('context')) &&
    (of('recordBase64') === undefined || isText(of('recordBase64')))
  )
}

/** The event of a line, or undefined for a line that is none. */
export function parseEvent(line: string): ExportedEvent | undefined {
  try {
    const value: unknown = JSON.parse(line)
    return isEvent(value) ? value : undefined
  } catch {
    return undefined
  }
}
