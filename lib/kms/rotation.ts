/**
 * Rotation: a new material encrypts from now on, the old ones decrypt for ever (facts §10). The members of a
 * multi-Region family have one schedule and one material, so all of them change at once.
 */
import { KeyInput } from '#lib/domain/operations/keys.ts'
import { EnableKeyRotationInput } from '#lib/domain/operations/rotation.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { AllowedKey, Call, InternalPart } from '#lib/engine/call.ts'
import { members } from '#lib/engine/logged.ts'
import { hasMaterial, isPending } from '#lib/engine/material-deletion.ts'
import { newMaterialFor } from '#lib/engine/new-material.ts'
import { operation } from '#lib/engine/operation.ts'
import { rotationDetails } from '#lib/engine/rotation-details.ts'
import type { Transaction } from '#lib/store/database.ts'
import type { KeyColumns } from '#lib/store/keys.ts'
import { changeMaterial, insertMaterial } from '#lib/store/materials.ts'
import { rotatesByItself, rotatesOnDemand } from './rotation-kinds.ts'

const DAY = 86_400_000
const DEFAULT_PERIOD = 365
export const MOST_ON_DEMAND = 25
/** An automatic rotation this near refuses an on-demand one (facts §2.45). */
const TOO_NEAR = 20 * 60_000

/** https://docs.aws.amazon.com/kms/latest/developerguide/ct-synchronize-multi-region-key.html */
const synchronised = (others: readonly AllowedKey[]): InternalPart[] =>
  others.map((key) => ({ name: 'SynchronizeMultiRegionKey', key }))

type Schedule = Pick<KeyColumns, 'rotationEnabled' | 'rotationPeriodDays' | 'nextRotationAt'>

async function setSchedule(call: Call, key: AllowedKey, set: Schedule): Promise<undefined> {
  const others = await call.members(key)
  return call.change({
    keys: [key, ...others].map((member) => ({ key: member, set })),
    internal: synchronised(others),
    output: undefined,
  })
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
      kind: rotatesByItself,
      conditions: { 'kms:RotationPeriodInDays': String(period) },
    })
    const nextRotationAt = new Date(call.now.getTime() + period * DAY)
    return setSchedule(call, key, { rotationEnabled: true, rotationPeriodDays: period, nextRotationAt })
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
    const key = await call.key(input.KeyId, 'kms:DisableKeyRotation', {
      deed: 'rotation',
      kind: rotatesByItself,
    })
    if (!key.row.rotationEnabled) return undefined
    return setSchedule(call, key, { rotationEnabled: false, rotationPeriodDays: null, nextRotationAt: null })
  },
})

/** @throws LimitExceededException, ConflictException */
function checkMayRotateNow(call: Call, { arn, row }: AllowedKey): void {
  if (row.onDemandRotations >= MOST_ON_DEMAND) {
    throw new KmsError(
      'LimitExceededException',
      'The on-demand rotations limit has been reached for the given keyId. ' +
        `No more on-demand rotations can be performed for this key: ${arn}`,
    )
  }
  if (row.nextRotationAt && row.nextRotationAt.getTime() - call.now.getTime() < TOO_NEAR) {
    throw new KmsError(
      'ConflictException',
      `An automatic rotation of ${arn} is in progress or due within 20 minutes.`,
    )
  }
}

type Next = { readonly id: string; readonly rows: (transaction: Transaction) => Promise<void> }
type Family = readonly [AllowedKey, ...AllowedKey[]]

/** One new material, sealed in each Region that has the ones before it. */
async function freshMaterial(call: Call, [first, ...others]: Family): Promise<Next> {
  const owners = [first.row, ...others.filter(hasMaterial).map(({ row }) => row)] as const
  const { sealed } = await newMaterialFor(call.services.domainKeys, owners)
  const [{ id } = { id: '' }] = sealed
  return {
    id,
    async rows(rows) {
      for (const [index, material] of sealed.entries())
        await insertMaterial(rows, owners[index] ?? first.row, {
          ...material,
          rotationType: 'ON_DEMAND',
          at: call.now,
        })
    },
  }
}

/** The imported material that waits, once every Region has its bytes. @throws KMSInvalidStateException */
function waitingMaterial(call: Call, family: Family): Next {
  const [key] = family
  const id = key.row.materials.find(isPending)?.id
  const holds = ({ row }: AllowedKey) => row.materials.some((known) => known.id === id && known.sealed)
  if (id === undefined || !family.every(holds)) {
    throw new KmsError(
      'KMSInvalidStateException',
      `No available key material pending rotation for the key: ${key.arn}.`,
    )
  }
  const becomes = { state: 'CURRENT', rotationType: 'ON_DEMAND', rotatedAt: call.now } as const
  return {
    id,
    async rows(rows) {
      for (const { row } of family) await changeMaterial(rows, row, id, becomes)
    },
  }
}

export const RotateKeyOnDemand = operation({
  name: 'RotateKeyOnDemand',
  service: 'KMS',
  action: 'kms:RotateKeyOnDemand',
  class: 'admin',
  input: KeyInput,
  async run(call, input) {
    const key = await call.key(input.KeyId, 'kms:RotateKeyOnDemand', {
      deed: 'rotateNow',
      kind: rotatesOnDemand,
    })
    // An SDK sent the same call again: the key has rotated already (R40).
    if ((await call.made()) !== undefined) return { KeyId: key.arn }
    checkMayRotateNow(call, key)
    const others = await call.members(key)
    const family = [key, ...others] as const
    const { id, rows } =
      key.row.origin === 'EXTERNAL' ? waitingMaterial(call, family) : await freshMaterial(call, family)
    // The count goes along, so that it is the family's when its primary moves.
    const onDemandRotations = key.row.onDemandRotations + 1
    const details = rotationDetails(key.row, { id, rotationType: 'ON_DEMAND' })
    return call.change({
      makes: id,
      keys: family.map((member) => ({
        key: member,
        set: { onDemandRotations, ...(hasMaterial(member) && { currentMaterialId: id }) },
      })),
      rows,
      internal: [{ name: 'RotateKey', key, details }, ...synchronised(others)],
      output: { KeyId: key.arn },
    })
  },
  logged: { request: members('KeyId'), response: (output) => ({ keyId: output.KeyId }) },
})
