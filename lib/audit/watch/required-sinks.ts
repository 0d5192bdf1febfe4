/** How long checkpoints may reach nobody outside: an alarm after five minutes, and where it is asked for, standing still. */
import type { DeliveryRow } from './deliveries.ts'

const MINUTE_MS = 60_000
export const BEHIND_AFTER_MINUTES = 5

/** Minutes for which a place has failed; the rows' own clock is the database's. */
function failingMinutes({ failingSince }: DeliveryRow, now: Date): number {
  return failingSince === null ? 0 : (now.getTime() - failingSince.getTime()) / MINUTE_MS
}

/** Whether any of these places has not been reached for too long. */
export const isBehind = (rows: readonly DeliveryRow[], names: readonly string[], now: Date): boolean =>
  rows.some((row) => names.includes(row.name) && failingMinutes(row, now) > BEHIND_AFTER_MINUTES)

/**
 * Why nothing may be changed, where the operator asked that checkpoints leave this machine and none of the places has
 * taken one for so long (R63). The file counts only where it is the only place.
 */
export function readOnlyBecauseUnheard(
  rows: readonly DeliveryRow[],
  names: readonly string[],
  { minutes, now }: { readonly minutes: number | undefined; readonly now: Date },
): string | null {
  if (minutes === undefined) return null
  const outside = names.filter((name) => !name.startsWith('file '))
  const asked = outside.length > 0 ? outside : names
  const failing = rows.filter((row) => asked.includes(row.name) && failingMinutes(row, now) > minutes)
  if (asked.length === 0 || failing.length < asked.length) return null
  return `No checkpoint of the audit log has reached a place outside the database for ${minutes} minutes (KEYHOUSE_CHECKPOINT_REQUIRED). Nothing can be changed until one is reached again; reading and cryptography go on.`
}
