/** Grant rows. They are added and deleted, never changed. */
import type { Sql, Transaction } from './database.ts'
import type { KeyPlace } from './keys.ts'

export type PrincipalKind = 'AWS' | 'Service'

export type GrantColumns = {
  readonly account: string
  readonly region: string
  readonly keyId: string
  /** 64 hex. */
  readonly id: string
  /** Empty when it has none. */
  readonly name: string
  readonly grantee: string
  readonly granteeKind: PrincipalKind
  readonly retiring: string | null
  readonly retiringKind: PrincipalKind | null
  /** ARN of the root of the account that made the grant. */
  readonly issuingAccount: string
  readonly createdBy: string
  readonly operations: readonly string[]
  /** JSON by AWS's member names. */
  readonly constraints: string | null
  readonly createdAt: Date
}

export type GrantRow = GrantColumns & { readonly rowMac: Uint8Array }

/** A row of a list, with where it stands in it. */
export type ListedGrant = GrantRow & { readonly position: string }

/** What a GrantRow is read from. */
export const GRANT_COLUMNS = `account_id AS account, region, key_id AS "keyId", id, name, grantee, grantee_kind AS "granteeKind",
  retiring, retiring_kind AS "retiringKind", issuing_account AS "issuingAccount", created_by AS "createdBy",
  operations, constraints, created_at AS "createdAt", row_mac AS "rowMac"`

const OF_KEY = '(account_id, region, key_id) = ($1, $2, $3)'
const placeValues = (key: KeyPlace) => [key.account, key.region, key.id]

export async function insertGrant(transaction: Transaction, grant: GrantRow): Promise<void> {
  const { account, operations, rowMac, ...columns } = grant
  await transaction.prisma.keyGrant.create({
    data: {
      ...columns,
      accountId: account,
      operations: [...operations],
      rowMac: new Uint8Array(rowMac),
    },
  })
}

/** Deletes a grant of a key; false when it is gone. */
export async function deleteGrant(transaction: Transaction, key: KeyPlace, id: string): Promise<boolean> {
  const { count } = await transaction.prisma.keyGrant.deleteMany({
    where: { accountId: key.account, region: key.region, keyId: key.id, id },
  })
  return count === 1
}

export async function readGrant(sql: Sql, key: KeyPlace, id: string): Promise<GrantRow | undefined> {
  const [row] = await sql<GrantRow>(
    `SELECT ${GRANT_COLUMNS} FROM keyhouse.key_grant WHERE ${OF_KEY} AND id = $4`,
    [...placeValues(key), id],
  )
  return row
}

/** Grants of a key that name one of these ARNs as their grantee. */
export async function grantsOfGrantees(
  sql: Sql,
  key: KeyPlace,
  arns: readonly string[],
): Promise<GrantRow[]> {
  return sql<GrantRow>(
    `SELECT ${GRANT_COLUMNS} FROM keyhouse.key_grant
     WHERE ${OF_KEY} AND grantee = ANY ($4::text[])`,
    [...placeValues(key), arns],
  )
}

/** Grants of a key by the name they were given. */
export async function grantsNamed(sql: Sql, key: KeyPlace, name: string): Promise<GrantRow[]> {
  return sql<GrantRow>(
    `SELECT ${GRANT_COLUMNS} FROM keyhouse.key_grant WHERE ${OF_KEY} AND name = $4 AND name <> ''`,
    [...placeValues(key), name],
  )
}

/** Every grant of a key. */
export const grantsOfKey = (sql: Sql, key: KeyPlace): Promise<GrantRow[]> =>
  sql(
    `SELECT ${GRANT_COLUMNS} FROM keyhouse.key_grant WHERE ${OF_KEY} ORDER BY created_at, id`,
    placeValues(key),
  )

export async function countGrants(sql: Sql, key: KeyPlace): Promise<number> {
  const [row] = await sql<{ n: number }>(
    `SELECT count(*)::int AS n FROM keyhouse.key_grant WHERE ${OF_KEY}`,
    placeValues(key),
  )
  return row?.n ?? 0
}

export type GrantFilter = { readonly id?: string | undefined; readonly grantee?: string | undefined }
export type GrantPosition = { readonly createdAt: string; readonly id: string }

/** Grants of a key in the order they were made, from after a position; one more than asked for. */
export async function listGrants(
  sql: Sql,
  { key, filter }: { readonly key: KeyPlace; readonly filter: GrantFilter },
  page: { readonly after: GrantPosition | undefined; readonly limit: number },
): Promise<ListedGrant[]> {
  return sql<ListedGrant>(
    `SELECT ${GRANT_COLUMNS}, created_at::text AS position FROM keyhouse.key_grant
     WHERE ${OF_KEY} AND ($4::text IS NULL OR id = $4)
       AND ($5::text IS NULL OR (grantee = $5 AND grantee_kind = 'AWS'))
       AND (created_at, id) > ($6::timestamptz, $7)
     ORDER BY created_at, id LIMIT $8`,
    [
      ...placeValues(key),
      filter.id ?? null,
      filter.grantee ?? null,
      page.after?.createdAt ?? '-infinity',
      page.after?.id ?? '',
      page.limit + 1,
    ],
  )
}

/** Grants of any key of a Region, of any account, that a principal may retire; one more than asked for. */
export async function listRetirableGrants(
  sql: Sql,
  of: { readonly retiring: string; readonly region: string },
  page: { readonly after: GrantPosition | undefined; readonly limit: number },
): Promise<ListedGrant[]> {
  return sql<ListedGrant>(
    `SELECT ${GRANT_COLUMNS}, created_at::text AS position FROM keyhouse.key_grant
     WHERE retiring = $1 AND retiring_kind = 'AWS' AND region = $2 AND (created_at, id) > ($3::timestamptz, $4)
     ORDER BY created_at, id LIMIT $5`,
    [of.retiring, of.region, page.after?.createdAt ?? '-infinity', page.after?.id ?? '', page.limit + 1],
  )
}
