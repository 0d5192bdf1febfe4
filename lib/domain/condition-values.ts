/**
 * The typed values that policy conditions compare: numbers, instants, addresses, booleans, base64, ARN
 * patterns. Each reader gives undefined for text that is none of its kind; nothing here decides what that
 * means.
 */

const DECIMAL = /^[+-]?[0-9]{1,40}(?:\.[0-9]{1,40})?(?:[eE][+-]?[0-9]{1,3})?$/

/** A decimal number; finite. */
export function readDecimal(text: string): number | undefined {
  if (!DECIMAL.test(text)) return undefined
  const value = Number(text)
  return Number.isFinite(value) ? value : undefined
}

export function readBoolean(text: string): boolean | undefined {
  const lower = text.toLowerCase()
  if (lower === 'true') return true
  return lower === 'false' ? false : undefined
}

const EPOCH = /^-?[0-9]{1,12}(?:\.[0-9]{1,9})?$/
// The W3C profile of ISO 8601 without the bare year, which would read as epoch seconds.
const ISO =
  /^([0-9]{4})-([0-9]{2})(?:-([0-9]{2})(?:T([0-9]{2}):([0-9]{2})(?::([0-9]{2})(\.[0-9]{1,9})?)?(Z|[+-][0-9]{2}:?[0-9]{2}))?)?$/

/** Milliseconds since the epoch, from ISO 8601 text or from epoch seconds (facts §8.7). */
export function readInstant(text: string): number | undefined {
  if (EPOCH.test(text)) return Number(text) * 1000
  const found = ISO.exec(text)
  if (!found) return undefined
  const [, year, month, day = '01', hour = '00', minute = '00', second = '00', fraction = '', zone = 'Z'] =
    found
  const offset = zone === 'Z' ? 'Z' : `${zone.slice(0, 3)}:${zone.slice(-2)}`
  const at = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}${fraction.slice(0, 4)}${offset}`)
  if (Number.isNaN(at)) return undefined
  // Date.parse rolls 30 February over into March: only a day its month has may pass.
  return Number(day) <= new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate() ? at : undefined
}

/** An address as 4 or 16 bytes. An IPv4 address written inside IPv6 (::ffff:192.0.2.1) is an IPv4 address. */
export type Address = readonly number[]

const OCTET = /^(?:0|[1-9][0-9]{0,2})$/

function readV4(text: string): number[] | undefined {
  const parts = text.split('.')
  if (parts.length !== 4 || !parts.every((part) => OCTET.test(part))) return undefined
  const bytes = parts.map(Number)
  return bytes.every((byte) => byte <= 255) ? bytes : undefined
}

const GROUP = /^[0-9a-fA-F]{1,4}$/

/** One side of `::` as bytes; only the last group may be dotted. */
function readGroups(text: string, dottedEnd: boolean): number[] | undefined {
  if (text === '') return []
  const groups = text.split(':')
  const bytes: number[] = []
  for (const [index, group] of groups.entries()) {
    const dotted = dottedEnd && index === groups.length - 1 ? readV4(group) : undefined
    if (!dotted && !GROUP.test(group)) return undefined
    const value = Number.parseInt(group, 16)
    bytes.push(...(dotted ?? [value >> 8, value & 255]))
  }
  return bytes
}

function readV6(text: string): number[] | undefined {
  const halves = text.split('::')
  if (text.length > 45 || halves.length > 2) return undefined
  const [head = '', tail] = halves
  const left = readGroups(head, tail === undefined)
  const right = tail === undefined ? [] : readGroups(tail, true)
  if (!left || !right) return undefined
  const missing = 16 - left.length - right.length
  if (tail === undefined ? missing !== 0 : missing < 2) return undefined
  return [...left, ...new Array<number>(missing).fill(0), ...right]
}

const MAPPED = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255]
const isMapped = (bytes: Address) =>
  bytes.length === 16 && MAPPED.every((byte, index) => bytes[index] === byte)

export function readAddress(text: string): Address | undefined {
  const bytes = text.includes(':') ? readV6(text) : readV4(text)
  return bytes && isMapped(bytes) ? bytes.slice(12) : bytes
}

export type AddressRange = { readonly bytes: Address; readonly bits: number }

/** An address, or a range in CIDR notation. Bits after the prefix are ignored, as AWS ignores them. */
export function readAddressRange(text: string): AddressRange | undefined {
  const [address = '', prefix, more] = text.split('/')
  const written = address.includes(':') ? readV6(address) : readV4(address)
  if (!written || more !== undefined) return undefined
  const width = written.length * 8
  if (prefix !== undefined && !OCTET.test(prefix)) return undefined
  const bits = prefix === undefined ? width : Number(prefix)
  if (bits > width) return undefined
  if (isMapped(written) && bits >= 96) return { bytes: written.slice(12), bits: bits - 96 }
  return { bytes: written, bits }
}

export function inRange(address: Address, range: AddressRange): boolean {
  if (address.length !== range.bytes.length) return false
  for (let i = 0, left = range.bits; left > 0; i++, left -= 8) {
    const mask = left >= 8 ? 0xff : (0xff00 >> left) & 0xff
    if (((address[i] ?? 0) & mask) !== ((range.bytes[i] ?? 0) & mask)) return false
  }
  return true
}
