/**
 * Opaque tokens that carry what they mean: page markers, grant tokens, import tokens. A holder can neither read nor
 * change one, nor use it for another purpose.
 *
 *   base64url of: version 1 (1 byte) | salt 16 | iv 12 | ciphertext of JSON | tag 16
 *
 * Sealed as in one-use.ts with the label; additional data = the purpose.
 */
import type { KeyObject } from 'node:crypto'
import type { Label } from './labels.ts'
import { openOnce, sealOnce } from './one-use.ts'
import { encodeFields } from './tlv.ts'

const HEADER = Buffer.from([1])

export type TokenKind = { readonly key: KeyObject; readonly label: Label; readonly purpose: string }

/** A token that means `content`. Throws TypeError for what JSON cannot say. */
export function sealToken({ key, label, purpose }: TokenKind, content: unknown): string {
  const json: string | undefined = JSON.stringify(content)
  if (json === undefined) throw new TypeError('the content of a token is JSON')
  const bound = { header: HEADER, aad: encodeFields([purpose]) }
  return sealOnce({ key, label }, bound, Buffer.from(json)).toString('base64url')
}

/** What a token of this kind means, or undefined when it is none. */
export function openToken({ key, label, purpose }: TokenKind, token: string): unknown {
  const sealed = Buffer.from(token, 'base64url')
  // Buffer skips what is not base64, so only what encodes back the same was ours.
  if (sealed[0] !== HEADER[0] || sealed.toString('base64url') !== token) return undefined
  const bound = { headerBytes: HEADER.length, aad: encodeFields([purpose]) }
  const json = openOnce({ key, label }, bound, sealed)
  return json && JSON.parse(json.toString())
}
