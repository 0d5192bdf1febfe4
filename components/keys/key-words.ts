import { count, daysLeft, formatDate, formatSpan, shortId, toDate } from '#lib/console/format.ts'
import { KEY_SPECS, type KeySpecName, type Origin } from '#lib/domain/key-spec.ts'
import type { KeyState } from '#lib/domain/key-state.ts'

/** How a key is called in sentences: its first alias, or the beginning of its id. */
export const keyTitle = (keyId: string, alias: string | undefined): string => alias ?? `key ${shortId(keyId)}`

export const specWords = (spec: KeySpecName): string => KEY_SPECS[spec].label

export const ORIGIN_WORDS: Record<Origin, string> = {
  AWS_KMS: 'Keyhouse (AWS_KMS)',
  EXTERNAL: 'Imported (EXTERNAL)',
  AWS_CLOUDHSM: 'HSM cluster (AWS_CLOUDHSM)',
  EXTERNAL_KEY_STORE: 'External key store',
}

// The clock of a page lags behind by up to 20 s: seven days that begin now must not read as eight.
const LAG_MS = 60_000
const DAY_SECONDS = 86_400
const wholeDays = (until: Date, now: Date) => daysLeft(new Date(until.getTime() - LAG_MS), now)

/** "12 d left", beside the state of a key that is pending deletion. */
export const deletionFact = (deletionDate: number | null | undefined, now: Date): string | undefined =>
  deletionDate ? `${wholeDays(toDate(deletionDate), now)} d left` : undefined

type Rotating = {
  readonly state: KeyState
  readonly spec: KeySpecName
  readonly rotationEnabled: boolean
  readonly nextRotation: number | null
}

/** "In 212 days", "Off", "Paused" while the key cannot be used, a dash where a kind of key has no rotation. */
export function rotationWords({ state, spec, rotationEnabled, nextRotation }: Rotating, now: Date): string {
  if (spec !== 'SYMMETRIC_DEFAULT') return '—'
  if (!rotationEnabled || nextRotation === null) return 'Off'
  if (state !== 'Enabled') return 'Paused'
  const left = nextRotation - now.getTime() / 1000
  if (left <= 0) return 'Due now'
  return `In ${left < DAY_SECONDS ? formatSpan(left) : count(wholeDays(toDate(nextRotation), now), 'day')}`
}

/** What a state means for whoever uses the key. */
export function stateSentence(
  state: KeyState,
  deletionDate: number | undefined,
  now: Date,
  replicas = 0,
): string | undefined {
  if (state === 'Enabled') return undefined
  if (state === 'Disabled') return 'Calls that use this key fail with DisabledException until it is enabled.'
  if (state === 'PendingDeletion' && deletionDate) {
    const date = toDate(deletionDate)
    return `Cannot be used. It is deleted on ${formatDate(date)}, in ${count(wholeDays(date, now), 'day')}.`
  }
  if (state === 'PendingReplicaDeletion') {
    const those = replicas === 1 ? 'its replica is' : `its ${replicas} replicas are`
    return `Cannot be used. Its waiting period begins when ${those} deleted.`
  }
  if (state === 'Creating') return 'Its key material is on its way from the primary key.'
  if (state === 'Updating') return 'Its primary Region is being changed. It can be used meanwhile.'
  if (state === 'PendingImport') return 'Its key material isn’t here. It works once that is imported.'
  if (state === 'Unavailable') return 'Its key store is not connected.'
  return 'It cannot be used at the moment.'
}
