/**
 * One event with its proof, as a file that needs nothing beside it but the log's public key:
 *
 *   { "format": "keyhouse-audit-proof/v1",
 *     "event": { … as a line of events/ … },
 *     "hashes": ["…base64…", …]      from the leaf up (RFC 6962 §2.1.1)
 *     "checkpoint": "…signed note…",
 *     "verifierKey": "…"             not to be trusted }
 */
import { Buffer } from 'node:buffer'
import { HASH_BYTES, leafHash } from '../tree/hash.ts'
import { NoteError, openCheckpoint, type TreeHead, type VerifierKey } from '../tree/note.ts'
import { includes } from '../tree/proof.ts'
import { type ExportedEvent, leafOf, parseEvent } from './event-line.ts'

export const PROOF_FORMAT = 'keyhouse-audit-proof/v1'

export type ProofFile = {
  readonly event: ExportedEvent
  readonly hashes: readonly string[]
  readonly checkpoint: string
  readonly verifierKey: string
}

export const printProof = ({ event, hashes, checkpoint, verifierKey }: ProofFile): string =>
  `${JSON.stringify({ format: PROOF_FORMAT, event, hashes, checkpoint, verifierKey }, null, 2)}\n`

/** Undefined for a text that is no proof. */
export function parseProof(text: string): ProofFile | undefined {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  if (typeof value !== 'object' || value === null || Reflect.get(value, 'format') !== PROOF_FORMAT)
    return undefined
  const event = parseEvent(JSON.stringify(Reflect.get(value, 'event') ?? null))
  const hashes: unknown = Reflect.get(value, 'hashes')
  const checkpoint: unknown = Reflect.get(value, 'checkpoint')
  const verifierKey: unknown = Reflect.get(value, 'verifierKey') ?? ''
  if (!event || !Array.isArray(hashes) || typeof checkpoint !== 'string' || typeof verifierKey !== 'string')
    return undefined
  const isHash = (hash: unknown): hash is string =>
    typeof hash === 'string' && Buffer.from(hash, 'base64').length === HASH_BYTES
  return hashes.every(isHash) ? { event, hashes, checkpoint, verifierKey } : undefined
}

export type CheckedProof =
  | { readonly head: TreeHead; readonly fault?: undefined }
  | { readonly fault: string }

/** Whether the event, as it stands in the file, is the one that the signed tree has at its place. */
export function checkProof(
  { event, hashes, checkpoint }: ProofFile,
  keys: readonly VerifierKey[],
): CheckedProof {
  let head: TreeHead
  try {
    head = openCheckpoint(checkpoint, keys)
  } catch (thrown) {
    if (!(thrown instanceof NoteError)) throw thrown
    return { fault: `the checkpoint: ${thrown.message}` }
  }
  const proof = hashes.map((hash) => Buffer.from(hash, 'base64'))
  const leaf = leafHash(Buffer.from(leafOf(event)))
  const { index } = event
  const holds = includes({ leaf, index, size: head.size, proof, root: head.root })
  return holds ? { head } : { fault: `this event is not the one that the log has at ${index}` }
}
