/** Who will be able to do what with a key that is not there yet: the matrix of the wizard's review (console 3.4). */
import type { z } from 'zod'
import { sha256 } from '#lib/crypto/digest.ts'
import type { AccessRow, WhoCan } from '#lib/domain/access.ts'
import { accessColumns } from '#lib/domain/access-columns.ts'
import { keyArn } from '#lib/domain/arn.ts'
import { KEY_SPECS } from '#lib/domain/key-spec.ts'
import { PreviewAccessInput } from '#lib/domain/operations/access.ts'
import { BoundedMap } from '#lib/engine/bounded-map.ts'
import type { Call } from '#lib/engine/call.ts'
import type { LoadedKey } from '#lib/engine/keys.ts'
import { operation } from '#lib/engine/operation.ts'
import { draftPolicy } from './access-question.ts'
import { checkCurrent } from './access-rights.ts'
import { hasPath, judgeAll, rowOf } from './access-rows.ts'
import { stepsAmong } from './access-steps.ts'
import { principalsOfKey } from './key-principals.ts'

type Input = z.infer<typeof PreviewAccessInput>

/** A key that is not there yet has some id; no policy can name the one that it will get. */
const NO_KEY = '00000000-0000-0000-0000-000000000000'

const NONE = new Uint8Array()

/** The row of a key as CreateKey would make it, as far as decisions look at it. Nothing of it is written. */
function rowFor(call: Call, input: Input): LoadedKey['row'] {
  const { KeySpec: spec = 'SYMMETRIC_DEFAULT', KeyUsage, Origin: origin = 'AWS_KMS' } = input
  const { now, account, region, identity } = call
  const alias = input.AliasName
  return {
    ...{ account, region, id: NO_KEY, spec, origin, manager: 'CUSTOMER', multiRegion: false },
    usage: KeyUsage ?? KEY_SPECS[spec].usages[0] ?? 'ENCRYPT_DECRYPT',
    ...{ state: 'Enabled', description: '', fixedMaterial: false, deletionAt: null, publicKey: null },
    ...{ rotationEnabled: false, rotationPeriodDays: null, nextRotationAt: null, onDemandRotations: 0 },
    ...{ currentMaterialId: null, primaryRegion: null, memberRegions: [], pendingWindowDays: null },
    ...{ createdAt: now, createdBy: identity.principal.arn, rowVersion: 0n, rowMac: NONE },
    policy: input.Policy,
    policyHash: sha256(input.Policy),
    accountEpoch: identity.epoch,
    aliases: alias === undefined ? [] : [{ name: alias, createdAt: now, updatedAt: now, rowMac: NONE }],
    tags: (input.Tags ?? []).map(({ TagKey, TagValue }) => ({ key: TagKey, value: TagValue })),
    materials: [],
    hasGrants: false,
  }
}

function keyFor(call: Call, input: Input): LoadedKey {
  const { place } = call
  return {
    row: rowFor(call, input),
    place,
    arn: keyArn(place, NO_KEY),
    policy: draftPolicy(call, input.Policy),
    materials: new Map(),
    privateKeys: new Map(),
    opened: {},
    grants: new BoundedMap(1),
  }
}

export type Preview = Pick<WhoCan, 'At' | 'Columns' | 'WithoutPath'> & { readonly Rows: readonly AccessRow[] }

export const PreviewAccess = operation({
  name: 'PreviewAccess',
  service: 'Keyhouse',
  // Whoever may make a key may hear who could do what with it.
  action: 'kms:CreateKey',
  class: 'read',
  // Asked again with every edit of a draft.
  recorded: false,
  input: PreviewAccessInput,
  logged: { request: () => null },

  async run(call, input: Input): Promise<Preview> {
    await call.permit()
    const key = keyFor(call, input)
    const columns = accessColumns(key.row)
    const judged = await judgeAll(call, await principalsOfKey(call, key, [key.policy]), {
      key,
      policy: key.policy,
    })
    const steps = await stepsAmong(call, judged, columns)
    const around = { columns, steps, tried: () => false, lastUsed: () => null }
    const rows = judged.map((entry) => rowOf(entry, around))
    const told = rows.filter(hasPath)
    await checkCurrent(call, [])
    return { At: call.now, Columns: columns, Rows: told, WithoutPath: rows.length - told.length }
  },
})
