/** From enabled to gone: EnableKey, DisableKey, ScheduleKeyDeletion, CancelKeyDeletion. */
import { KeyInput, ScheduleKeyDeletionInput } from '#lib/domain/operations/keys.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import { operation } from '#lib/engine/operation.ts'
import { loggedAnswer, members } from './logged.ts'

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
    const key = await call.key(input.KeyId, 'kms:DisableKey', { deed: 'enableOrDisable' })
    if (key.row.state === 'Disabled') return undefined
    return call.change({ keys: [{ key, set: { state: 'Disabled' } }], output: undefined })
  },
})

export const ScheduleKeyDeletion = operation({
  name: 'ScheduleKeyDeletion',
  service: 'KMS',
  action: 'kms:ScheduleKeyDeletion',
  class: 'admin',
  input: ScheduleKeyDeletionInput,
  async run(call, input) {
    const days = input.PendingWindowInDays ?? 30
    const key = await call.key(input.KeyId, 'kms:ScheduleKeyDeletion', {
      deed: 'scheduleDeletion',
      conditions: { 'kms:ScheduleKeyDeletionPendingWindowInDays': String(days) },
    })
    // The model admits 1 to 365; the service does not (facts §2.46).
    if (days < 7 || days > 30) {
      throw new KmsError('ValidationException', 'PendingWindowInDays must be between 7 and 30 (inclusive).')
    }
    const deletionAt = new Date(call.now.getTime() + days * DAY)
    const output = {
      KeyId: key.arn,
      DeletionDate: deletionAt,
      KeyState: 'PendingDeletion',
      PendingWindowInDays: days,
    }
    return call.change({ keys: [{ key, set: { state: 'PendingDeletion', deletionAt } }], output })
  },
  logged: { request: members('KeyId', 'PendingWindowInDays'), response: (output) => loggedAnswer(output) },
})

export const CancelKeyDeletion = operation({
  name: 'CancelKeyDeletion',
  service: 'KMS',
  action: 'kms:CancelKeyDeletion',
  class: 'admin',
  input: KeyInput,
  async run(call, input) {
    const key = await call.key(input.KeyId, 'kms:CancelKeyDeletion', { deed: 'cancelDeletion' })
    // Always to Disabled, whatever the key was before (facts §2.2).
    return call.change({
      keys: [{ key, set: { state: 'Disabled', deletionAt: null } }],
      output: { KeyId: key.arn },
    })
  },
  logged: { request: members('KeyId'), response: (output) => ({ keyId: output.KeyId }) },
})
