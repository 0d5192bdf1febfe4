/**
 * What ReplicateKey and UpdatePrimaryRegion leave to be finished: a new replica gets its material, keys that were
 * updating become enabled again (facts §13). AWS takes seconds for it; here it is done as soon as the bell rings.
 */
import type { AuditWriter } from '#lib/audit/write/writer.ts'
import type { KeyState } from '#lib/domain/key-state.ts'
import { changeAlone, type Plan } from '#lib/engine/change-alone.ts'
import type { LoadedKey } from '#lib/engine/keys.ts'
import { sealMaterial } from '#lib/engine/new-material.ts'
import type { Services } from '#lib/engine/services.ts'
import { databaseFailure } from '#lib/store/failures.ts'
import { insertMaterial, type MaterialRow, type NewMaterial } from '#lib/store/materials.ts'
import { keysToSettle } from '#lib/store/replicas.ts'
import { otherMembers } from './family.ts'
import type { Fault } from './rotation.ts'

const AT_ONCE = 100
const SYNCHRONIZED = { name: 'SynchronizeMultiRegionKey' }

/** The primary's material as the replica's own row: sealed for its Region, or waiting for its own import. */
async function copyOf(
  services: Services,
  from: { primary: LoadedKey; material: MaterialRow },
  replica: LoadedKey,
): Promise<NewMaterial> {
  const { primary, material } = from
  const same = {
    id: material.id,
    state: material.state,
    rotationType: material.rotationType,
    at: material.rotatedAt ?? material.createdAt,
  }
  // Each Region imports for itself, the same bytes (facts §11).
  if (primary.row.origin === 'EXTERNAL')
    return { ...same, sealed: null, checkValue: null, importState: 'PENDING_IMPORT' }
  const bytes = await services.keys.bytesOf(primary, material.id)
  if (!bytes) throw new Error(`material ${material.id} of key ${primary.arn} has no bytes`)
  // Sealing waits, and what is lent is wiped on return.
  const raw = bytes.lend((lent) => Uint8Array.from(lent))
  try {
    return { ...same, ...(await sealMaterial(services.domainKeys, replica.row, raw)) }
  } finally {
    raw.fill(0)
  }
}

async function planReplica(services: Services, replica: LoadedKey): Promise<Plan | undefined> {
  const { row } = replica
  const primary = (await otherMembers(services, row)).find((other) => other.row.region === row.primaryRegion)
  if (!primary) return undefined
  const held = new Set(row.materials.map(({ id }) => id))
  const copies: NewMaterial[] = []
  for (const material of primary.row.materials.filter(({ id }) => !held.has(id)))
    copies.push(await copyOf(services, { primary, material }, replica))
  const state: KeyState = row.origin === 'EXTERNAL' ? 'PendingImport' : 'Enabled'
  const set = { currentMaterialId: primary.row.currentMaterialId, ...(row.state === 'Creating' && { state }) }
  return {
    // The primary moves along, so that no rotation slips in between.
    keys: [
      { key: replica, set, event: SYNCHRONIZED },
      { key: primary, set: {} },
    ],
    async rows(transaction) {
      for (const copy of copies) await insertMaterial(transaction, row, copy)
    },
  }
}

async function plan(services: Services, key: LoadedKey): Promise<Plan | undefined> {
  const { state, currentMaterialId } = key.row
  if (state === 'Updating')
    return { keys: [{ key, set: { state: 'Enabled' }, event: SYNCHRONIZED }], rows: async () => {} }
  // A replica that was scheduled for deletion, or even saved from it, before it had its material.
  const bare = currentMaterialId === null && key.row.region !== key.row.primaryRegion
  return state === 'Creating' || bare ? planReplica(services, key) : undefined
}

/** Settles every key that waits for it; gives how many were. A key that cannot be is reported and holds up no other. */
export async function settleKeys(services: Services, writer: AuditWriter, fault: Fault): Promise<number> {
  let settled = 0
  for (const place of await keysToSettle(services.database.sql, AT_ONCE)) {
    try {
      if (await changeAlone({ services, writer }, place, (key) => plan(services, key))) settled++
    } catch (thrown) {
      if (databaseFailure(thrown) === 'unavailable') throw thrown
      fault(`key ${place.id} of ${place.account} in ${place.region} could not be settled`, thrown)
    }
  }
  return settled
}
