/**
 * What a person pasted into the palette, by its shape alone: an ARN, a key ID, an alias, an event or request ID, an
 * access key ID, a ciphertext, or words to look for. Works in browsers; it asks nobody.
 */
import { ACCESS_KEY_ID } from '../domain/account.ts'
import { type Arn, KEY_ID, parseArn } from '../domain/arn.ts'
import { ciphertextHead, readCiphertextBlob } from '../domain/ciphertext-blob.ts'

export type Pasted =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'arn'; readonly text: string; readonly arn: Arn }
  /** Keys, events and requests have ids of one shape. */
  | { readonly kind: 'id'; readonly id: string }
  | { readonly kind: 'alias'; readonly name: string }
  | { readonly kind: 'access-key'; readonly id: string }
  /** `head` is base64 of as much as names the key, and no more. */
  | { readonly kind: 'ciphertext'; readonly head: string }
  | { readonly kind: 'words'; readonly words: readonly string[] }
  /** Too long for a search, and no ciphertext of ours. */
  | { readonly kind: 'unknown' }

const ALIAS = /^alias\/[\w/-]{1,250}$/
const AWS_ACCESS_KEY = /^(?:AKIA|ASIA)[A-Z0-9]{12,124}$/
const BASE64 = /^[A-Za-z0-9+/_-]+={0,2}$/
/** Nothing that people look keys up by is longer. */
const LONGEST_SEARCH = 256

function bytesOf(base64: string): Uint8Array | undefined {
  try {
    return Uint8Array.from(atob(base64.replace(/-/g, '+').replace(/_/g, '/')), (char) => char.charCodeAt(0))
  } catch {
    return undefined
  }
}

function ciphertextIn(text: string): string | undefined {
  const bytes = BASE64.test(text) ? bytesOf(text) : undefined
  if (!bytes || !readCiphertextBlob(bytes)) return undefined
  return btoa(String.fromCharCode(...ciphertextHead(bytes)))
}

/** The shape of what was pasted. Quotes and line breaks around or inside it, as terminals give them, do not count. */
export function readPasted(typed: string): Pasted {
  const text = typed.trim().replace(/^["'`]+|["'`,;]+$/g, '')
  if (text === '') return { kind: 'nothing' }
  const arn = parseArn(text)
  if (arn) return { kind: 'arn', text, arn }
  const id = text.toLowerCase()
  if (KEY_ID.test(id)) return { kind: 'id', id }
  if (ALIAS.test(text)) return { kind: 'alias', name: text }
  if (AWS_ACCESS_KEY.test(text) && ACCESS_KEY_ID.test(text)) return { kind: 'access-key', id: text }
  const head = ciphertextIn(text.replace(/\s+/g, ''))
  if (head) return { kind: 'ciphertext', head }
  return text.length > LONGEST_SEARCH ? { kind: 'unknown' } : { kind: 'words', words: text.split(/\s+/) }
}
