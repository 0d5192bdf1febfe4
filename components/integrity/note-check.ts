/**
 * Checkpoints as this browser reads them (C2SP signed-note, tlog-checkpoint), apart from the engine's own code:
 *
 *   <origin> LF <size, decimal> LF <root, base64> LF            what is signed
 *   LF
 *   — <name> <base64 of: key id 4 bytes | signature 64 bytes> LF
 *
 * A verifier key is <name>+<key id, 8 hex digits>+<base64 of: 0x01 | public key 32 bytes>, its id the first 4 bytes of
 * SHA-256(name | LF | 0x01 | public key).
 */
import { type Bytes, fromBase64, HASH_BYTES, joinBytes, sameBytes, sha256, utf8 } from './tree-check.ts'

const KEY_ID_BYTES = 4
const ED25519 = 1

export type Checkpoint = {
  readonly origin: string
  readonly size: number
  readonly root: Bytes
  /** What is signed. */
  readonly text: string
  readonly signatures: readonly { readonly name: string; readonly keyId: Bytes; readonly signature: Bytes }[]
}

/** A signed checkpoint, or undefined for a text that is none. */
export function readCheckpoint(note: string): Checkpoint | undefined {
  const end = note.lastIndexOf('\n\n')
  if (end < 0 || !note.endsWith('\n')) return undefined
  const text = note.slice(0, end + 1)
  const [origin, size, root] = text.split('\n')
  const hash = fromBase64(root ?? '')
  if (!origin || !/^(0|[1-9][0-9]{0,15})$/.test(size ?? '') || hash?.length !== HASH_BYTES) return undefined
  const signatures = note
    .slice(end + 2, -1)
    .split('\n')
    .flatMap((line) => {
      const [, name, base64] = /^— (\S+) (\S+)$/.exec(line) ?? []
      const bytes = fromBase64(base64 ?? '')
      if (!name || !bytes) return []
      return [{ name, keyId: bytes.slice(0, KEY_ID_BYTES), signature: bytes.slice(KEY_ID_BYTES) }]
    })
  return { origin, size: Number(size), root: hash, text, signatures }
}

export type VerifierKey = { readonly name: string; readonly keyId: Bytes; readonly publicKey: Bytes }

const hex = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')

/** An Ed25519 verifier key whose id is its own, or undefined. */
export async function readVerifierKey(subtle: SubtleCrypto, text: string): Promise<VerifierKey | undefined> {
  const [, name, id, base64] = /^([^+\s]+)\+([0-9a-f]{8})\+(\S+)$/.exec(text.trim()) ?? []
  const bytes = fromBase64(base64 ?? '')
  if (!name || bytes?.length !== 1 + 32 || bytes[0] !== ED25519) return undefined
  const keyId = (await sha256(subtle, joinBytes(utf8(`${name}\n`), bytes))).slice(0, KEY_ID_BYTES)
  return hex(keyId) === id ? { name, keyId, publicKey: bytes.slice(1) } : undefined
}

/** Whether that key signed the checkpoint; 'unknown' where this browser has no Ed25519. */
export async function isSignedBy(
  subtle: SubtleCrypto,
  { origin, text, signatures }: Checkpoint,
  { name, keyId, publicKey }: VerifierKey,
): Promise<boolean | 'unknown'> {
  const ours = signatures.find((one) => one.name === name && sameBytes(one.keyId, keyId))
  if (!ours || name !== origin) return false
  let key: CryptoKey
  try {
    key = await subtle.importKey('raw', publicKey, { name: 'Ed25519' }, false, ['verify'])
  } catch {
    return 'unknown'
  }
  return subtle.verify({ name: 'Ed25519' }, key, ours.signature, utf8(text))
}
