/** From when on what the log has of a key is the key's own. */
import type { Call } from './call.ts'

const DAY_MS = 86_400_000

/**
 * Use before this moment was of another key. A replica may be made again under the id of one that is gone, whose uses are
 * not its own. The installation's clock may be ahead of the log's, and was never further ahead than now; the day is for
 * engines whose clocks differ, and less than any wait for a deletion.
 */
export function ownUseSince({ now, services }: Call, createdAt: Date): Date {
  const ahead = now.getTime() - services.clock.real().getTime()
  return new Date(createdAt.getTime() - ahead - DAY_MS)
}
