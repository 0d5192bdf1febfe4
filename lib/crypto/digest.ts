/**
 * SHA-256. Parts are hashed one after the other; where two parts could shift into each other, encode them
 * (tlv.ts).
 */
import { createHash, hash } from 'node:crypto'

type Part = Uint8Array | string

/** The 32-byte SHA-256 of the parts; text is UTF-8. */
export function sha256(...parts: readonly Part[]): Buffer {
  const [only] = parts
  // The one-shot call costs half of an object for short input.
  if (parts.length === 1 && only !== undefined) return hash('sha256', only, 'buffer')
  const digest = createHash('sha256')
  for (const part of parts) digest.update(part)
  return digest.digest()
}

/** The same as 64 lower-case hex digits. */
export function sha256Hex(...parts: readonly Part[]): string {
  const [only] = parts
  if (parts.length === 1 && only !== undefined) return hash('sha256', only, 'hex')
  return sha256(...parts).toString('hex')
}

/** SHA-256 of what comes in pieces. */
export type RunningSha256 = { readonly add: (part: Part) => void; readonly hex: () => string }

export function runningSha256(): RunningSha256 {
  const digest = createHash('sha256')
  return { add: (part) => void digest.update(part), hex: () => digest.digest('hex') }
}
