/** Key rows: what the database holds of a key, read in one statement so that it is one snapshot. */
import type { KeySpecName, KeyUsageName, Origin } from '#lib/domain/key-spec.ts'
import type { KeyState } from '#lib/domain/key-state.ts'
import type { Sql, Transaction } from './database.ts'
import { MATERIALS_OF_KEY, type MaterialJson, type MaterialRow, materialOf } from './materials.ts'

export type AliasOfKey = {
  readonly name: string
  readonly createdAt: Date
  readonly updatedAt: Date
  readonly rowMac: Uint8Array
}

/** The columns that a change may set; the row MAC covers them all. */
export type KeyColumns = {
  readonly state: KeyState
  readonly description: string
  readonly policyHash: Uint8Array
  readonly currentMaterialId: string | null
  readonly deletionAt: Date | null
  readonly rotationEnabled: boolean
  readonly rotationPeriodDays: number | null
  readonly nextRotationAt: Date | null
  readonly onDemandRotations: number
  /** DER SubjectPublicKeyInfo; null for symmetric keys, and for others until their material is there. */
  readonly publicKey: Uint8Array | null
  /** Of a multi-Region key; null for others. */
  readonly primaryRegion: string | null
  /** Every Region with a member of the multi-Region family, its own included; empty for others. */
  readonly memberRegions: readonly string[]
  /** Set while a primary waits for its last replica to go. */
  readonly pendingWindowDays: number | null
}

export type KeyRow = KeyColumns & {
  readonly account: string
  readonly region: string
  readonly id: string
  readonly spec: KeySpecName
  readonly usage: KeyUsageName
  readonly origin: Origin
  readonly manager: 'CUSTOMER' | 'AWS'
  readonly multiRegion: boolean
  readonly fixedMaterial: boolean
  readonly createdAt: Date
  readonly createdBy: string
  readonly rowVersion: bigint
  readonly rowMac: Uint8Array
}

/** A key with everything that hangs on it, as of one moment. */
export type KeySnapshot = KeyRow & {
  readonly policy: string
  readonly accountEpoch: bigint
  readonly aliases: readonly AliasOfKey[]
  readonly tags: readonly { readonly key: string; readonly value: string }[]
  readonly materials: readonly MaterialRow[]
  /** Whether any grant hangs on the key; the grants themselves are read when a decision needs them. */
  readonly hasGrants: boolean
}

const SNAPSHOTS = `
SELECT k.account_id, k.region, k.id, k.spec, k.usage, k.origin, k.manager, k.multi_region, k.state, k.description,
  k.policy_hash, k.current_material_id, k.deletion_at, k.rotation_enabled, k.rotation_period_days, k.next_rotation_at,
  k.on_demand_rotations, k.public_key, k.primary_region, k.member_regions, k.pending_window_days,
  k.fixed_material, k.created_at, k.created_by, k.row_version::text AS row_version, k.row_mac,
  d.body AS policy, a.epoch::text AS account_epoch,
  (SELECT coalesce(json_agg(json_build_object('name', l.name, 'createdAt', l.created_at, 'updatedAt', l.updated_at,
     'rowMac', encode(l.row_mac, 'hex')) ORDER BY l.name), '[]')
   FROM keyhouse.alias l WHERE (l.account_id, l.region, l.key_id) = (k.account_id, k.region, k.id)) AS aliases,
  (SELECT coalesce(json_agg(json_build_object('key', t.tag_key, 'value', t.tag_value) ORDER BY t.tag_key), '[]')
   FROM keyhouse.key_tag t WHERE (t.account_id, t.region, t.key_id) = (k.account_id, k.region, k.id)) AS tags,
  ${MATERIALS_OF_KEY} AS materials,
  EXISTS (SELECT FROM keyhouse.key_grant g WHERE (g.account_id, g.region, g.key_id) = (k.account_id, k.region, k.id))
    AS has_grants
FROM keyhouse.key k
JOIN keyhouse.policy_document d ON d.hash = k.policy_hash
JOIN keyhouse.account a ON a.id = k.account_id`
const SNAPSHOT = `${SNAPSHOTS} WHERE (k.account_id, k.region, k.id) = ($1, $2, $3)`
const SNAPSHOTS_OF = `${SNAPSHOTS}
  WHERE (k.account_id, k.region, k.id) IN (SELECT * FROM unnest($1::text[], $2::text[], $3::text[]))`

