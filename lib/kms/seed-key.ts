/**
 * Keys with fixed ids, and fixed material if wanted, for seed files: what tests and demonstrations need and production
 * must not have. The key says so for ever (fixed_material).
 */
import { randomBytes } from '#lib/crypto/random.ts'
import { aliasArn, keyArn, partitionOf, rootArn } from '#lib/domain/arn.ts'
import { defaultKeyPolicy } from '#lib/domain/default-policy.ts'
import { KEY_SPECS } from '#lib/domain/key-spec.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { SeedGrant, SeedKey } from '#lib/domain/seed-key.ts'
import type { Engine } from '#lib/engine/engine.ts'
import { sealGrant } from '#lib/engine/grants.ts'
import { internalEvent } from '#lib/engine/internal-event.ts'
import { principalDirectory } from '#lib/engine/principal-directory.ts'
import { aliasRowMac, keyRowMac, type UnsealedKeyRow } from '#lib/engine/row-macs.ts'
import type { Services } from '#lib/engine/services.ts'
import { checkKeyPolicy, identitiesNamed } from '#lib/policy/check.ts'
import { insertAlias } from '#lib/store/aliases.ts'
import type { Transaction } from '#lib/store/database.ts'
import { type GrantRow, insertGrant } from '#lib/store/grants.ts'
import { insertKey } from '#lib/store/keys.ts'
import { insertMaterial, type NewMaterial } from '#lib/store/materials.ts'
import { putPolicyDocument } from '#lib/store/policy-documents.ts'
import { addPolicyVersion } from '#lib/store/policy-versions.ts'
import { putTags } from '#lib/store/tags.ts'
import { FRESH_KEY } from './new-key.ts'
import { policyText } from './policy-rules.ts'
import { seededMaterial } from './seed-material.ts'

const DAY_MS = 86_400_000

async function checkedPolicy(engine: Engine, seed: SeedKey): Promise<string> {
  const partition = partitionOf(seed.region)
  if (seed.policy === undefined) return defaultKeyPolicy(partition, seed.account)
  const named = identitiesNamed(seed.policy, 'key')
  const principalExists = await principalDirectory(engine.services.database.sql, named)
  const fault = checkKeyPolicy(seed.policy, { partition, principalExists })
  if (fault !== null) throw new KmsError('MalformedPolicyDocumentException', fault)
  return seed.policy
}

/** What the file says of rotation; the next date is a period after the last one, or after the key was made. */
function rotationOf({ rotation }: SeedKey, createdAt: Date) {
  if (!rotation?.enabled) return {}
  const last = rotation.past.at(-1) ?? createdAt
  return {
    rotationEnabled: true,
    rotationPeriodDays: rotation.periodDays,
    nextRotationAt: rotation.next ?? new Date(last.getTime() + rotation.periodDays * DAY_MS),
  }
}

/** Every member of the key: itself, then its replicas. */
const regionsOf = ({ region, replicas }: SeedKey): readonly [string, ...string[]] => [region, ...replicas]

function kindOf(seed: SeedKey) {
  // A spec of several usages has one in the file: lib/domain has seen to it.
  const usage = seed.usage ?? KEY_SPECS[seed.spec].usages[0]
  if (!usage) throw new TypeError(`the spec ${seed.spec} has no usage`)
  const multiRegion = seed.id.startsWith('mrk-')
  return {
    account: seed.account,
    id: seed.id,
    spec: seed.spec,
    usage,
    origin: seed.origin,
    multiRegion,
    ...(multiRegion && { primaryRegion: seed.region, memberRegions: [...regionsOf(seed)].sort() }),
  }
}

const principalOf = (name: string) => ({ name, kind: name.startsWith('arn:') ? 'AWS' : 'Service' }) as const

