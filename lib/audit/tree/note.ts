/**
 * Checkpoints as signed notes (C2SP signed-note and tlog-checkpoint).
 *
 *   <origin>                                        the log's name
 *   <size, decimal>
 *   <root, base64>
 *                                                   an empty line
 *   — <name> <base64 of: key id 4 bytes | signature>      one line for each signer, in em dash and spaces
 *
 * A signer's key id is SHA-256(name | 0x0A | 0x01 | public key) cut to 4 bytes, and its verifier key is written
 * <name>+<key id, hex>+<base64 of: 0x01 | public key>; 0x01 is Ed25519.
 */
import { Buffer } from 'node:buffer'
import { sha256 } from '../../crypto/digest.ts'
import { equalBytes } from '../../crypto/equal.ts'
import { type LogSigner, logSignatureHolds } from '../../crypto/log-signer.ts'
import { HASH_BYTES } from './hash.ts'

const ED25519 = 1
const KEY_ID_BYTES = 4

export type TreeHead = { readonly origin: string; readonly size: number; readonly root: Buffer }

export type NoteSignature = { readonly name: string; readonly keyId: Buffer; readonly signature: Buffer }
/** The text ends in a line feed; it is what is signed. */
export type Note = { readonly text: string; readonly signatures: readonly NoteSignature[] }

export type VerifierKey = { readonly name: string; readonly keyId: Buffer; readonly publicKey: Buffer }

/** Why a text is no note, no checkpoint or no key, or whose signature does not hold. */
export class NoteError extends Error {
  override readonly name = 'NoteError'
}

const typed = (publicKey: Uint8Array) => Buffer.concat([Buffer.from([ED25519]), publicKey])

const keyIdOf = (name: string, publicKey: Uint8Array) =>
  sha256(Buffer.concat([Buffer.from(`${name}\n`), typed(publicKey)])).subarray(0, KEY_ID_BYTES)

/** The verifier key as people are given it. */
export const printVerifierKey = (name: string, publicKey: Uint8Array): string =>
  `${name}+${keyIdOf(name, publicKey).toString('hex')}+${typed(publicKey).toString('base64')}`

/** @throws NoteError for a text that is no Ed25519 verifier key. */
export function parseVerifierKey(text: string): VerifierKey {
  const [, name, id, key] = /^([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+={0,2})$/.exec(text.trim()) ?? []
  const bytes = Buffer.from(key ?? '', 'base64')
  const publicKey = bytes.subarray(1)
  if (!name || bytes[0] !== ED25519 || publicKey.length !== 32)
    throw new NoteError('this is no Ed25519 verifier key')
  const keyId = keyIdOf(name, publicKey)
  if (keyId.toString('hex') !== id)
    throw new NoteError('the verifier key does not have the id that it states')
  return { name, keyId, publicKey }
}

/** What is signed of a tree's head. */
export const checkpointText = ({ origin, size, root }: TreeHead): string =>
  `${origin}\n${size}\n${root.toString('base64')}\n`

/** A signed note over a text that ends in a line feed. */
export function signText(text: Uint8Array, name: string, signer: LogSigner): string {
  const signature = Buffer.concat([keyIdOf(name, signer.publicKey), signer.sign(text)])
  return `${Buffer.from(text).toString('utf8')}\n— ${name} ${signature.toString('base64')}\n`
}

/** The signed checkpoint of a tree's head, under the name that is its origin. */
export const signCheckpoint = (head: TreeHead, signer: LogSigner): string =>
  signText(Buffer.from(checkpointText(head)), head.origin, signer)

/** @throws NoteError */
export function parseNote(note: string): Note {
  const end = note.lastIndexOf('\n\n')
  if (end < 0 || !note.endsWith('\n')) throw new NoteError('this is no signed note')
  const signatures = note
    .slice(end + 2, -1)
    .split('\n')
    .map((line) => {
      const [, name, base64] = /^— (\S+) ([A-Za-z0-9+/]+={0,2})$/.exec(line) ?? []
      const bytes = Buffer.from(base64 ?? '', 'base64')
      // Base64 has characters with unused bits: a signature has one spelling.
      if (!name || bytes.length <= KEY_ID_BYTES || bytes.toString('base64') !== base64)
        throw new NoteError('a signature line cannot be read')
      return { name, keyId: bytes.subarray(0, KEY_ID_BYTES), signature: bytes.subarray(KEY_ID_BYTES) }
    })
  return { text: note.slice(0, end + 1), signatures }
}

/** @throws NoteError */
export function parseCheckpoint(text: string): TreeHead {
  const [origin, size, root] = text.split('\n')
  const hash = Buffer.from(root ?? '', 'base64')
  if (!origin || !size || !/^(0|[1-9][0-9]{0,15})$/.test(size) || hash.length !== HASH_BYTES)
    throw new NoteError('this is no checkpoint')
  return { origin, size: Number(size), root: hash }
}

/** The head that a checkpoint states, where one of the keys signed it. @throws NoteError */
export function openCheckpoint(note: string, keys: readonly VerifierKey[]): TreeHead {
  const { text, signatures } = parseNote(note)
  const head = parseCheckpoint(text)
  const message = Buffer.from(text)
  const ours = signatures.filter(({ name, keyId }) =>
    keys.some((key) => key.name === name && name === head.origin && equalBytes(key.keyId, keyId)),
  )
  if (ours.length === 0) throw new NoteError(`no known key signed the checkpoint of ${head.origin}`)
  for (const { name, keyId, signature } of ours) {
    const key = keys.find((one) => one.name === name && equalBytes(one.keyId, keyId))
    if (!key || !logSignatureHolds(key.publicKey, message, signature))
      throw new NoteError(`the signature of ${name} does not hold`)
  }
  return head
}
