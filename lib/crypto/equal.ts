/** The only comparison for MACs, hashes of secrets and tokens (R24). */
import { timingSafeEqual } from 'node:crypto'

/** Whether the bytes are the same, in a time that depends on their length alone. Lengths are no secret. */
export const equalBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && timingSafeEqual(a, b)
