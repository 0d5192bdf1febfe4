/** Big-endian bytes as numbers and back. A number of a secret cannot be wiped: keep it in a worker, and short. */

/** The unsigned number that the bytes are; no bytes are zero. */
export function unsigned(bytes: Uint8Array): bigint {
  const hex = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex')
  return BigInt(`0x0${hex}`)
}

/** A number as `length` bytes in memory of their own. Throws RangeError when it does not fit. */
export function unsignedBytes(n: bigint, length: number): Buffer {
  const hex = n.toString(16).padStart(length * 2, '0')
  if (n < 0n || hex.length > length * 2) throw new RangeError('the number does not fit')
  const bytes = Buffer.alloc(length)
  bytes.write(hex, 'hex')
  return bytes
}

/** The remainder that is never negative. */
export const modulo = (n: bigint, m: bigint): bigint => ((n % m) + m) % m
