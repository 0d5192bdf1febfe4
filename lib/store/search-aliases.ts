/** The list of aliases as the console shows it, each with the key it points at. For lists only, never for a decision. */
import type { KeySpecName, KeyUsageName } from '#lib/domain/key-spec.ts'
import type { KeyState } from '#lib/domain/key-state.ts'
import type { Sql } from './database.ts'

export type ListedAlias = {
  readonly name: string
  readonly keyId: string
  readonly createdAt: Date
  readonly updatedAt: Date
  readonly state: KeyState
  readonly spec: KeySpecName
  readonly usage: KeyUsageName
  readonly last_use: { readonly ts: string; readonly operation: string; readonly actor: string } | null
}

type Question = {
  readonly account: string
  readonly region: string
  /** LIKE's, for the name; undefined for all. */
  readonly pattern: string | undefined
  readonly after: string
  readonly limit: number
}

// Names of AWS managed keys are AWS's: they have a page of their own.
const MATCHING = `l.account_id = $1 AND l.region = $2 AND l.name NOT LIKE 'alias/aws/%'
  AND ($3::text IS NULL OR l.name ILIKE $3)`

const STATEMENT = `
SELECT l.name, l.key_id AS "keyId", l.created_at AS "createdAt", l.updated_at AS "updatedAt", k.state, k.spec, k.usage,
  (SELECT json_build_object('ts', u.ts, 'operation', u.operation, 'actor', u.actor_arn)
   FROM audit.last_use u WHERE (u.account_id, u.region, u.key_id) = (k.account_id, k.region, k.id)) AS last_use
FROM keyhouse.alias l JOIN keyhouse.key k ON (k.account_id, k.region, k.id) = (l.account_id, l.region, l.key_id)
WHERE ${MATCHING} AND l.name COLLATE "C" > $4 ORDER BY l.name COLLATE "C" LIMIT $5`

const COUNT = `SELECT count(*)::int AS count FROM (SELECT FROM keyhouse.alias l WHERE ${MATCHING} LIMIT $4::int) AS c`

/** Aliases of customer keys by name, one more than asked for. */
export const searchAliases = (sql: Sql, { account, region, pattern, after, limit }: Question) =>
  sql<ListedAlias>(STATEMENT, [account, region, pattern ?? null, after, limit + 1])

/** How many there are, up to a number. */
export async function countAliases(
  sql: Sql,
  { account, region, pattern }: Pick<Question, 'account' | 'region' | 'pattern'>,
  upTo: number,
): Promise<number> {
  const [row] = await sql<{ count: number }>(COUNT, [account, region, pattern ?? null, upTo])
  return row?.count ?? 0
}
