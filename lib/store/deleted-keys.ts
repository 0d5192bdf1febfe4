/** Tombstones: what is left of a deleted key. Never its material (facts §12). */
import type { KeySpecName, KeyUsageName, Origin } from '#lib/domain/key-spec.ts'
import type { Sql, Transaction } from './database.ts'
import type { KeyPlace, KeySnapshot } from './keys.ts'

export type DeletedKey = KeyPlace & {
  readonly deletedAt: Date
  readonly spec: KeySpecName
  readonly usage: KeyUsageName
  readonly origin: Origin
  readonly multiRegion: boolean
  readonly description: string
  /** As they were when the key went. */
  readonly aliases: readonly string[]
  readonly createdAt: Date
}

/** Writes down that a key was. Fails if the same key was written down for the same moment. */
export async function insertDeletedKey(transaction: Transaction, key: KeySnapshot, at: Date): Promise<void> {
  await transaction.prisma.deletedKey.create({
    data: {
      accountId: key.account,
      region: key.region,
      id: key.id,
      deletedAt: at,
      spec: key.spec,
      usage: key.usage,
      origin: key.origin,
      multiRegion: key.multiRegion,
      description: key.description,
      aliases: key.aliases.map((alias) => alias.name),
      policyHash: new Uint8Array(key.policyHash),
      createdAt: key.createdAt,
      createdBy: key.createdBy,
    },
  })
}

/** The tombstone of a key; the newest, where a replica was made and deleted again. */
export async function readDeletedKey(sql: Sql, place: KeyPlace): Promise<DeletedKey | undefined> {
  const [row] = await sql<DeletedKey>(
    `SELECT account_id AS account, region, id, deleted_at AS "deletedAt", spec, usage, origin,
       multi_region AS "multiRegion", description, aliases, created_at AS "createdAt"
     FROM keyhouse.deleted_key WHERE account_id = $1 AND region = $2 AND id = $3 ORDER BY deleted_at DESC LIMIT 1`,
    [place.account, place.region, place.id],
  )
  return row
}

/** Keys whose waiting period is over by the installation's clock. */
export async function dueForDeletion(sql: Sql, limit: number): Promise<KeyPlace[]> {
  return sql(
    `SELECT account_id AS account, region, id FROM keyhouse.key
     WHERE deletion_at <= keyhouse.now() ORDER BY deletion_at LIMIT $1`,
    [limit],
  )
}
