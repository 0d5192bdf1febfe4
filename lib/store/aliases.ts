/** Alias rows. */
import type { Sql, Transaction } from './database.ts'

export type AliasRow = {
  readonly account: string
  readonly region: string
  /** With its prefix. */
  readonly name: string
  readonly keyId: string
  readonly createdAt: Date
  readonly updatedAt: Date
  readonly rowMac: Uint8Array
}

type Where = { readonly account: string; readonly region: string; readonly name: string }

/** The alias as it is now, or undefined. Names are compared byte for byte. */
export async function readAlias(sql: Sql, where: Where): Promise<AliasRow | undefined> {
  const [row] = await sql<AliasRow>(
    `SELECT account_id AS account, region, name, key_id AS "keyId", created_at AS "createdAt",
       updated_at AS "updatedAt", row_mac AS "rowMac"
     FROM keyhouse.alias WHERE account_id = $1 AND region = $2 AND name = $3`,
    [where.account, where.region, where.name],
  )
  return row
}

export async function insertAlias(transaction: Transaction, alias: AliasRow): Promise<void> {
  await transaction.prisma.alias.create({
    data: {
      accountId: alias.account,
      region: alias.region,
      name: alias.name,
      keyId: alias.keyId,
      createdAt: alias.createdAt,
      updatedAt: alias.updatedAt,
      rowMac: new Uint8Array(alias.rowMac),
    },
  })
}

/** Points an alias at another key; false when it is gone. */
export async function pointAlias(transaction: Transaction, alias: AliasRow): Promise<boolean> {
  const { count } = await transaction.prisma.alias.updateMany({
    where: { accountId: alias.account, region: alias.region, name: alias.name },
    data: { keyId: alias.keyId, updatedAt: alias.updatedAt, rowMac: new Uint8Array(alias.rowMac) },
  })
  return count === 1
}

export async function deleteAlias(transaction: Transaction, where: Where): Promise<boolean> {
  const { count } = await transaction.prisma.alias.deleteMany({
    where: { accountId: where.account, region: where.region, name: where.name },
  })
  return count === 1
}

/** Aliases by name, of one key or of the whole account and Region; one more than asked for. */
export async function listAliases(
  sql: Sql,
  place: { account: string; region: string; keyId: string | undefined },
  page: { after: string; limit: number },
): Promise<AliasRow[]> {
  return sql<AliasRow>(
    `SELECT account_id AS account, region, name, key_id AS "keyId", created_at AS "createdAt",
       updated_at AS "updatedAt", row_mac AS "rowMac"
     FROM keyhouse.alias
     WHERE account_id = $1 AND region = $2 AND ($3::text IS NULL OR key_id = $3) AND name COLLATE "C" > $4
     ORDER BY name COLLATE "C" LIMIT $5`,
    [place.account, place.region, place.keyId ?? null, page.after, page.limit + 1],
  )
}
