/** Families of multi-Region keys as a list: one row a key id, its members by Region. For lists only, never for a decision. */
import type { KeySpecName, KeyUsageName, Origin } from '#lib/domain/key-spec.ts'
import type { KeyState } from '#lib/domain/key-state.ts'
import type { Sql } from './database.ts'

export type FamilyMember = {
  readonly region: string
  readonly state: KeyState
  readonly aliases: readonly string[]
}

export type Family = {
  readonly id: string
  readonly spec: KeySpecName
  readonly usage: KeyUsageName
  readonly origin: Origin
  readonly primaryRegion: string
  /** Every Region that holds a member, those left out of `members` too. */
  readonly memberRegions: readonly string[]
  readonly members: readonly FamilyMember[]
}

type Question = {
  readonly account: string
  /** Only members in these are read. */
  readonly regions: readonly string[]
  readonly after: string
  readonly limit: number
}

const STATEMENT = `
SELECT k.id, min(k.spec) AS spec, min(k.usage) AS usage, min(k.origin) AS origin,
  min(k.primary_region) AS "primaryRegion", (array_agg(to_json(k.member_regions)))[1] AS "memberRegions",
  json_agg(json_build_object('region', k.region, 'state', k.state, 'aliases', ARRAY(
    SELECT l.name FROM keyhouse.alias l WHERE (l.account_id, l.region, l.key_id) = (k.account_id, k.region, k.id)
    ORDER BY l.name COLLATE "C")) ORDER BY k.region) AS members
FROM keyhouse.key k
WHERE k.account_id = $1 AND k.region = ANY ($2) AND k.multi_region AND k.id COLLATE "C" > $3
GROUP BY k.id ORDER BY k.id COLLATE "C" LIMIT $4`

/** Families by key id, one more than asked for. */
export const listFamilies = (sql: Sql, { account, regions, after, limit }: Question): Promise<Family[]> =>
  sql(STATEMENT, [account, regions, after, limit + 1])
