/**
 * A second implementation of our formats for the tests, written to be plain rather than fast:
 * HMAC from its definition, KBKDF from the standard's text, another library's AES-GCM, big-endian by hand.
 */
import { createHash } from 'node:crypto'
import { gcm } from '@noble/ciphers/aes.js'

const sha256 = (data: Uint8Array) => createHash('sha256').update(data).digest()
const u32 = (value: number) => Buffer.from(value.toString(16).padStart(8, '0'), 'hex')
const counted = (bytes: Uint8Array) => Buffer.concat([u32(bytes.length), bytes])

/** FIPS 198-1 §4. */
export function plainHmac(key: Uint8Array, data: Uint8Array): Buffer {
  const block = Buffer.alloc(64)
  block.set(key.length > 64 ? sha256(key) : key)
  const pad = (byte: number) => block.map((value) => value ^ byte)
  return sha256(Buffer.concat([pad(0x5c), sha256(Buffer.concat([pad(0x36), data]))]))
}

/** SP 800-108r1 §4.1. */
export function plainKbkdf(key: Uint8Array, label: string, context: Uint8Array, length: number): Buffer {
  const rounds = Array.from({ length: Math.ceil(length / 32) }, (_, i) =>
    plainHmac(key, Buffer.concat([u32(i + 1), Buffer.from(label), Buffer.of(0), context, u32(length * 8)])),
  )
  return Buffer.concat(rounds).subarray(0, length)
}

export function plainFields(fields: readonly (string | Uint8Array | null)[]): Buffer {
  const parts = fields.map((field) => {
    if (field === null) return Buffer.concat([Buffer.of(0), u32(0)])
    const tag = Buffer.of(typeof field === 'string' ? 1 : 2)
    return Buffer.concat([tag, counted(typeof field === 'string' ? Buffer.from(field) : field)])
  })
  return Buffer.concat([u32(fields.length), ...parts])
}

function plainContext(context: Record<string, string>): Buffer {
  const pairs = Object.entries(context).map(([key, value]) => [Buffer.from(key), Buffer.from(value)] as const)
  pairs.sort(([a], [b]) => Buffer.compare(a, b))
  return Buffer.concat([u32(pairs.length), ...pairs.flatMap((pair) => pair.map(counted))])
}

/** What a blob says when it is opened by the drawing in blob.ts alone; throws when it does not open. */
export function plainOpenBlob(
  material: Uint8Array,
  blob: Uint8Array,
  bound: { partition: string; account: string; keyId: string; context: Record<string, string> },
): Buffer {
  const bytes = Buffer.from(blob)
  const header = bytes.subarray(0, 94)
  const context = Buffer.concat([bytes.subarray(34, 50), bytes.subarray(2, 34)])
  const derived = plainKbkdf(material, 'blob/v1', context, 64)
  if (!derived.subarray(32).equals(bytes.subarray(62, 94))) throw new Error('not committed')
  const fields = plainFields([bound.partition, bound.account, bound.keyId])
  const aad = Buffer.concat([header, fields, plainContext(bound.context)])
  return Buffer.from(gcm(derived.subarray(0, 32), bytes.subarray(50, 62), aad).decrypt(bytes.subarray(94)))
}
