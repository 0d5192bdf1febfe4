/**
 * One thing done to many keys: what may be done, which operation does it, and which keys it does not apply to.
 * Works in browsers. Each key is its own call of an ordinary operation; nothing here changes anything.
 */
import { z } from 'zod'
import { KEY_SPECS } from '../domain/key-spec.ts'
import { allows, type Deed, type KeyState } from '../domain/key-state.ts'
import type { CodeName } from './code/request.ts'
import type { RefusalView } from './messages.ts'
import type { OperationName, OutputOf } from './operations.ts'

export const BULK_DEEDS = [
  'enable',
  'disable',
  'tag',
  'rotationOn',
  'rotationOff',
  'scheduleDeletion',
  'cancelDeletion',
] as const
export type BulkDeed = (typeof BULK_DEEDS)[number]

/** Keys of one run, and of one request of it (console.md DT-9). */
export const MOST_KEYS = 1000
export const BATCH = 20

const key = z.string().min(1).max(2048)
const tag = z.object({ key: z.string().min(1).max(128), value: z.string().max(256) })

export const BulkRequest = z.object({
  deed: z.enum(BULK_DEEDS),
  region: z.string().max(30),
  keys: z.array(key).min(1).max(BATCH),
  tag: tag.optional(),
  days: z.int().min(7).max(30).optional(),
})
export type BulkOptions = Pick<z.infer<typeof BulkRequest>, 'tag' | 'days'>

/** One line of the answer: a key and what its call said. */
export type BulkLine = { readonly key: string } & (
  | { readonly ok: true; readonly eventId: string | null }
  | { readonly ok: false; readonly error: RefusalView }
)

export type BulkCall = {
  readonly name: OperationName & CodeName
  readonly input: Readonly<Record<string, unknown>>
}

/** The call that does a deed to one key. */
export function bulkCall(deed: BulkDeed, KeyId: string, { tag: given, days }: BulkOptions): BulkCall {
  switch (deed) {
    case 'enable':
      return { name: 'EnableKey', input: { KeyId } }
    case 'disable':
      return { name: 'DisableKey', input: { KeyId } }
    case 'tag':
      return {
        name: 'TagResource',
        input: { KeyId, Tags: given ? [{ TagKey: given.key, TagValue: given.value }] : [] },
      }
    case 'rotationOn':
      return { name: 'EnableKeyRotation', input: { KeyId } }
    case 'rotationOff':
      return { name: 'DisableKeyRotation', input: { KeyId } }
    case 'scheduleDeletion':
      return { name: 'ScheduleKeyDeletion', input: { KeyId, ...(days && { PendingWindowInDays: days }) } }
    case 'cancelDeletion':
      return { name: 'CancelKeyDeletion', input: { KeyId } }
  }
}

type ListedKey = OutputOf<'SearchKeys'>['Keys'][number]

const NEEDS: Record<BulkDeed, Deed> = {
  enable: 'enableOrDisable',
  disable: 'enableOrDisable',
  tag: 'describe',
  rotationOn: 'rotation',
  rotationOff: 'rotation',
  scheduleDeletion: 'scheduleDeletion',
  cancelDeletion: 'cancelDeletion',
}

const STATE_WORDS: Record<KeyState, string> = {
  Creating: 'still being created',
  Enabled: 'enabled',
  Disabled: 'disabled',
  PendingDeletion: 'pending deletion',
  PendingImport: 'without key material',
  PendingReplicaDeletion: 'waiting for replicas to be deleted',
  Unavailable: 'unavailable',
  Updating: 'being updated',
}

/** Why rotation is nothing that is switched on this key. */
function noRotation(key: ListedKey, region: string): string | undefined {
  if (KEY_SPECS[key.spec].class !== 'symmetric') return 'of a kind that has no automatic rotation'
  if (key.origin !== 'AWS_KMS') return 'of imported material, which is rotated on demand only'
  if (key.primaryRegion !== null && key.primaryRegion !== region)
    return 'replicas, whose primary keeps the schedule'
  return undefined
}

const isThere = (deed: BulkDeed, key: ListedKey): string | undefined => {
  if (deed === 'enable' && key.state === 'Enabled') return 'enabled already'
  if (deed === 'disable' && key.state === 'Disabled') return 'disabled already'
  if (deed === 'rotationOn' && key.rotationEnabled) return 'rotating already'
  if (deed === 'rotationOff' && !key.rotationEnabled) return 'not rotating anyway'
  return undefined
}

/** Why a deed is left undone for a key, said after "3 are"; undefined for one that it is done to. */
export function exclusion(deed: BulkDeed, key: ListedKey, region: string): string | undefined {
  const rotation = deed === 'rotationOn' || deed === 'rotationOff'
  const kind = rotation ? noRotation(key, region) : undefined
  if (kind) return kind
  const there = isThere(deed, key)
  if (there) return there
  if (allows(NEEDS[deed], key.state)) return undefined
  return deed === 'cancelDeletion' ? 'not pending deletion' : STATE_WORDS[key.state]
}

export type Sorted = {
  readonly eligible: readonly ListedKey[]
  /** How many are left out, by reason, most first. */
  readonly excluded: readonly { readonly reason: string; readonly count: number }[]
}

/** Parts keys into those that a deed is done to and those it is not, with the reasons. */
export function sortKeys(deed: BulkDeed, keys: readonly ListedKey[], region: string): Sorted {
  const counts = new Map<string, number>()
  const eligible = keys.filter((one) => {
    const reason = exclusion(deed, one, region)
    if (reason) counts.set(reason, (counts.get(reason) ?? 0) + 1)
    return !reason
  })
  const excluded = [...counts].map(([reason, count]) => ({ reason, count }))
  return { eligible, excluded: excluded.toSorted((a, b) => b.count - a.count) }
}
