/**
 * Keys with fixed ids, and fixed material if wanted, for seed files: what tests and demonstrations need and production
 * must not have. The key says so for ever (fixed_material).
 */

import { aliasArn, keyArn, partitionOf, rootArn } from '#lib/domain/arn.ts'
import { defaultKeyPolicy } from '#lib/domain/default-policy.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { Engine } from '#lib/engine/engine.ts'
import { internalEvent } from '#lib/engine/internal-event.ts'
import { newMaterial, sealMaterial } from '#lib/engine/new-material.ts'
import { aliasRowMac, keyRowMac } from '#lib/engine/row-macs.ts'
import { checkKeyPolicy } from '#lib/policy/check.ts'
import { insertAlias } from '#lib/store/aliases.ts'
import { listPrincipalNames } from '#lib/store/identities.ts'
import { insertKey, insertMaterial } from '#lib/store/keys.ts'
import { putPolicyDocument } from '#lib/store/policy-documents.ts'
import { putTags } from '#lib/store/tags.ts'
import { policyText } from './policy-rules.ts'

export type SeedKey = {
  readonly account: string
  readonly region: string
  readonly id: string
  readonly description: string
  /** The key policy; AWS's default when undefined. */
  readonly policy: string | undefined
  /** With their prefix. */
  readonly aliases: readonly string[]
  readonly tags: readonly { readonly key: string; readonly value: string }[]
  /** 32 bytes, taken over and wiped; random when undefined. */
  readonly material?: Uint8Array | undefined
}

async function checkedPolicy(engine: Engine, seed: SeedKey): Promise<string> {
  const partition = partitionOf(seed.region)
  if (seed.policy === undefined) return defaultKeyPolicy(partition, seed.account)
  const names = new Set(await listPrincipalNames(engine.services.database.sql, seed.account))
  const prefix = `arn:${partition}:iam::${seed.account}:`
  const fault = checkKeyPolicy(seed.policy, {
    account: seed.account,
    partition,
    principalExists: (arn) => arn.startsWith(prefix) && names.has(arn.slice(prefix.length)),
  })
  if (fault !== null) throw new KmsError('MalformedPolicyDocumentException', fault)
  return seed.policy
}

/** Makes the key with everything the seed says, in one transaction with its CreateKey event. */
export async function seedKey(engine: Engine, seed: SeedKey): Promise<void> {
  const { services, writer } = engine
  const place = { partition: partitionOf(seed.region), region: seed.region, account: seed.account }
  const policy = policyText(await checkedPolicy(engine, seed))
  const owner = {
    ...place,
    id: seed.id,
    spec: 'SYMMETRIC_DEFAULT',
    usage: 'ENCRYPT_DECRYPT',
    origin: 'AWS_KMS',
  } as const
  const now = services.clock.now()
  const material = seed.material
    ? await sealMaterial(services.domainKeys, owner, seed.material)
    : await newMaterial(services.domainKeys, owner)
  const { partition: _partition, ...identity } = owner
  const row = {
    ...identity,
    manager: 'CUSTOMER',
    multiRegion: false,
    state: 'Enabled',
    description: seed.description,
    policyHash: policy.hash,
    currentMaterialId: material.id,
    deletionAt: null,
    rotationEnabled: false,
    rotationPeriodDays: null,
    nextRotationAt: null,
    onDemandRotations: 0,
    fixedMaterial: seed.material !== undefined,
    createdAt: now,
    createdBy: rootArn(place.partition, seed.account),
    rowVersion: 1n,
  } as const
  const event = internalEvent({
    name: 'CreateKey',
    at: services.clock.real(),
    account: seed.account,
    region: seed.region,
    key: { id: seed.id, arn: keyArn(place, seed.id) },
    details: {
      seeded: true,
      fixedMaterial: row.fixedMaterial,
      aliases: seed.aliases.map((name) => aliasArn(place, name)),
    },
  })
  await services.database.transaction(async (rows) => {
    await putPolicyDocument(rows, policy)
    await insertKey(rows, { ...row, rowMac: keyRowMac(services.rowMacKey, row) })
    await insertMaterial(rows, row, { ...material, rotationType: null, at: now, dueAt: null })
    if (seed.tags.length > 0) await putTags(rows, row, seed.tags)
    for (const name of seed.aliases) {
      const binding = { account: seed.account, region: seed.region, name, keyId: seed.id }
      const rowMac = aliasRowMac(services.rowMacKey, binding)
      await insertAlias(rows, { ...binding, createdAt: now, updatedAt: now, rowMac })
    }
    await writer.appendIn(rows.sql, [event])
  })
}
