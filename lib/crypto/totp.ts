/** Time-based one-time passwords (RFC 6238 on RFC 4226), with SHA-1 and steps of 30 seconds as authenticators have them. */
import { createHmac, type KeyObject } from 'node:crypto'

const STEP_MS = 30_000

/** The number of the time step that a moment lies in. `ms` is milliseconds since the epoch. */
export const totpStep = (ms: number): number => Math.floor(ms / STEP_MS)

/** The code of a time step: RFC 4226 §5.3 of the step's number in eight bytes. Decimal digits, with leading zeros. */
export function totpCode(seed: KeyObject, step: number, digits = 6): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const mac = createHmac('sha1', seed).update(counter).digest()
  const offset = mac.readUInt8(mac.length - 1) & 15
  const number = (mac.readUInt32BE(offset) & 0x7fffffff) % 10 ** digits
  return String(number).padStart(digits, '0')
}
