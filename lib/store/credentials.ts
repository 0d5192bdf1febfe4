/** Credentials of all users of an account at once, and when each was last used: what lists show. Never for decisions. */
import type { AccessKeyStatus } from './access-keys.ts'
import type { Sql } from './database.ts'

export type ListedAccessKey = {
  readonly id: string
  readonly principal: string
  readonly status: AccessKeyStatus
  readonly createdAt: Date
}

/** Every access key of an account, the root's included, by id. */
export const accessKeysOfAccount = (sql: Sql, account: string): Promise<ListedAccessKey[]> =>
  sql<ListedAccessKey>(
    `SELECT id, principal_id AS principal, status, created_at AS "createdAt" FROM keyhouse.access_key
     WHERE account_id = $1 ORDER BY id`,
    [account],
  )

/** The names of the groups of every user who is in one, by name. */
export async function groupNames(sql: Sql, account: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = await sql<{ principal: string; names: string[] }>(
    `SELECT m.principal_id AS principal, array_agg(g.name ORDER BY g.name) AS names
     FROM keyhouse.group_member m JOIN keyhouse.user_group g ON g.id = m.group_id
     WHERE g.account_id = $1 GROUP BY m.principal_id`,
    [account],
  )
  return new Map(rows.map(({ principal, names }) => [principal, names]))
}

export type LastKeyUse = { readonly at: Date; readonly source: string; readonly region: string }

/** When each of these access keys last appears in the log. Goes to the reader. */
export async function lastUses(
  reader: Sql,
  account: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, LastKeyUse>> {
  const rows = await reader<LastKeyUse & { id: string }>(
    `SELECT k.id, u.* FROM unnest($2::text[]) AS k(id) CROSS JOIN LATERAL (
       SELECT ts AS at, event_source AS source, region FROM audit.entry
       WHERE account_id = $1 AND access_key_id = k.id ORDER BY ts DESC, event_id DESC LIMIT 1) u`,
    [account, ids],
  )
  return new Map(rows.map(({ id, ...use }) => [id, use]))
}
