/** Deletion of keys whose waiting period is over: the material is gone for good, a tombstone stays (facts §12). */
import type { AuditWriter } from '#lib/audit/write/writer.ts'
import { changeAlone, type KeyPlan, type Plan } from '#lib/engine/change-alone.ts'
import type { LoadedKey } from '#lib/engine/keys.ts'
import type { Services } from '#lib/engine/services.ts'
import { dueForDeletion, insertDeletedKey } from '#lib/store/deleted-keys.ts'
import { databaseFailure } from '#lib/store/failures.ts'
import { otherMembers } from './family.ts'
import type { Fault } from './rotation.ts'

const DAY = 86_400_000
const AT_ONCE = 100

/** What a member becomes when another has gone. A primary that waited for its last replica now has a date. */
function without(member: LoadedKey, gone: string, now: Date): KeyPlan {
  const { row } = member
  const memberRegions = row.memberRegions.filter((region) => region !== gone)
  if (memberRegions.length > 1 || row.pendingWindowDays === null)
    return { key: member, set: { memberRegions } }
  const deletionAt = new Date(now.getTime() + row.pendingWindowDays * DAY)
  return {
    key: member,
    set: { memberRegions, state: 'PendingDeletion', deletionAt, pendingWindowDays: null },
  }
}

async function plan(services: Services, key: LoadedKey): Promise<Plan | undefined> {
  const now = services.clock.now()
  const { row } = key
  if (row.state !== 'PendingDeletion' || row.deletionAt === null || row.deletionAt > now) return undefined
  const family = await otherMembers(services, row)
  return {
    keys: [
      { key, set: 'delete', event: { name: 'DeleteKey' } },
      ...family.map((member) => without(member, row.region, now)),
    ],
    rows: (transaction) => insertDeletedKey(transaction, row, now),
  }
}

/** Deletes every key that is due; gives how many were. A key that cannot be is reported and holds up no other. */
export async function deleteDueKeys(services: Services, writer: AuditWriter, fault: Fault): Promise<number> {
  let deleted = 0
  for (const place of await dueForDeletion(services.database.sql, AT_ONCE)) {
    try {
      if (await changeAlone({ services, writer }, place, (key) => plan(services, key))) deleted++
    } catch (thrown) {
      if (databaseFailure(thrown) === 'unavailable') throw thrown
      fault(`key ${place.id} of ${place.account} in ${place.region} could not be deleted`, thrown)
    }
  }
  return deleted
}
