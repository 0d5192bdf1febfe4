/**
 * What the Merkle log hashes of an event: twelve lines of text, so that any program can make them again. Bodies,
 * decisions and condition values stand in it by their SHA-256 only: one event can be shown without the others.
 *
 *   keyhouse-event/v1          every line ends in a line feed
 *   <event id>
 *   <time, ISO 8601 UTC with milliseconds>
 *   <account> <Region>         each on a line of its own
 *   <id of the first key, or ->
 *   <engine id> <stream> <counter>      each on a line of its own
 *   <SHA-256 of the record's bytes, base64>
 *   <SHA-256 of the decision's text, base64, or ->
 *   <SHA-256 of the condition values' text, base64, or ->
 *
 * Pure, and runs in browsers: who hashes is somebody else.
 */

export const LEAF_VERSION = 'keyhouse-event/v1'

export type LeafFields = {
  readonly id: string
  /** ISO 8601, UTC, milliseconds. */
  readonly time: string
  readonly account: string
  readonly region: string
  readonly keyId: string | null
  readonly engineId: string
  readonly stream: string
  /** Decimal. */
  readonly counter: string
  /** SHA-256, base64. */
  readonly bodyHash: string
  readonly decisionHash: string | null
  readonly contextHash: string | null
}

const NONE = '-'
const LINES = 12

/** A row that somebody forged could hold a line feed; no two rows may share a text. */
const line = (text: string | null) =>
  text === null ? NONE : text.replace(/[\\\n]/g, (found) => (found === '\n' ? '\\n' : '\\\\'))

/** The leaf's text; its UTF-8 is what is hashed. */
export const leafText = (fields: LeafFields): string =>
  `${[
    LEAF_VERSION,
    fields.id,
    fields.time,
    fields.account,
    fields.region,
    fields.keyId,
    fields.engineId,
    fields.stream,
    fields.counter,
    fields.bodyHash,
    fields.decisionHash,
    fields.contextHash,
  ]
    .map(line)
    .join('\n')}\n`

const orNull = (text: string) => (text === NONE ? null : text)

/** The fields of a leaf's text, or undefined for a text that is none. */
export function parseLeaf(text: string): LeafFields | undefined {
  const lines = text.split('\n')
  const [
    version,
    id,
    time,
    account,
    region,
    keyId,
    engineId,
    stream,
    counter,
    body,
    decision,
    context,
    rest,
  ] = lines
  if (version !== LEAF_VERSION || lines.length !== LINES + 1 || rest !== '') return undefined
  if (!id || !time || !account || !region || !keyId || !engineId || !stream || !counter || !body)
    return undefined
  if (!decision || !context) return undefined
  return {
    id,
    time,
    account,
    region,
    keyId: orNull(keyId),
    engineId,
    stream,
    counter,
    bodyHash: body,
    decisionHash: orNull(decision),
    contextHash: orNull(context),
  }
}
