/** Automatic rotation of keys whose date has come (facts §10). */
import type { AuditWriter } from '#lib/audit/write/writer.ts'
import { changeAlone, type Plan } from '#lib/engine/change-alone.ts'
import type { LoadedKey } from '#lib/engine/keys.ts'
import { hasMaterial, isReplica } from '#lib/engine/material-deletion.ts'
import { newMaterialFor } from '#lib/engine/new-material.ts'
import { rotationDetails } from '#lib/engine/rotation-details.ts'
import type { Services } from '#lib/engine/services.ts'
import { databaseFailure } from '#lib/store/failures.ts'
import { dueForRotation } from '#lib/store/keys.ts'
import { insertMaterial } from '#lib/store/materials.ts'
import { otherMembers } from './family.ts'

const DAY = 86_400_000
const AT_ONCE = 100

/** The next date is a period after the one that was due; if that too has passed, a period from now. */
function nextDate(due: Date, periodDays: number, now: Date): Date {
  const regular = due.getTime() + periodDays * DAY
  return new Date(regular > now.getTime() ? regular : now.getTime() + periodDays * DAY)
}

async function plan(services: Services, key: LoadedKey): Promise<Plan | undefined> {
  const { row } = key
  const now = services.clock.now()
  const due = row.nextRotationAt
  if (!row.rotationEnabled || row.state !== 'Enabled' || due === null || row.rotationPeriodDays === null)
    return undefined
  if (due > now || isReplica(key)) return undefined
  const others = await otherMembers(services, row)
  const owners = [row, ...others.filter(hasMaterial).map((member) => member.row)] as const
  const { sealed } = await newMaterialFor(services.domainKeys, owners)
  const [{ id } = { id: '' }] = sealed
  const nextRotationAt = nextDate(due, row.rotationPeriodDays, now)
  const set = (member: LoadedKey) => ({
    nextRotationAt,
    ...(hasMaterial(member) && { currentMaterialId: id }),
  })
  const event = { name: 'RotateKey', details: rotationDetails(row, { id, rotationType: 'AUTOMATIC' }) }
  const along = { name: 'SynchronizeMultiRegionKey' }
  return {
    keys: [
      { key, set: set(key), event },
      ...others.map((member) => ({ key: member, set: set(member), event: along })),
    ],
    async rows(rows) {
      // The due date is unique per key: two sweeps of one date make one material.
      for (const [index, material] of sealed.entries())
        await insertMaterial(rows, owners[index] ?? row, {
          ...material,
          rotationType: 'AUTOMATIC',
          at: now,
          dueAt: due,
        })
    },
  }
}

export type Fault = (message: string, cause: unknown) => void

/** Rotates every key that is due; gives how many were rotated. A key that cannot be is reported and holds up no other. */
export async function rotateDueKeys(services: Services, writer: AuditWriter, fault: Fault): Promise<number> {
  let rotated = 0
  for (const place of await dueForRotation(services.database.sql, AT_ONCE)) {
    try {
      if (await changeAlone({ services, writer }, place, (key) => plan(services, key))) rotated++
    } catch (thrown) {
      if (databaseFailure(thrown) === 'unavailable') throw thrown
      fault(`key ${place.id} of ${place.account} in ${place.region} could not be rotated`, thrown)
    }
  }
  return rotated
}
