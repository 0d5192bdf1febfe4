/** How long sessions of the console live, by the installation's settings. They go by real time. */
import type { Moment } from '#lib/store/sessions.ts'
import { readSettings } from '#lib/store/settings.ts'
import type { Services } from './services.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

/** Now; since when a session must have been seen to be alive; and when one that opens now will end. */
export type SessionSpan = Moment & { readonly expiresAt: Date }

export async function sessionSpan({
  clock,
  database,
}: Pick<Services, 'clock' | 'database'>): Promise<SessionSpan> {
  const now = clock.real()
  const { idleMinutes, sessionHours } = await readSettings(database.sql)
  return {
    now,
    idleSince: new Date(now.getTime() - idleMinutes * MINUTE_MS),
    expiresAt: new Date(now.getTime() + sessionHours * HOUR_MS),
  }
}
