/** Watches of disabled keys, as pages tell of them. */
import type { OutputOf } from '#lib/console/operations.ts'

export type Watch = OutputOf<'ListKeyWatches'>['Watches'][number]

/** Whether it still counts, at a moment in seconds. */
export const isRunning = ({ StoppedAt, EndsAt }: Pick<Watch, 'StoppedAt' | 'EndsAt'>, now: number): boolean =>
  StoppedAt === null && EndsAt > now

/** The calls that a watch counts, and what few others the key's state refused. */
export const watchFilter = (keyId: string, region: string): string =>
  `key:${keyId} region:${region} error:DisabledException,KMSInvalidStateException`

const REPORTS_SECONDS = 30 * 86_400

/** Watches that run, and what those saw that ended lately. One that somebody stopped has said enough. */
export const worthTelling = ({ StoppedAt, EndsAt }: Watch, now: number): boolean =>
  StoppedAt === null && EndsAt > now - REPORTS_SECONDS
