/**
 * ASN.1 as bytes (X.690), as little of it as certificates and CMS need: one-byte tags, definite lengths when read.
 *
 *   tag 1 | length: 00…7f, or 80+n and n bytes | content
 *   tag 1 | 80 | elements | 00 00               (written only, for CMS)
 *
 * It knows no types: who reads says what an element has to be.
 */

/** Bytes that are not the DER they should be. It never says where. */
export class DerError extends Error {
  override readonly name = 'DerError'

  constructor() {
    super('not the DER that is expected')
  }
}

export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  sequence: 0x30,
  set: 0x31,
} as const

/** Views of the bytes that were read. */
export type Element = {
  readonly tag: number
  readonly content: Uint8Array
  /** Tag and length included: what a signature covers. */
  readonly whole: Uint8Array
}

/** [n] in a structure: constructed unless said otherwise. */
export const contextTag = (n: number, form: 'constructed' | 'primitive' = 'constructed') =>
  (form === 'constructed' ? 0xa0 : 0x80) | n

function readLength(bytes: Uint8Array, at: number): { length: number; start: number } {
  const first = bytes[at]
  if (first === undefined) throw new DerError()
  if (first < 0x80) return { length: first, start: at + 1 }
  const size = first & 0x7f
  const digits = bytes.subarray(at + 1, at + 1 + size)
  // Indefinite, longer than anything here may be, or cut off; then: not the shortest form.
  if (size === 0 || size > 3 || digits.length !== size) throw new DerError()
  const length = digits.reduce((sum, digit) => sum * 256 + digit, 0)
  if (length < 0x80 || digits[0] === 0) throw new DerError()
  return { length, start: at + 1 + size }
}

/** The elements that these bytes are, one after the other. Throws DerError when they are anything else. */
export function readElements(bytes: Uint8Array): Element[] {
  const elements: Element[] = []
  for (let at = 0; at < bytes.length; ) {
    const tag = bytes[at] ?? 0
    const { length, start } = readLength(bytes, at + 1)
    const end = start + length
    if ((tag & 0x1f) === 0x1f || end > bytes.length) throw new DerError()
    elements.push({ tag, content: bytes.subarray(start, end), whole: bytes.subarray(at, end) })
    at = end
  }
  return elements
}

/** The one element that these bytes are; it must have this tag. Throws DerError. */
export function readOnly(bytes: Uint8Array, tag: number): Element {
  const [element, ...more] = readElements(bytes)
  if (element?.tag !== tag || more.length > 0) throw new DerError()
  return element
}

/** An element of these parts, in the shortest form. */
export function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts)
  const digits: number[] = []
  for (let left = content.length; left > 0; left = Math.floor(left / 256)) digits.unshift(left % 256)
  const length = content.length < 0x80 ? [content.length] : [0x80 | digits.length, ...digits]
  return Buffer.concat([Buffer.from([tag, ...length]), content])
}

/** An element of indefinite length: these elements until two zero bytes (X.690 §8.1.3.6). */
export const berIndefinite = (tag: number, ...elements: readonly Uint8Array[]): Buffer =>
  Buffer.concat([Buffer.from([tag, 0x80]), ...elements, Buffer.alloc(2)])

const base128 = (arc: number): number[] => {
  const digits = [arc & 0x7f]
  for (let left = arc >>> 7; left > 0; left >>>= 7) digits.unshift(0x80 | (left & 0x7f))
  return digits
}

/** An object identifier from its dotted form. */
export function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...arcs] = dotted.split('.').map(Number)
  return der(TAG.oid, Buffer.from([first * 40 + second, ...arcs].flatMap(base128)))
}
