/** The only source of randomness: the operating system's, through OpenSSL (R12). */
import { randomBytes as osRandomBytes, randomFillSync, randomUUID } from 'node:crypto'

/** `n` random bytes in memory of their own, so that wiping them leaves no copy in a pool (R29). */
export const randomBytes = (n: number): Buffer => osRandomBytes(n)

/** Overwrites all of `bytes` with random ones. */
export function fillRandom(bytes: Uint8Array): void {
  randomFillSync(bytes)
}

/** A random UUID, version 4 (RFC 9562 §5.4). */
export const uuidv4 = (): string => randomUUID()

const MAX_MS = 2 ** 48 - 1

/**
 * A UUID of version 7 (RFC 9562 §5.7): 48 bits of milliseconds, then randomness.
 * Ids of one millisecond are in no order. Throws RangeError for a time that 48 bits cannot hold.
 */
export function uuidv7(ms: number): string {
  if (!Number.isInteger(ms) || ms < 0 || ms > MAX_MS)
    throw new RangeError('a UUIDv7 takes whole milliseconds of 48 bits')
  const time = ms.toString(16).padStart(12, '0')
  // A version 4 has its variant and its randomness where a version 7 has them, behind the version digit.
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`
}