type SnapshotColumns = {
  account_id: string
  region: string
  id: string
  spec: KeySpecName
  usage: KeyUsageName
  origin: Origin
  manager: 'CUSTOMER' | 'AWS'
  multi_region: boolean
  state: KeyState
  description: string
  policy_hash: Uint8Array
  current_material_id: string | null
  deletion_at: Date | null
  rotation_enabled: boolean
  rotation_period_days: number | null
  next_rotation_at: Date | null
  on_demand_rotations: number
  public_key: Uint8Array | null
  primary_region: string | null
  member_regions: string[]
  pending_window_days: number | null
  fixed_material: boolean
  created_at: Date
  created_by: string
  row_version: string
  row_mac: Uint8Array
  policy: string
  account_epoch: string
  aliases: { name: string; createdAt: string; updatedAt: string; rowMac: string }[]
  tags: { key: string; value: string }[]
  materials: MaterialJson[]
  has_grants: boolean
}

const fromHex = (hex: string): Uint8Array => Buffer.from(hex, 'hex')

function snapshotOf(row: SnapshotColumns): KeySnapshot {
  return {
    account: row.account_id,
    region: row.region,
    id: row.id,
    spec: row.spec,
    usage: row.usage,
    origin: row.origin,
    manager: row.manager,
    multiRegion: row.multi_region,
    state: row.state,
    description: row.description,
    policyHash: row.policy_hash,
    currentMaterialId: row.current_material_id,
    deletionAt: row.deletion_at,
    rotationEnabled: row.rotation_enabled,
    rotationPeriodDays: row.rotation_period_days,
    nextRotationAt: row.next_rotation_at,
    onDemandRotations: row.on_demand_rotations,
    publicKey: row.public_key,
    primaryRegion: row.primary_region,
    memberRegions: row.member_regions,
    pendingWindowDays: row.pending_window_days,
    fixedMaterial: row.fixed_material,
    createdAt: row.created_at,
    createdBy: row.created_by,
    rowVersion: BigInt(row.row_version),
    rowMac: row.row_mac,
    policy: row.policy,
    accountEpoch: BigInt(row.account_epoch),
    aliases: row.aliases.map((alias) => ({
      name: alias.name,
      createdAt: new Date(alias.createdAt),
      updatedAt: new Date(alias.updatedAt),
      rowMac: fromHex(alias.rowMac),
    })),
    tags: row.tags,
    materials: row.materials.map(materialOf),
    hasGrants: row.has_grants,
  }
}

export type KeyPlace = { readonly account: string; readonly region: string; readonly id: string }

/** The key as it is now, or undefined. */
export async function readKey(sql: Sql, place: KeyPlace): Promise<KeySnapshot | undefined> {
  const [row] = await sql<SnapshotColumns>(SNAPSHOT, [place.account, place.region, place.id])
  return row && snapshotOf(row)
}

/** Those of some keys that there are, as they are now. */
export async function readKeys(sql: Sql, places: readonly KeyPlace[]): Promise<KeySnapshot[]> {
  const rows = await sql<SnapshotColumns>(SNAPSHOTS_OF, [
    places.map(({ account }) => account),
    places.map(({ region }) => region),
    places.map(({ id }) => id),
  ])
  return rows.map(snapshotOf)
}

/** The key that a material belongs to, in a Region: how a ciphertext finds its key. */
export async function findKeyOfMaterial(
  sql: Sql,
  region: string,
  materialId: string,
): Promise<KeyPlace | undefined> {
  const [row] = await sql<KeyPlace>(
    `SELECT account_id AS account, region, key_id AS id FROM keyhouse.key_material WHERE id = $1 AND region = $2 LIMIT 1`,
    [materialId, region],
  )
  return row
}

