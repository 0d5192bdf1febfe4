/** Rows of domain keys: sealed by the root key, which is never in this database. */
import type { Sql } from './database.ts'

export type DomainKeyScope =
  | { readonly kind: 'installation' }
  | { readonly kind: 'account'; readonly account: string }
  | { readonly kind: 'region'; readonly account: string; readonly region: string }

export type DomainKeyRow = {
  readonly id: string
  readonly scope: 'installation' | 'account' | 'region'
  readonly account: string | null
  readonly region: string | null
  readonly version: number
  readonly sealed: Uint8Array
  readonly checkValue: Uint8Array
}

const COLUMNS = `id::text AS id, scope, account_id AS account, region, version, sealed, check_value AS "checkValue"`

export const columnsOf = (scope: DomainKeyScope) => ({
  account: scope.kind === 'installation' ? null : scope.account,
  region: scope.kind === 'region' ? scope.region : null,
})

/** Every domain key there is. */
export const readDomainKeys = (sql: Sql) =>
  sql<DomainKeyRow>(`SELECT ${COLUMNS} FROM keyhouse.domain_key ORDER BY version`, [])

/** The domain key with an id, whoever made it. */
export async function readDomainKey(sql: Sql, id: string): Promise<DomainKeyRow | undefined> {
  const [row] = await sql<DomainKeyRow>(`SELECT ${COLUMNS} FROM keyhouse.domain_key WHERE id = $1::uuid`, [
    id,
  ])
  return row
}

/** Adds a domain key, or gives the one that another engine added first for the same scope and version. */
export async function addDomainKey(sql: Sql, row: DomainKeyRow): Promise<DomainKeyRow> {
  await sql(
    `INSERT INTO keyhouse.domain_key (id, scope, account_id, region, version, sealed, check_value)
     VALUES ($1::uuid, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING`,
    [row.id, row.scope, row.account, row.region, row.version, row.sealed, row.checkValue],
  )
  const [kept] = await sql<DomainKeyRow>(
    `SELECT ${COLUMNS} FROM keyhouse.domain_key WHERE scope = $1 AND account_id IS NOT DISTINCT FROM $2
       AND region IS NOT DISTINCT FROM $3 AND version = $4`,
    [row.scope, row.account, row.region, row.version],
  )
  return kept ?? row
}
