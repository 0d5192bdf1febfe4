/** Automatic rotation of keys whose date has come (facts §10). */
import type { AuditWriter } from '#lib/audit/writer.ts'
import { isOffered } from '#lib/domain/key-spec.ts'
import { changeAlone, type Plan } from '#lib/engine/change-alone.ts'
import type { LoadedKey } from '#lib/engine/keys.ts'
import { newMaterial } from '#lib/engine/new-material.ts'
import type { Services } from '#lib/engine/services.ts'
import { dueForRotation, insertMaterial } from '#lib/store/keys.ts'

const DAY = 86_400_000
const AT_ONCE = 100

/** The next date is a period after the one that was due; if that too has passed, a period from now. */
function nextDate(due: Date, periodDays: number, now: Date): Date {
  const regular = due.getTime() + periodDays * DAY
  return new Date(regular > now.getTime() ? regular : now.getTime() + periodDays * DAY)
}

async function plan(services: Services, { row }: LoadedKey): Promise<Plan | undefined> {
  const now = services.clock.now()
  const due = row.nextRotationAt
  if (!row.rotationEnabled || row.state !== 'Enabled' || due === null || row.rotationPeriodDays === null) return undefined
  if (due > now || !isOffered(row.spec)) return undefined
  const material = await newMaterial(services.domainKeys, { ...row, spec: row.spec })
  return {
    eventName: 'RotateKey',
    set: { currentMaterialId: material.id, nextRotationAt: nextDate(due, row.rotationPeriodDays, now) },
    // The due date is unique per key: two sweeps of one date make one material.
    rows: (transaction) =>
      insertMaterial(transaction, row, { ...material, rotationType: 'AUTOMATIC', at: now, dueAt: due }),
    details: { rotationType: 'AUTOMATIC', currentKeyMaterialId: material.id },
  }
}

/** Rotates every key that is due; gives how many were rotated. */
export async function rotateDueKeys(services: Services, writer: AuditWriter): Promise<number> {
  let rotated = 0
  for (const place of await dueForRotation(services.database.sql, AT_ONCE)) {
    if (await changeAlone({ services, writer }, place, (key) => plan(services, key))) rotated++
  }
  return rotated
}