function grantRow(services: Services, key: UnsealedKeyRow, grant: SeedGrant): GrantRow {
  const grantee = principalOf(grant.grantee)
  const retiring = grant.retiring === undefined ? undefined : principalOf(grant.retiring)
  const { encryptionContextEquals: equals, encryptionContextSubset: subset } = grant.constraints ?? {}
  const constraints = {
    ...(equals && { EncryptionContextEquals: equals }),
    ...(subset && { EncryptionContextSubset: subset }),
  }
  return sealGrant(services.rowMacKey, {
    account: key.account,
    region: key.region,
    keyId: key.id,
    id: randomBytes(32).toString('hex'),
    name: grant.name ?? '',
    grantee: grantee.name,
    granteeKind: grantee.kind,
    retiring: retiring?.name ?? null,
    retiringKind: retiring?.kind ?? null,
    issuingAccount: key.createdBy,
    createdBy: key.createdBy,
    operations: grant.operations,
    constraints: grant.constraints ? JSON.stringify(constraints) : null,
    createdAt: key.createdAt,
  })
}

type Member = { readonly row: UnsealedKeyRow; readonly materials: readonly NewMaterial[] }

/** One member with all that hangs on it. Aliases, tags and grants are the primary's alone. */
async function insertMember(
  services: Services,
  rows: Transaction,
  { row, materials }: Member,
  seed: SeedKey,
): Promise<void> {
  await insertKey(rows, { ...row, rowMac: keyRowMac(services.rowMacKey, row) })
  for (const material of materials) await insertMaterial(rows, row, material)
  if (row.region !== seed.region) return
  const tags = Object.entries(seed.tags).map(([key, value]) => ({ key, value }))
  if (tags.length > 0) await putTags(rows, row, tags)
  for (const name of seed.aliases) {
    const binding = { account: row.account, region: row.region, name, keyId: row.id }
    const rowMac = aliasRowMac(services.rowMacKey, binding)
    await insertAlias(rows, { ...binding, createdAt: row.createdAt, updatedAt: row.createdAt, rowMac })
  }
  for (const grant of seed.grants) await insertGrant(rows, grantRow(services, row, grant))
}

async function membersOf(services: Services, seed: SeedKey, policyHash: Uint8Array): Promise<Member[]> {
  const createdAt = seed.created ?? services.clock.now()
  const kind = kindOf(seed)
  const [region, ...replicas] = regionsOf(seed)
  const owners = [{ ...kind, region }, ...replicas.map((other) => ({ ...kind, region: other }))] as const
  const fixedMaterial = seed.material !== undefined
  const { materials, publicKey } = await seededMaterial(
    services.domainKeys,
    [owners[0], ...owners.slice(1)],
    {
      key: seed,
      createdAt,
    },
  )
  return owners.map((owner, index) => {
    const own = materials[index] ?? []
    const row: UnsealedKeyRow = {
      ...FRESH_KEY,
      ...owner,
      ...rotationOf(seed, createdAt),
      state: own.length === 0 ? 'PendingImport' : seed.state,
      description: seed.description,
      policyHash,
      currentMaterialId: own.at(-1)?.id ?? null,
      publicKey,
      fixedMaterial,
      createdAt,
      createdBy: rootArn(partitionOf(owner.region), seed.account),
    }
    return { row, materials: own }
  })
}

/** Makes the key and its replicas with everything the seed says, in one transaction with its CreateKey events. */
export async function seedKey(engine: Engine, seed: SeedKey): Promise<void> {
  const { services, writer } = engine
  const policy = policyText(await checkedPolicy(engine, seed))
  const members = await membersOf(services, seed, policy.hash)
  const events = members.map(({ row }) => {
    const place = { partition: partitionOf(row.region), region: row.region, account: row.account }
    const aliases = row.region === seed.region ? seed.aliases.map((name) => aliasArn(place, name)) : []
    return internalEvent({
      name: 'CreateKey',
      at: services.clock.real(),
      account: row.account,
      region: row.region,
      key: { id: row.id, arn: keyArn(place, row.id) },
      details: { seeded: true, fixedMaterial: row.fixedMaterial, aliases },
    })
  })
  await services.database.transaction(async (rows) => {
    await putPolicyDocument(rows, policy)
    for (const [index, member] of members.entries()) {
      await insertMember(services, rows, member, seed)
      const { row } = member
      const { createdBy } = row
      // One event was made for each member, in their order.
      const eventId = events[index]?.id ?? ''
      await addPolicyVersion(rows, { key: row, policyHash: policy.hash, createdBy, eventId })
    }
    await writer.appendIn(rows.sql, events)
  })
}
