import { crc32 as zlibCrc32 } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { crc32, zipOf } from './zip.ts'

const bytes = (text: string) => new TextEncoder().encode(text)

/** Reads an archive by its directory, as unzip does. */
function unzipped(archive: Uint8Array): Record<string, { text: string; crc: number }> {
  const view = new DataView(archive.buffer)
  const end = archive.length - 22
  expect(view.getUint32(end, true)).toBe(0x06054b50)
  let at = view.getUint32(end + 16, true)
  const files: Record<string, { text: string; crc: number }> = {}
  for (let left = view.getUint16(end + 10, true); left > 0; left--) {
    expect(view.getUint32(at, true)).toBe(0x02014b50)
    const size = view.getUint32(at + 24, true)
    const nameLength = view.getUint16(at + 28, true)
    const name = new TextDecoder().decode(archive.subarray(at + 46, at + 46 + nameLength))
    const local = view.getUint32(at + 42, true)
    expect(view.getUint32(local, true)).toBe(0x04034b50)
    const from = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true)
    const text = new TextDecoder().decode(archive.subarray(from, from + size))
    files[name] = { text, crc: view.getUint32(at + 16, true) }
    at += 46 + nameLength
  }
  expect(at).toBe(end)
  return files
}

describe('a ZIP', () => {
  it('has every file under its name, with its checksum', () => {
    const files = { 'WrappingPublicKey.bin': 'key', 'ImportToken.bin': 'tökén', 'empty.txt': '' }
    const archive = zipOf(Object.entries(files).map(([name, text]) => ({ name, bytes: bytes(text) })))
    expect(unzipped(archive)).toEqual(
      Object.fromEntries(
        Object.entries(files).map(([name, text]) => [name, { text, crc: zlibCrc32(bytes(text)) }]),
      ),
    )
  })
  it('of nothing is an end record alone', () => expect(zipOf([])).toHaveLength(22))
  it('has the check value of CRC-32', () => expect(crc32(bytes('123456789'))).toBe(0xcbf43926))
})
