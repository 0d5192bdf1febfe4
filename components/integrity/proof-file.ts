/** A proof as a file: the one that `./keyhouse audit prove` writes, and `./keyhouse audit verify` reads. Pure. */
import type { OutputOf } from '#lib/console/operations.ts'
import { parseLeaf } from '#lib/domain/log-leaf.ts'
import type { EventProofView } from './proof-check.ts'

/** What the log hashed of an event, as texts. */
export type StoredTexts = {
  readonly record: string
  readonly decision: string | null
  readonly context: string | null
}

/** The engine sends a decision and condition values parsed; it wrote them as JSON.stringify does. */
export function textsOf({ Record, Decision, Context }: OutputOf<'GetEvent'>): StoredTexts {
  const text = (value: object | null) => (value === null ? null : JSON.stringify(value))
  return { record: Record, decision: text(Decision), context: text(Context) }
}

/** Undefined where the leaf cannot be read. */
export function proofFile(proof: EventProofView, texts: StoredTexts): object | undefined {
  const fields = parseLeaf(proof.Leaf)
  if (!fields) return undefined
  const { id, time, account, region, keyId, engineId, stream, counter } = fields
  return {
    format: 'keyhouse-audit-proof/v1',
    event: { index: proof.Index, id, time, account, region, keyId, engineId, stream, counter, ...texts },
    hashes: proof.Hashes,
    checkpoint: proof.Checkpoint.Note,
    verifierKey: proof.VerifierKey,
  }
}
