/**
 * One event's proof, checked in this browser step by step. Nothing of what the server says of the outcome is believed:
 * each step computes from the record, the leaf, the path and the note, and shows what went in and what came out.
 */
import { count, formatNumber } from '#lib/console/format.ts'
import type { OutputOf } from '#lib/console/operations.ts'
import { parseLeaf } from '#lib/domain/log-leaf.ts'
import { type Checkpoint, isSignedBy, readCheckpoint, readVerifierKey } from './note-check.ts'
import type { StoredTexts } from './proof-file.ts'
import {
  type Bytes,
  fromBase64,
  grewFrom,
  hashOfLeaf,
  sameBytes,
  sha256,
  toBase64,
  utf8,
  type Walk,
  walk,
} from './tree-check.ts'

export type EventProofView = OutputOf<'GetEventProof'>
export type ConsistencyProofView = OutputOf<'GetConsistencyProof'>

export type StepValue = { readonly name: string; readonly value: string }
export type ProofStep = {
  readonly name: string
  /** 'unknown' where this browser cannot tell. */
  readonly holds: boolean | 'unknown'
  /** What was found. */
  readonly sentence: string
  readonly values: readonly StepValue[]
}

const value = (name: string, text: string): StepValue => ({ name, value: text })

const text64 = (bytes: Bytes | undefined) => (bytes ? toBase64(bytes) : 'none')

/** The leaf is of this event, and names this record. */
async function recordStep(subtle: SubtleCrypto, proof: EventProofView, record: string): Promise<ProofStep> {
  const leaf = parseLeaf(proof.Leaf)
  const found = toBase64(await sha256(subtle, utf8(record)))
  const values = [
    value('SHA-256 of the record', found),
    value('In the leaf', leaf?.bodyHash ?? 'none'),
    value('Event in the leaf', leaf?.id ?? 'none'),
  ]
  const name = 'Record'
  if (!leaf) return { name, holds: false, sentence: 'The leaf’s text cannot be read.', values }
  if (leaf.id !== proof.EventId)
    return { name, holds: false, sentence: 'The leaf is of another event.', values }
  if (leaf.bodyHash !== found)
    return { name, holds: false, sentence: 'The record is not the one that the leaf names.', values }
  return { name, holds: true, sentence: 'The leaf names exactly this record.', values }
}

/**
 * The leaf names this decision and these condition values. They come parsed and are written again here, which may differ
 * from what was hashed by more than what they say: so what does not match is not called wrong.
 */
async function decisionStep(
  subtle: SubtleCrypto,
  proof: EventProofView,
  { decision, context }: StoredTexts,
): Promise<ProofStep> {
  const leaf = parseLeaf(proof.Leaf)
  const hashOf = async (text: string | null) =>
    text === null ? null : toBase64(await sha256(subtle, utf8(text)))
  const [ofDecision, ofContext] = [await hashOf(decision), await hashOf(context)]
  const holds =
    leaf !== undefined && leaf.decisionHash === ofDecision && leaf.contextHash === ofContext
      ? true
      : 'unknown'
  const nothing = decision === null && context === null
  const same = nothing
    ? 'The event has no decision, and the leaf names none.'
    : 'The leaf names exactly this decision and the values that it read.'
  return {
    name: 'Decision',
    holds,
    sentence: holds === true ? same : 'Not checked here: the decision could not be compared byte for byte.',
    values: [
      value('SHA-256 of the decision', ofDecision ?? 'none'),
      value('Decision in the leaf', leaf?.decisionHash ?? 'none'),
      value('SHA-256 of the values that it read', ofContext ?? 'none'),
      value('Values in the leaf', leaf?.contextHash ?? 'none'),
    ],
  }
}

async function leafStep(subtle: SubtleCrypto, proof: EventProofView): Promise<ProofStep> {
  const found = toBase64(await hashOfLeaf(subtle, utf8(proof.Leaf)))
  const holds = found === proof.LeafHash
  const sentence = holds
    ? 'The leaf has the hash that the log holds.'
    : 'The event that is stored now is not the one that was recorded: its leaf has another hash than the log holds.'
  const values = [value('Computed from what is stored', found), value('In the log', proof.LeafHash)]
  return { name: 'Leaf hash', holds, sentence, values }
}

async function walked(subtle: SubtleCrypto, proof: EventProofView, size: number): Promise<Walk> {
  const leaf = fromBase64(proof.LeafHash)
  const hashes = proof.Hashes.map(fromBase64)
  if (!leaf || !hashes.every((hash) => hash !== undefined)) return { steps: [], root: undefined }
  return walk(subtle, { leaf, index: proof.Index, size, hashes })
}

