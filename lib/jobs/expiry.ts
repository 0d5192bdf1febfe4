/** Imported material whose date has come is deleted, and the key waits for it to be imported again (facts §11). */
import type { AuditWriter } from '#lib/audit/write/writer.ts'
import type { KeyState } from '#lib/domain/key-state.ts'
import { changeAlone, type Plan } from '#lib/engine/change-alone.ts'
import type { LoadedKey } from '#lib/engine/keys.ts'
import { withoutMaterial } from '#lib/engine/material-deletion.ts'
import type { Services } from '#lib/engine/services.ts'
import { databaseFailure } from '#lib/store/failures.ts'
import { dueToExpire } from '#lib/store/materials.ts'
import { otherMembers } from './family.ts'
import type { Fault } from './rotation.ts'

const AT_ONCE = 100

/** A key that is being made or moved settles first. */
const UNSETTLED: ReadonlySet<KeyState> = new Set(['Creating', 'Updating'])

async function plan(services: Services, key: LoadedKey, materialId: string): Promise<Plan | undefined> {
  const material = key.row.materials.find(({ id }) => id === materialId)
  if (!material?.validTo || material.validTo > services.clock.now() || UNSETTLED.has(key.row.state))
    return undefined
  const { keys, rows } = withoutMaterial(key, await otherMembers(services, key.row), material)
  // AWS names materials of symmetric encryption keys only.
  const details = key.row.spec === 'SYMMETRIC_DEFAULT' ? { keyMaterialId: materialId } : {}
  const own = { name: 'DeleteExpiredKeyMaterial', details }
  const others = { name: 'SynchronizeMultiRegionKey' }
  return { keys: keys.map((moved) => ({ ...moved, event: moved.key === key ? own : others })), rows }
}

/** Deletes every imported material that has expired; gives how many. One that cannot be holds up no other. */
export async function expireMaterials(
  services: Services,
  writer: AuditWriter,
  fault: Fault,
): Promise<number> {
  let expired = 0
  for (const { materialId, ...place } of await dueToExpire(services.database.sql, AT_ONCE)) {
    try {
      if (await changeAlone({ services, writer }, place, (key) => plan(services, key, materialId))) expired++
    } catch (thrown) {
      if (databaseFailure(thrown) === 'unavailable') throw thrown
      fault(`expired material of key ${place.id} of ${place.account} in ${place.region} stays`, thrown)
    }
  }
  return expired
}
