/**
 * Several small files as one ZIP, stored as they are (APPNOTE 4.3):
 *
 *   file = local header · name · bytes ;  archive = { file } · { directory entry · name } · end record
 *
 * Fields of both headers from `version needed` to `extra length` are the same. All numbers are little-endian.
 */

export type ZippedFile = { readonly name: string; readonly bytes: Uint8Array }

/** CRC-32 of a byte, by table (ISO 3309, reflected). */
const REMAINDERS = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte
  for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1
  return rest
})

export function crc32(bytes: Uint8Array): number {
  let rest = 0xffffffff
  for (const byte of bytes) rest = (rest >>> 8) ^ (REMAINDERS[(rest ^ byte) & 0xff] ?? 0)
  return (rest ^ 0xffffffff) >>> 0
}

/** Numbers of two (s) or four (l) bytes, one after the other. */
function fields(form: string, ...values: readonly number[]): Uint8Array {
  return Uint8Array.from(
    [...form].flatMap((size, index) =>
      Array.from({ length: size === 's' ? 2 : 4 }, (_, at) => ((values[index] ?? 0) >>> (8 * at)) & 0xff),
    ),
  )
}

const UTF8_NAMES = 0x0800
/** 1 January 1980: the first day that the format knows. Nothing here depends on when it was made. */
const NO_DATE = 0x0021

/** @returns the archive; of less than 4 GiB, which is what its numbers hold. */
export function zipOf(files: readonly ZippedFile[]): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = []
  const directory: Uint8Array[] = []
  let offset = 0
  for (const { name, bytes } of files) {
    const named = new TextEncoder().encode(name)
    const size = bytes.length
    const shared = fields('sssssllls', 20, UTF8_NAMES, 0, 0, NO_DATE, crc32(bytes), size, size, named.length)
    const local = [fields('l', 0x04034b50), shared, fields('s', 0), named, bytes]
    directory.push(fields('ls', 0x02014b50, 20), shared, fields('ssssll', 0, 0, 0, 0, 0, offset), named)
    parts.push(...local)
    offset += sizeOf(local)
  }
  const end = fields('lsssslls', 0x06054b50, 0, 0, files.length, files.length, sizeOf(directory), offset, 0)
  return joined([...parts, ...directory, end])
}

const sizeOf = (parts: readonly Uint8Array[]) => parts.reduce((sum, { length }) => sum + length, 0)

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(sizeOf(parts))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
