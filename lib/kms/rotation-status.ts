/** GetKeyRotationStatus: whether and when a key rotates by itself (facts §2.29). */
import { KeyInput } from '#lib/domain/operations/keys.ts'
import { members } from '#lib/engine/logged.ts'
import { operation } from '#lib/engine/operation.ts'
import type { KeySnapshot } from '#lib/store/keys.ts'
import { hasRotationStatus } from './rotation-kinds.ts'

export type RotationStatus = {
  KeyId: string
  KeyRotationEnabled: boolean
  RotationPeriodInDays?: number
  NextRotationDate?: Date
}

/** A key that waits for deletion reads as off; its schedule comes back when deletion is cancelled. */
const waitsForDeletion = ({ state }: KeySnapshot) =>
  state === 'PendingDeletion' || state === 'PendingReplicaDeletion'

function statusOf(row: KeySnapshot): RotationStatus {
  const { id: KeyId, rotationEnabled, rotationPeriodDays, nextRotationAt } = row
  const on = rotationEnabled && !waitsForDeletion(row)
  if (!on || rotationPeriodDays === null || nextRotationAt === null)
    return { KeyId, KeyRotationEnabled: false }
  return {
    KeyId,
    KeyRotationEnabled: true,
    RotationPeriodInDays: rotationPeriodDays,
    NextRotationDate: nextRotationAt,
  }
}

export const GetKeyRotationStatus = operation({
  name: 'GetKeyRotationStatus',
  service: 'KMS',
  action: 'kms:GetKeyRotationStatus',
  class: 'read',
  input: KeyInput,
  logged: { request: members('KeyId') },
  async run(call, input): Promise<RotationStatus> {
    const key = await call.key(input.KeyId, 'kms:GetKeyRotationStatus', {
      deed: 'read',
      kind: hasRotationStatus,
    })
    return statusOf(key.row)
  },
})
