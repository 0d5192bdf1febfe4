/**
 * CBOR (RFC 8949), read strictly: exactly what attestation documents are made of, and nothing else of it.
 *
 *   first byte = major type (3 bits) | 00…17 the argument itself; 18, 19, 1a, 1b: 1, 2, 4 or 8 bytes of it follow
 *
 *   0 unsigned    1 negative (−1 − argument)    2 bytes    3 UTF-8 text    4 array    5 map    f6 null
 *   bf … ff       a map without a count, the form of most payloads
 *
 * Refused: other indefinite lengths, tags, floats, booleans, keys that are neither integers nor text, keys twice,
 * depth over 4, and bytes behind the end. So no document can mean two things to two readers.
 */

/** Bytes that are not such CBOR. It never says where. */
export class CborError extends Error {
  override readonly name = 'CborError'

  constructor() {
    super('not the CBOR that is expected')
  }
}

export type CborKey = number | string
export type CborMap = ReadonlyMap<CborKey, Cbor>
/** Byte strings are views of what was read. */
export type Cbor = number | string | null | Uint8Array | readonly Cbor[] | CborMap

const MAX_DEPTH = 4
const NULL = 0xf6
const OPEN_MAP = 0xbf
const BREAK = 0xff

type Cursor = { readonly bytes: Uint8Array; at: number }

function take(cursor: Cursor, length: number): Uint8Array {
  const end = cursor.at + length
  if (end > cursor.bytes.length) throw new CborError()
  const taken = cursor.bytes.subarray(cursor.at, end)
  cursor.at = end
  return taken
}

/** The argument of a first byte; whole numbers above 2^53 are no lengths and no times. */
function readArgument(cursor: Cursor, low: number): number {
  if (low < 24) return low
  if (low > 27) throw new CborError()
  const value = take(cursor, 2 ** (low - 24)).reduce((sum, byte) => sum * 256 + byte, 0)
  if (!Number.isSafeInteger(value)) throw new CborError()
  return value
}

/** How many items follow; each takes a byte at least, so a count cannot ask for more than there is. */
function checkCount(cursor: Cursor, least: number, depth: number): void {
  if (depth >= MAX_DEPTH || least > cursor.bytes.length - cursor.at) throw new CborError()
}

function readArray(cursor: Cursor, count: number, depth: number): Cbor[] {
  checkCount(cursor, count, depth)
  return Array.from({ length: count }, () => readItem(cursor, depth + 1))
}

function readPair(cursor: Cursor, map: Map<CborKey, Cbor>, depth: number): void {
  const key = readItem(cursor, depth + 1)
  if ((typeof key !== 'number' && typeof key !== 'string') || map.has(key)) throw new CborError()
  map.set(key, readItem(cursor, depth + 1))
}

function readMap(cursor: Cursor, count: number, depth: number): CborMap {
  checkCount(cursor, count * 2, depth)
  const map = new Map<CborKey, Cbor>()
  for (let i = 0; i < count; i++) readPair(cursor, map, depth)
  return map
}

function readOpenMap(cursor: Cursor, depth: number): CborMap {
  checkCount(cursor, 1, depth)
  const map = new Map<CborKey, Cbor>()
  // At the end of the bytes the next item is missed, so this ends.
  while (cursor.bytes[cursor.at] !== BREAK) readPair(cursor, map, depth)
  cursor.at++
  return map
}

function readText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw new CborError()
  }
}

function readItem(cursor: Cursor, depth: number): Cbor {
  const [first = 0] = take(cursor, 1)
  if (first === NULL) return null
  if (first === OPEN_MAP) return readOpenMap(cursor, depth)
  const argument = readArgument(cursor, first & 0x1f)
  switch (first >> 5) {
    case 0:
      return argument
    case 1:
      return -1 - argument
    case 2:
      return take(cursor, argument)
    case 3:
      return readText(take(cursor, argument))
    case 4:
      return readArray(cursor, argument, depth)
    case 5:
      return readMap(cursor, argument, depth)
    default:
      throw new CborError()
  }
}

/** The one item that these bytes are. Throws CborError when they are anything else. */
export function readCbor(bytes: Uint8Array): Cbor {
  const cursor: Cursor = { bytes, at: 0 }
  const item = readItem(cursor, 0)
  if (cursor.at !== bytes.length) throw new CborError()
  return item
}

/** A byte string as an item: what a signature over COSE covers is made of these (RFC 9052 §4.4). */
export function cborBytes(bytes: Uint8Array): Buffer {
  return Buffer.concat([cborHead(2, bytes.length), bytes])
}

/** The first bytes of an item with this major type and argument below 2^32, in the shortest form. */
export function cborHead(major: number, argument: number): Buffer {
  const type = major << 5
  if (argument < 24) return Buffer.from([type | argument])
  if (argument < 0x100) return Buffer.from([type | 24, argument])
  const wide = argument >= 0x10000
  const head = Buffer.alloc(wide ? 5 : 3)
  head[0] = type | (wide ? 26 : 25)
  if (wide) head.writeUInt32BE(argument, 1)
  else head.writeUInt16BE(argument, 1)
  return head
}
