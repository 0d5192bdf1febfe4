import { count, daysLeft, formatDate, formatSpan, shortId, toDate } from '#lib/console/format.ts'
import { isOffered, KEY_SPECS, type KeySpecName, type Origin } from '#lib/domain/key-spec.ts'
import type { KeyState } from '#lib/domain/key-state.ts'

/** How a key is called in sentences: its first alias, or the beginning of its id. */
export const keyTitle = (keyId: string, alias: string | undefined): string => alias ?? `key ${shortId(keyId)}`

/** Symmetric, or the spec's own name where this release does not make such keys. */
export const specWords = (spec: KeySpecName): string => (isOffered(spec) ? KEY_SPECS[spec].label : spec)

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
): string | undefined {
  if (state === 'Enabled') return undefined
  if (state === 'Disabled') return 'Calls that use this key fail with DisabledException until it is enabled.'
  if (state === 'PendingDeletion' && deletionDate) {
    const date = toDate(deletionDate)
    return `Cannot be used. It is deleted on ${formatDate(date)}, in ${count(wholeDays(date, now), 'day')}.`
  }
  if (state === 'PendingImport') return 'It has no key material yet.'
  if (state === 'Unavailable') return 'Its key store is not connected.'
  return 'It cannot be used at the moment.'
}
