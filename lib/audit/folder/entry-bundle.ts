/**
 * Entry bundles (C2SP tlog-tiles): the leaves' texts, each behind its length.
 *
 *   [ length, uint16, big-endian | text, UTF-8 ] …
 *
 * A leaf that is not shown has length 0; no leaf of ours is empty.
 */
import { Buffer } from 'node:buffer'

const LENGTH_BYTES = 2
const LONGEST = 0xffff

/** null for a leaf that is not shown. @throws RangeError for a text longer than 65,535 bytes. */
export function encodeEntries(texts: readonly (string | null)[]): Buffer {
  const pieces = texts.flatMap((text) => {
    const bytes = Buffer.from(text ?? '')
    if (bytes.length > LONGEST) throw new RangeError('a leaf is longer than an entry bundle can say')
    const length = Buffer.alloc(LENGTH_BYTES)
    length.writeUInt16BE(bytes.length)
    return [length, bytes]
  })
  return Buffer.concat(pieces)
}

/** The texts of a bundle, as far as it can be read: a length that leads past the end ends it. */
export function decodeEntries(bytes: Buffer): { texts: (string | null)[]; whole: boolean } {
  const texts: (string | null)[] = []
  let at = 0
  while (at + LENGTH_BYTES <= bytes.length) {
    const length = bytes.readUInt16BE(at)
    const end = at + LENGTH_BYTES + length
    if (end > bytes.length) break
    texts.push(length === 0 ? null : bytes.toString('utf8', at + LENGTH_BYTES, end))
    at = end
  }
  return { texts, whole: at === bytes.length }
}
