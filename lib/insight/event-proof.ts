/** Proofs that whoever asks can check without us: of one event under a checkpoint, and of one checkpoint after another. */
import type { z } from 'zod'
import { checkpointView } from '#lib/audit/tree/checkpoint-view.ts'
import { type Checkpoint, proofOf } from '#lib/audit/tree/checkpoints.ts'
import {
  checkpointOfSize,
  checkpointWithLeaf,
  type PlacedEvent,
  placeOf,
  proveEvent,
} from '#lib/audit/tree/event-proof.ts'
import { consistencyRanges } from '#lib/audit/tree/proof.ts'
import { GetConsistencyProofInput, GetEventProofInput } from '#lib/domain/operations/evidence.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import { nameOfLog } from '#lib/engine/log-name.ts'
import { verifierKeyOf } from '#lib/engine/log-watch.ts'
import { operation } from '#lib/engine/operation.ts'
import type { Services } from '#lib/engine/services.ts'

type ProofInput = z.infer<typeof GetEventProofInput>

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')
const missing = (text: string) => new KmsError('NotFoundException', text)

/** A checkpoint of exactly that size. @throws NotFoundException */
async function signedOf({ database, domainKeys, reader }: Services, size: number): Promise<Checkpoint> {
  const { origin } = await nameOfLog(database.sql, domainKeys)
  const found = await checkpointOfSize(reader, origin, size)
  if (!found) throw missing(`No checkpoint of ${size} leaves was signed.`)
  return found
}

/** The newest that has the leaf: signed at once for an event that is newer than all. @throws NotFoundException */
async function covering({ notary, reader }: Services, index: number): Promise<Checkpoint> {
  // Nothing is signed while the log is in doubt; what was signed before is still worth showing.
  const newest = await notary.checkpoint().catch(() => undefined)
  if (newest && newest.size > index) return newest
  const older = await checkpointWithLeaf(reader, index)
  if (!older)
    throw missing('The event is in the log, but no checkpoint has it yet: the log is not being signed.')
  return older
}

async function checkpointFor(services: Services, { index }: PlacedEvent, size: number | undefined) {
  const checkpoint = size === undefined ? await covering(services, index) : await signedOf(services, size)
  if (checkpoint.size > index) return checkpoint
  throw missing(
    `The checkpoint of ${checkpoint.size} leaves is from before the event, which is leaf ${index}.`,
  )
}

export const GetEventProof = operation({
  name: 'GetEventProof',
  service: 'Keyhouse',
  action: 'cloudtrail:LookupEvents',
  class: 'read',
  input: GetEventProofInput,
  logged: { request: ({ EventId, Size }: ProofInput) => ({ eventId: EventId, size: Size }) },

  async run(call, { EventId: id, Size: size }: ProofInput) {
    await call.permit()
    const { services } = call
    await services.sequencer.catchUp()
    const placed = await placeOf(services.reader, call.account, id)
    if (!placed) throw missing(`Event '${id}' does not exist`)
    const checkpoint = await checkpointFor(services, placed, size)
    const proven = await proveEvent(services.reader, placed, checkpoint)
    if (!proven.holds) await services.logWatch.report(placed.row ? 'mismatch' : 'missing', placed)
    return {
      EventId: id,
      Index: placed.index,
      Leaf: proven.leaf,
      LeafHash: base64(proven.leafHash),
      Hashes: proven.hashes.map(base64),
      Checkpoint: checkpointView(checkpoint),
      VerifierKey: verifierKeyOf(services.domainKeys, checkpoint.origin),
    }
  },
})

type ConsistencyInput = z.infer<typeof GetConsistencyProofInput>

export const GetConsistencyProof = operation({
  name: 'GetConsistencyProof',
  service: 'Keyhouse',
  action: 'cloudtrail:LookupEvents',
  class: 'read',
  input: GetConsistencyProofInput,
  logged: { request: ({ First, Second }: ConsistencyInput) => ({ first: First, second: Second }) },

  async run(call, { First: first, Second: second }: ConsistencyInput) {
    await call.permit()
    if (first > second) throw new KmsError('ValidationException', 'First must not be larger than Second.')
    const { services } = call
    const [one, other] = [await signedOf(services, first), await signedOf(services, second)]
    const hashes = await proofOf(services.reader, consistencyRanges(first, second))
    return { First: checkpointView(one), Second: checkpointView(other), Hashes: hashes.map(base64) }
  },
})
