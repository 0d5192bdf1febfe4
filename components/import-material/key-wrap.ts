/**
 * AES Key Wrap with Padding (RFC 5649) on WebCrypto, which has AES-KW but not its padded form. For the learner's wrap in
 * the browser only; the engine has its own.
 *
 *   A = A65959A6 ‖ length in 4 bytes      P = plaintext padded with zeros to whole blocks of 8 bytes
 *   one block: AES(A ‖ P)                 more: the six rounds of RFC 3394 over A and the blocks of P
 */
const BLOCK = 8
const ROUNDS = 6
const CONSTANT = [0xa6, 0x59, 0x59, 0xa6]

type Bytes = Uint8Array<ArrayBuffer>
type Encrypt = (block: Bytes) => Promise<Bytes>

/** One AES block: CBC from a zero vector is that, and its padding a second block that is dropped. */
function blockCipher(key: CryptoKey): Encrypt {
  const iv = new Uint8Array(2 * BLOCK)
  return async (block) =>
    new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-CBC', iv }, key, block)).slice(0, 2 * BLOCK)
}

function initialValue(length: number): Bytes {
  const value = new Uint8Array(BLOCK)
  value.set(CONSTANT)
  new DataView(value.buffer).setUint32(4, length)
  return value
}

/** Adds the step's number into the register, as RFC 3394 does after each block. */
function stir(register: Bytes, step: number): void {
  const view = new DataView(register.buffer, register.byteOffset, BLOCK)
  view.setUint32(4, (view.getUint32(4) ^ step) >>> 0)
}

export const joined = (...parts: readonly Uint8Array[]): Bytes => {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/** The wrapped form of 1 to 2³²−1 bytes under an AES key of 16, 24 or 32 bytes. */
export async function wrapWithPadding(kek: Bytes, plaintext: Uint8Array): Promise<Bytes> {
  const encrypt = blockCipher(await crypto.subtle.importKey('raw', kek, 'AES-CBC', false, ['encrypt']))
  const blocks = Math.ceil(plaintext.length / BLOCK)
  const padded = new Uint8Array(blocks * BLOCK)
  padded.set(plaintext)
  let register: Bytes = initialValue(plaintext.length)
  if (blocks === 1) return encrypt(joined(register, padded))
  for (let round = 0; round < ROUNDS; round++) {
    for (let index = 0; index < blocks; index++) {
      const place = padded.subarray(index * BLOCK, (index + 1) * BLOCK)
      const sealed = await encrypt(joined(register, place))
      register = sealed.slice(0, BLOCK)
      stir(register, round * blocks + index + 1)
      place.set(sealed.subarray(BLOCK))
    }
  }
  return joined(register, padded)
}