async function pathStep(
  subtle: SubtleCrypto,
  proof: EventProofView,
  { size, root }: Pick<Checkpoint, 'size' | 'root'>,
): Promise<ProofStep> {
  const way = await walked(subtle, proof, size)
  const holds = way.root !== undefined && sameBytes(way.root, root)
  const sentence = holds
    ? `The path leads from the log’s hash at #${formatNumber(proof.Index)} to the root of the checkpoint.`
    : 'The path does not lead to the root of the checkpoint.'
  const values = [
    ...way.steps.map(({ side, beside, result }, at) =>
      value(`Step ${at + 1}, with the hash on the ${side} ${beside}`, result),
    ),
    value('Root of the path', text64(way.root)),
    value('Root of the checkpoint', toBase64(root)),
  ]
  return { name: 'Path', holds, sentence, values }
}

/** What a signed note says is what we were told it says. */
function noteStep(note: Checkpoint | undefined, stated: EventProofView['Checkpoint']): ProofStep {
  const name = 'Checkpoint'
  if (!note) return { name, holds: false, sentence: 'The checkpoint is no signed note.', values: [] }
  const holds =
    note.origin === stated.Origin && note.size === stated.Size && toBase64(note.root) === stated.Root
  const sentence = holds
    ? `The signed note states ${count(note.size, 'event')} and this root.`
    : 'The signed note states something else than the server says of it.'
  const values = [
    value('Log', note.origin),
    value('Size', String(note.size)),
    value('Root', toBase64(note.root)),
  ]
  return { name, holds, sentence, values }
}

async function signatureStep(
  subtle: SubtleCrypto,
  note: Checkpoint,
  verifierKey: string,
): Promise<ProofStep> {
  const name = 'Signature'
  const key = await readVerifierKey(subtle, verifierKey)
  const values = [value('Key', verifierKey)]
  if (!key) return { name, holds: false, sentence: 'The key is no Ed25519 verifier key.', values }
  const holds = await isSignedBy(subtle, note, key)
  if (holds === 'unknown')
    return { name, holds, sentence: 'Not checked here: this browser has no Ed25519.', values }
  const sentence = holds
    ? 'The key signed this checkpoint.'
    : 'The signature is not one of this key over this checkpoint.'
  return { name, holds, sentence, values }
}

/** Every step of an event's proof, from the texts that are stored now. */
export async function checkEventProof(
  subtle: SubtleCrypto,
  proof: EventProofView,
  texts: StoredTexts,
): Promise<readonly ProofStep[]> {
  const note = readCheckpoint(proof.Checkpoint.Note)
  const steps = [
    await recordStep(subtle, proof, texts.record),
    await decisionStep(subtle, proof, texts),
    await leafStep(subtle, proof),
  ]
  if (!note) return [...steps, noteStep(note, proof.Checkpoint)]
  return [
    ...steps,
    await pathStep(subtle, proof, note),
    noteStep(note, proof.Checkpoint),
    await signatureStep(subtle, note, proof.VerifierKey),
  ]
}

/** Whether the log of the second checkpoint begins with all of the first; and who signed both. */
export async function checkConsistency(
  subtle: SubtleCrypto,
  proof: ConsistencyProofView,
  keys: readonly string[],
): Promise<readonly ProofStep[]> {
  const notes = [proof.First, proof.Second].map(({ Note }) => readCheckpoint(Note))
  const [first, second] = notes
  const stated = [noteStep(first, proof.First), noteStep(second, proof.Second)].map((step, at) => ({
    ...step,
    name: at === 0 ? 'Earlier checkpoint' : 'Later checkpoint',
  }))
  if (!first || !second) return stated
  const signed = [
    { ...(await signedByAny(subtle, first, keys)), name: 'Earlier signature' },
    { ...(await signedByAny(subtle, second, keys)), name: 'Later signature' },
  ]
  const hashes = proof.Hashes.map(fromBase64)
  const grew =
    hashes.every((hash) => hash !== undefined) && (await grewFrom(subtle, { first, second, hashes }))
  const growth: ProofStep = {
    name: 'Growth',
    holds: grew,
    sentence: grew
      ? `The log of ${count(second.size, 'event')} begins with all ${formatNumber(first.size)} of the earlier one, unchanged.`
      : 'The later log does not begin with the earlier one: something before it was changed or removed.',
    values: proof.Hashes.map((hash, at) => value(`Hash ${at + 1}`, hash)),
  }
  return [...stated, ...signed, growth]
}

async function signedByAny(
  subtle: SubtleCrypto,
  note: Checkpoint,
  keys: readonly string[],
): Promise<ProofStep> {
  const steps = await Promise.all(keys.map((key) => signatureStep(subtle, note, key)))
  return (
    steps.find(({ holds }) => holds !== false) ??
    steps[0] ?? { name: 'Signature', holds: false, sentence: 'No key is known.', values: [] }
  )
}

export type Outcome = 'holds' | 'fails' | 'incomplete'

/** The whole: one step that fails is enough. */
export const outcomeOf = (steps: readonly ProofStep[]): Outcome => {
  if (steps.some(({ holds }) => holds === false)) return 'fails'
  return steps.every(({ holds }) => holds === true) ? 'holds' : 'incomplete'
}
