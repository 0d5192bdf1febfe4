/** When a key rotates next, as the list of rotations groups it; or why it does not. */
import { KEY_SPECS, type KeySpecName, type Origin } from '#lib/domain/key-spec.ts'

export const DUE_GROUPS = {
  overdue: 'Overdue',
  soon: 'Within 30 days',
  later: 'Later',
  off: 'Off',
  never: 'Can’t rotate automatically',
} as const
export type DueGroup = keyof typeof DUE_GROUPS

type Listed = {
  readonly spec: KeySpecName
  readonly origin: Origin
  readonly primaryRegion: string | null
  readonly rotationEnabled: boolean
  readonly nextRotation: number | null
}

const DAY = 86_400
const SOON = 30 * DAY

/** Why KMS never rotates it by itself; undefined for keys that can. */
export function neverReason(key: Listed, region: string): string | undefined {
  const { class: kind } = KEY_SPECS[key.spec]
  if (kind === 'asymmetric') return 'Asymmetric: rotate by alias'
  if (kind === 'hmac') return 'HMAC: rotate by alias'
  if (key.origin === 'EXTERNAL') return 'Imported: bring new material, then rotate'
  if (key.origin !== 'AWS_KMS') return 'Its key store holds the material'
  if (key.primaryRegion !== null && key.primaryRegion !== region)
    return `Replica: rotates with its primary in ${key.primaryRegion}`
  return undefined
}

/** `now` in epoch seconds. */
export function dueGroup(key: Listed, region: string, now: number): DueGroup {
  if (neverReason(key, region)) return 'never'
  if (!key.rotationEnabled || key.nextRotation === null) return 'off'
  if (key.nextRotation <= now) return 'overdue'
  return key.nextRotation - now <= SOON ? 'soon' : 'later'
}
