/**
 * The field of GCM, GF(2^128) with x^128 + x^7 + x^2 + x + 1 and its bits reversed (SP 800-38D §6.3), and
 * GHASH. Plain and slow, for the test that builds a ciphertext of two keys.
 */
const R = 0xe1n << 120n

export const toBlock = (bytes: Uint8Array): bigint =>
  BigInt(`0x${Buffer.from(bytes).toString('hex').padEnd(32, '0')}`)
export const fromBlock = (value: bigint): Buffer => Buffer.from(value.toString(16).padStart(32, '0'), 'hex')

export function multiply(x: bigint, y: bigint): bigint {
  let [product, factor] = [0n, y]
  for (let bit = 127n; bit >= 0n; bit--) {
    if ((x >> bit) & 1n) product ^= factor
    factor = factor & 1n ? (factor >> 1n) ^ R : factor >> 1n
  }
  return product
}

/** x^(2^128 - 2), which is 1/x. */
export function invert(x: bigint): bigint {
  let [result, square] = [1n << 127n, x]
  for (let i = 0; i < 127; i++) {
    square = multiply(square, square)
    result = multiply(result, square)
  }
  return result
}

/** The blocks that GHASH hashes: additional data, ciphertext, their lengths in bits. */
export function ghashBlocks(aad: Uint8Array, ciphertext: Uint8Array): bigint[] {
  const blocks = (bytes: Uint8Array) =>
    Array.from({ length: Math.ceil(bytes.length / 16) }, (_, i) => toBlock(bytes.subarray(i * 16, (i + 1) * 16)))
  const lengths = (BigInt(aad.length * 8) << 64n) | BigInt(ciphertext.length * 8)
  return [...blocks(aad), ...blocks(ciphertext), lengths]
}

export const ghash = (h: bigint, blocks: readonly bigint[]): bigint =>
  blocks.reduce((sum, block) => multiply(sum ^ block, h), 0n)
