/**
 * The encryption context: pairs that are not secret, are logged, and must match exactly to decrypt.
 *
 * Canonical bytes, so that order never matters and no two contexts share an encoding (R14, R22):
 *
 *   count u32 | for each pair, by key bytes ascending: key length u32 | key | value length u32 | value
 *
 * Lengths are big-endian; text is UTF-8 without any normalisation.
 */
export type EncryptionContext = Readonly<Record<string, string>>

const utf8 = new TextEncoder()

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const shared = Math.min(a.length, b.length)
  for (let i = 0; i < shared; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0)
    if (difference !== 0) return difference
  }
  return a.length - b.length
}

/** The canonical bytes of a context; a missing one and an empty one are the same. */
export function encodeEncryptionContext(context: EncryptionContext | undefined): Uint8Array {
  const pairs = Object.entries(context ?? {})
    .map(([key, value]) => ({ key: utf8.encode(key), value: utf8.encode(value) }))
    .sort((a, b) => compareBytes(a.key, b.key))
  const size = pairs.reduce((sum, pair) => sum + 8 + pair.key.length + pair.value.length, 4)
  const out = new Uint8Array(size)
  const view = new DataView(out.buffer)
  view.setUint32(0, pairs.length)
  let at = 4
  for (const { key, value } of pairs) {
    for (const part of [key, value]) {
      view.setUint32(at, part.length)
      out.set(part, at + 4)
      at += 4 + part.length
    }
  }
  return out
}
