/** Tokens that only their holder knows: we keep a hash, which opens nothing (R86). */
import { sha256 } from './digest.ts'
import { LABELS } from './labels.ts'
import { randomBytes } from './random.ts'

/** The 32 bytes to store or look up for a token. Any text has one; only an issued token's is ever found. */
export const hashOpaqueToken = (token: string): Buffer => sha256(LABELS.opaqueToken, token)

/** A new token of 256 random bits as base64url, 43 characters, and its hash. */
export function newOpaqueToken(): { token: string; hash: Buffer } {
  const token = randomBytes(32).toString('base64url')
  return { token, hash: hashOpaqueToken(token) }
}