/** Adds a key at version 1. The policy document must be there already. */
export async function insertKey(transaction: Transaction, key: KeyRow): Promise<void> {
  await transaction.prisma.key.create({
    data: {
      accountId: key.account,
      region: key.region,
      id: key.id,
      spec: key.spec,
      usage: key.usage,
      origin: key.origin,
      manager: key.manager,
      multiRegion: key.multiRegion,
      fixedMaterial: key.fixedMaterial,
      createdAt: key.createdAt,
      createdBy: key.createdBy,
      rowVersion: key.rowVersion,
      rowMac: new Uint8Array(key.rowMac),
      ...columnsForPrisma(key),
    },
  })
}

function columnsForPrisma(key: KeyColumns) {
  return {
    state: key.state,
    description: key.description,
    policyHash: new Uint8Array(key.policyHash),
    currentMaterialId: key.currentMaterialId,
    deletionAt: key.deletionAt,
    rotationEnabled: key.rotationEnabled,
    rotationPeriodDays: key.rotationPeriodDays,
    nextRotationAt: key.nextRotationAt,
    onDemandRotations: key.onDemandRotations,
    publicKey: key.publicKey && new Uint8Array(key.publicKey),
    primaryRegion: key.primaryRegion,
    memberRegions: [...key.memberRegions],
    pendingWindowDays: key.pendingWindowDays,
  }
}

/**
 * Moves a key from one version to the next, if it still is at the first. This is the last statement of a change:
 * it takes the row's lock, and false means that somebody else was faster and everything must be decided anew.
 */
export async function moveKey(transaction: Transaction, from: bigint, to: KeyRow): Promise<boolean> {
  const { count } = await transaction.prisma.key.updateMany({
    where: { accountId: to.account, region: to.region, id: to.id, rowVersion: from },
    data: { ...columnsForPrisma(to), rowVersion: to.rowVersion, rowMac: new Uint8Array(to.rowMac) },
  })
  return count === 1
}

/** Deletes a key that is still at the version given, with all that hangs on it. */
export async function deleteKey(
  transaction: Transaction,
  place: KeyPlace,
  version: bigint,
): Promise<boolean> {
  const { count } = await transaction.prisma.key.deleteMany({
    where: { accountId: place.account, region: place.region, id: place.id, rowVersion: version },
  })
  return count === 1
}

/** Keys of an account and Region in the order they were made, from after `from`, one more than asked for. */
export async function listKeys(
  sql: Sql,
  place: { account: string; region: string },
  page: { after: { createdAt: string; id: string } | undefined; limit: number },
): Promise<{ id: string; created_at: string }[]> {
  return sql(
    `SELECT id, created_at::text AS created_at FROM keyhouse.key
     WHERE account_id = $1 AND region = $2 AND (created_at, id) > ($3::timestamptz, $4)
     ORDER BY created_at, id LIMIT $5`,
    [place.account, place.region, page.after?.createdAt ?? '-infinity', page.after?.id ?? '', page.limit + 1],
  )
}

/** Whether an account has this many keys of its own in a Region: at the end of an index, so cheap for most. */
export async function hasKeys(
  sql: Sql,
  place: { account: string; region: string },
  count: number,
): Promise<boolean> {
  const rows = await sql(
    `SELECT 1 AS found FROM keyhouse.key WHERE account_id = $1 AND region = $2 AND manager = 'CUSTOMER'
     OFFSET $3::int LIMIT 1`,
    [place.account, place.region, Math.max(0, count - 1)],
  )
  return rows.length > 0
}

/**
 * Keys whose automatic rotation is due by the installation's clock. A disabled key waits; a multi-Region family
 * rotates with its primary (facts §10).
 */
export async function dueForRotation(sql: Sql, limit: number): Promise<KeyPlace[]> {
  return sql(
    `SELECT account_id AS account, region, id FROM keyhouse.key
     WHERE rotation_enabled AND state = 'Enabled' AND next_rotation_at <= keyhouse.now()
       AND (primary_region IS NULL OR primary_region = region)
     ORDER BY next_rotation_at LIMIT $1`,
    [limit],
  )
}
