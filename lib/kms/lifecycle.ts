/** From enabled to gone: EnableKey, DisableKey, ScheduleKeyDeletion, CancelKeyDeletion. */
import { KeyInput, ScheduleKeyDeletionInput } from '#lib/domain/operations/keys.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { AllowedKey, Call } from '#lib/engine/call.ts'
import { loggedAnswer, members } from '#lib/engine/logged.ts'
import { operation } from '#lib/engine/operation.ts'
import type { KeyColumns, KeySnapshot } from '#lib/store/keys.ts'
import { trailingDays } from './last-usage.ts'

const DAY = 86_400_000

export const EnableKey = operation({
  name: 'EnableKey',
  service: 'KMS',
  action: 'kms:EnableKey',
  class: 'admin',
  input: KeyInput,
  logged: { request: members('KeyId') },
  async run(call, input) {
    const key = await call.key(input.KeyId, 'kms:EnableKey', { deed: 'enableOrDisable' })
    if (key.row.state === 'Enabled') return undefined
    return call.change({ keys: [{ key, set: { state: 'Enabled' } }], output: undefined })
  },
})

export const DisableKey = operation({
  name: 'DisableKey',
  service: 'KMS',
  action: 'kms:DisableKey',
  class: 'admin',
  input: KeyInput,
  logged: { request: members('KeyId') },
  async run(call, input) {
    const key = await call.key(input.KeyId, 'kms:DisableKey', {
      deed: 'enableOrDisable',
      conditions: { 'kms:TrailingDaysWithoutKeyUsage': await trailingDays(call, input.KeyId) },
    })
    if (key.row.state === 'Disabled') return undefined
    return call.change({ keys: [{ key, set: { state: 'Disabled' } }], output: undefined })
  },
})

/** A primary outlives its replicas: until the last is gone it has a window, and no date yet (facts §12). */
const hasReplicas = ({ region, primaryRegion, memberRegions }: KeySnapshot): boolean =>
  region === primaryRegion && memberRegions.length > 1

type Scheduled = { KeyId: string; DeletionDate?: Date; KeyState: string; PendingWindowInDays: number }

function schedule(
  call: Call,
  key: AllowedKey,
  days: number,
): { set: Partial<KeyColumns>; output: Scheduled } {
  const common = { KeyId: key.arn, PendingWindowInDays: days }
  if (hasReplicas(key.row)) {
    const state = 'PendingReplicaDeletion'
    return { set: { state, pendingWindowDays: days }, output: { ...common, KeyState: state } }
  }
  const state = 'PendingDeletion'
  const deletionAt = new Date(call.now.getTime() + days * DAY)
  return { set: { state, deletionAt }, output: { ...common, DeletionDate: deletionAt, KeyState: state } }
}

export const ScheduleKeyDeletion = operation({
  name: 'ScheduleKeyDeletion',
  service: 'KMS',
  action: 'kms:ScheduleKeyDeletion',
  class: 'admin',
  input: ScheduleKeyDeletionInput,
  async run(call, input): Promise<Scheduled> {
    const days = input.PendingWindowInDays ?? 30
    const key = await call.key(input.KeyId, 'kms:ScheduleKeyDeletion', {
      deed: 'scheduleDeletion',
      conditions: {
        'kms:ScheduleKeyDeletionPendingWindowInDays': String(days),
        'kms:TrailingDaysWithoutKeyUsage': await trailingDays(call, input.KeyId),
      },
    })
    // The model admits 1 to 365; the service does not (facts §2.46).
    if (days < 7 || days > 30) {
      throw new KmsError('ValidationException', 'PendingWindowInDays must be between 7 and 30 (inclusive).')
    }
    if (input.Reason) call.note({ reason: input.Reason })
    const { set, output } = schedule(call, key, days)
    return call.change({ keys: [{ key, set }], output })
  },
  logged: { request: members('KeyId', 'PendingWindowInDays'), response: (output) => loggedAnswer(output) },
})

/** Imported material that the key cannot do without and that is not here. */
function lacksImport({ origin, materials }: KeySnapshot): boolean {
  if (origin !== 'EXTERNAL') return false
  const bound = materials.filter(({ state }) => state === 'CURRENT' || state === 'NON_CURRENT')
  return bound.length === 0 || bound.some(({ sealed }) => sealed === null)
}

export const CancelKeyDeletion = operation({
  name: 'CancelKeyDeletion',
  service: 'KMS',
  action: 'kms:CancelKeyDeletion',
  class: 'admin',
  input: KeyInput,
  async run(call, input) {
    const key = await call.key(input.KeyId, 'kms:CancelKeyDeletion', { deed: 'cancelDeletion' })
    // To Disabled whatever the key was before, unless it waits for its material (facts §2.2).
    const state = lacksImport(key.row) ? 'PendingImport' : 'Disabled'
    return call.change({
      keys: [{ key, set: { state, deletionAt: null, pendingWindowDays: null } }],
      output: { KeyId: key.arn },
    })
  },
  logged: { request: members('KeyId'), response: (output) => ({ keyId: output.KeyId }) },
})
