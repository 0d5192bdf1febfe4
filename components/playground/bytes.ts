/** Bytes as people type and read them: text, base64, hex. Nothing here keeps what it was given. */

export const ENCODINGS = ['text', 'base64', 'hex'] as const
export type Encoding = (typeof ENCODINGS)[number]

export const ENCODING_NAMES: Readonly<Record<Encoding, string>> = {
  text: 'Text',
  base64: 'Base64',
  hex: 'Hex',
}

/** The bytes that a text means, or what is wrong with it. */
export type Read =
  | { readonly bytes: Uint8Array<ArrayBuffer>; readonly fault?: never }
  | { readonly bytes?: never; readonly fault: string }

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/
const HEX = /^(?:[0-9a-f]{2})*$/i

function readHex(text: string): Read {
  const digits = text.replace(/\s+/g, '')
  if (!HEX.test(digits))
    return {
      fault:
        digits.length % 2
          ? 'Hex has two digits for each byte: one is missing.'
          : 'Hex has the digits 0–9 and a–f only.',
    }
  return { bytes: Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)) }
}

function readBase64(text: string): Read {
  const packed = text.replace(/\s+/g, '')
  if (!BASE64.test(packed))
    return {
      fault: 'This is not base64: it has A–Z, a–z, 0–9, + and /, in groups of four, with = at the end only.',
    }
  return { bytes: Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0)) }
}

export function readBytes(text: string, encoding: Encoding): Read {
  if (encoding === 'hex') return readHex(text)
  if (encoding === 'base64') return readBase64(text)
  return { bytes: new TextEncoder().encode(text) }
}

/** UTF-8 text, or undefined when the bytes are not. */
function utf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

const toBase64 = (bytes: Uint8Array) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
const toHex = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')

/** Bytes in an encoding; undefined for text that they are not. */
export function printBytes(bytes: Uint8Array, encoding: Encoding): string | undefined {
  if (encoding === 'base64') return toBase64(bytes)
  return encoding === 'hex' ? toHex(bytes) : utf8(bytes)
}

/** Base64 from the engine. */
export const fromWire = (base64: string): Uint8Array => readBase64(base64).bytes ?? new Uint8Array()
export const toWire = toBase64
