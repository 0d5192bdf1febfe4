/**
 * A list of fields as bytes, for MACs and additional data: no two lists share an encoding (R14).
 *
 *   count u32 | for each field: tag u8 | length u32 | bytes
 *
 * Tags: 0 null, of length 0; 1 UTF-8 text; 2 bytes. Integers are big-endian.
 * The count in front makes it safe to put more bytes behind. It is never decoded.
 */

export type Field = string | Uint8Array | null

const NULL = 0
const TEXT = 1
const BYTES = 2

function sizeOf(field: Field): number {
  if (field === null) return 5
  return 5 + (typeof field === 'string' ? Buffer.byteLength(field) : field.length)
}

function writeHead(out: Buffer, at: number, [tag, length]: readonly [number, number]): void {
  out[at] = tag
  out.writeUInt32BE(length, at + 1)
}

/** Writes one field at `at` and gives where the next one starts. */
function writeField(out: Buffer, at: number, field: Field): number {
  const start = at + 5
  if (field === null) {
    writeHead(out, at, [NULL, 0])
    return start
  }
  if (typeof field === 'string') {
    // UTF-8 would write every lone surrogate as the same U+FFFD, and two lists would share an encoding.
    if (!field.isWellFormed()) throw new TypeError('text with a lone surrogate has no encoding')
    const length = out.write(field, start)
    writeHead(out, at, [TEXT, length])
    return start + length
  }
  writeHead(out, at, [BYTES, field.length])
  out.set(field, start)
  return start + field.length
}

/** The encoding of the fields. Throws TypeError for text that is not well-formed Unicode. */
export function encodeFields(fields: readonly Field[]): Buffer {
  const out = Buffer.alloc(fields.reduce((sum, field) => sum + sizeOf(field), 4))
  out.writeUInt32BE(fields.length, 0)
  let at = 4
  for (const field of fields) at = writeField(out, at, field)
  return out
}
