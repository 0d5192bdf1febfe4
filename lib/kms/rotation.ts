/** Rotation: a new material encrypts from now on, the old ones decrypt for ever (facts §10). */

import { isOffered } from '#lib/domain/key-spec.ts'
import { KeyInput } from '#lib/domain/operations/keys.ts'
import { EnableKeyRotationInput, ListKeyRotationsInput } from '#lib/domain/operations/rotation.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { AllowedKey } from '#lib/engine/call.ts'
import { newMaterial } from '#lib/engine/new-material.ts'
import { operation } from '#lib/engine/operation.ts'
import { insertMaterial, type MaterialRow } from '#lib/store/keys.ts'
import { members } from './logged.ts'
import { pageOfList } from './paging.ts'

const DAY = 86_400_000
const DEFAULT_PERIOD = 365
export const MOST_ON_DEMAND = 25
/** An automatic rotation this near refuses an on-demand one (facts §2.45). */
const TOO_NEAR = 20 * 60_000

/** Only symmetric keys whose material Keyhouse made rotate. */
function checkRotates(key: AllowedKey): void {
  if (key.row.origin !== 'AWS_KMS') {
    throw new KmsError(
      'UnsupportedOperationException',
      `${key.arn} origin is ${key.row.origin} which is not valid for this operation.`,
    )
  }
  if (key.row.spec !== 'SYMMETRIC_DEFAULT') throw new KmsError('UnsupportedOperationException')
}

export const EnableKeyRotation = operation({
  name: 'EnableKeyRotation',
  service: 'KMS',
  action: 'kms:EnableKeyRotation',
  class: 'admin',
  input: EnableKeyRotationInput,
  logged: { request: members('KeyId', 'RotationPeriodInDays') },
  async run(call, input) {
    const period = input.RotationPeriodInDays ?? DEFAULT_PERIOD
    const key = await call.key(input.KeyId, 'kms:EnableKeyRotation', {
      deed: 'rotation',
      conditions: { 'kms:RotationPeriodInDays': String(period) },
    })
    checkRotates(key)
    const nextRotationAt = new Date(call.now.getTime() + period * DAY)
    const set = { rotationEnabled: true, rotationPeriodDays: period, nextRotationAt }
    return call.change({ keys: [{ key, set }], output: undefined })
  },
})

export const DisableKeyRotation = operation({
  name: 'DisableKeyRotation',
  service: 'KMS',
  action: 'kms:DisableKeyRotation',
  class: 'admin',
  input: KeyInput,
  logged: { request: members('KeyId') },
  async run(call, input) {
    const key = await call.key(input.KeyId, 'kms:DisableKeyRotation', { deed: 'rotation' })
    checkRotates(key)
    if (!key.row.rotationEnabled) return undefined
    const set = { rotationEnabled: false, rotationPeriodDays: null, nextRotationAt: null }
    return call.change({ keys: [{ key, set }], output: undefined })
  },
})

type RotationStatus = {
  KeyId: string
  KeyRotationEnabled: boolean
  RotationPeriodInDays?: number
  NextRotationDate?: Date
}

export const GetKeyRotationStatus = operation({
  name: 'GetKeyRotationStatus',
  service: 'KMS',
  action: 'kms:GetKeyRotationStatus',
  class: 'read',
  input: KeyInput,
  logged: { request: members('KeyId') },
  async run(call, input): Promise<RotationStatus> {
    const { row } = await call.key(input.KeyId, 'kms:GetKeyRotationStatus', { deed: 'read' })
    const { rotationPeriodDays, nextRotationAt } = row
    // A key pending deletion reads as off; the schedule comes back when deletion is cancelled.
    const on = row.rotationEnabled && row.state !== 'PendingDeletion'
    if (!on || rotationPeriodDays === null || nextRotationAt === null)
      return { KeyId: row.id, KeyRotationEnabled: false }
    return {
      KeyId: row.id,
      KeyRotationEnabled: true,
      RotationPeriodInDays: rotationPeriodDays,
      NextRotationDate: nextRotationAt,
    }
  },
})

export const RotateKeyOnDemand = operation({
  name: 'RotateKeyOnDemand',
  service: 'KMS',
  action: 'kms:RotateKeyOnDemand',
  class: 'admin',
  input: KeyInput,
  async run(call, input) {
    const key = await call.key(input.KeyId, 'kms:RotateKeyOnDemand', { deed: 'rotateNow' })
    checkRotates(key)
    const { row } = key
    if (row.onDemandRotations >= MOST_ON_DEMAND) {
      throw new KmsError(
        'LimitExceededException',
        'The on-demand rotations limit has been reached for the given keyId. ' +
          `No more on-demand rotations can be performed for this key: ${key.arn}`,
      )
    }
    if (row.nextRotationAt && row.nextRotationAt.getTime() - call.now.getTime() < TOO_NEAR) {
      throw new KmsError(
        'ConflictException',
        `An automatic rotation of ${key.arn} is in progress or due within 20 minutes.`,
      )
    }
    if (!isOffered(row.spec)) throw new KmsError('UnsupportedOperationException')
    const material = await newMaterial(call.services.domainKeys, { ...row, spec: row.spec })
    return call.change({
      keys: [{ key, set: { currentMaterialId: material.id, onDemandRotations: row.onDemandRotations + 1 } }],
      rows: (rows) =>
        insertMaterial(rows, row, { ...material, rotationType: 'ON_DEMAND', at: call.now, dueAt: null }),
      internal: { name: 'RotateKey', key },
      output: { KeyId: key.arn },
    })
  },
  logged: { request: members('KeyId'), response: (output) => ({ keyId: output.KeyId }) },
})

const entryOf = (key: AllowedKey, material: MaterialRow) => ({
  KeyId: key.row.id,
  KeyMaterialId: material.id,
  KeyMaterialState: material.state,
  ...(material.rotatedAt && { RotationDate: material.rotatedAt }),
  ...(material.rotationType && { RotationType: material.rotationType }),
})

export const ListKeyRotations = operation({
  name: 'ListKeyRotations',
  service: 'KMS',
  action: 'kms:ListKeyRotations',
  class: 'read',
  input: ListKeyRotationsInput,
  logged: { request: members('KeyId', 'IncludeKeyMaterial', 'Limit', 'Marker') },
  async run(call, input) {
    const key = await call.key(input.KeyId, 'kms:ListKeyRotations', { deed: 'read' })
    checkRotates(key)
    // The first material was never rotated to, so it shows only when asked for (facts §2.36).
    const every = input.IncludeKeyMaterial === 'ALL_KEY_MATERIAL'
    const all = key.row.materials.filter((material) => every || material.rotatedAt !== null)
    const scope = `${key.row.id}/${every}`
    const { rows, more } = pageOfList(call, { all, limit: input.Limit ?? 100, marker: input.Marker, scope })
    return { Rotations: rows.map((material) => entryOf(key, material)), ...more }
  },
})
