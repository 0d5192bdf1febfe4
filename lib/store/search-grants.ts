/**
 * The list of an account's grants as the console shows it: of every key of a Region, filtered, newest first, by keyset.
 * For lists only, never for a decision (R74). The statement is one constant; a filter travels as JSON.
 */
import type { GrantField } from '#lib/domain/operations/insight.ts'
import type { Sql } from './database.ts'
import { GRANT_COLUMNS, type GrantPosition, type ListedGrant } from './grants.ts'

/** One term. `patterns` are LIKE's. */
export type GrantTerm = {
  readonly field: GrantField | 'text'
  readonly negated: boolean
  readonly patterns: readonly string[]
}

export type GrantQuery = {
  readonly account: string
  readonly region: string
  readonly terms: readonly GrantTerm[]
  readonly after: GrantPosition | undefined
  readonly limit: number
  /** Counting stops here. */
  readonly countTo: number
}

/** A grant with the aliases of its key. */
export type FoundGrant = ListedGrant & { readonly aliases: readonly string[] }

const PATTERNS = `(ARRAY(SELECT jsonb_array_elements_text(t -> 'patterns')))`
const ALIASES_OF_KEY = `keyhouse.alias l WHERE (l.account_id, l.region, l.key_id) = (g.account_id, g.region, g.key_id)`

/** A principal by its ARN, by what its ARN ends with (user/alice), or by its name (alice). */
const isPrincipal = (column: string) =>
  `${column} LIKE ANY ${PATTERNS} OR split_part(${column}, ':', 6) LIKE ANY ${PATTERNS}
    OR regexp_replace(${column}, '^.*[:/]', '') LIKE ANY ${PATTERNS}`

/** Whether grant g fits the term t. */
const FITS = `CASE t ->> 'field'
  WHEN 'grantee' THEN ${isPrincipal('g.grantee')}
  WHEN 'op' THEN EXISTS (SELECT FROM unnest(g.operations) AS o WHERE o LIKE ANY ${PATTERNS})
  WHEN 'key' THEN g.key_id LIKE ANY ${PATTERNS}
    OR EXISTS (SELECT FROM ${ALIASES_OF_KEY} AND (l.name LIKE ANY ${PATTERNS} OR substr(l.name, 7) LIKE ANY ${PATTERNS}))
  WHEN 'constraint' THEN CASE WHEN g.constraints IS NULL THEN 'none' LIKE ANY ${PATTERNS} ELSE
    (g.constraints::jsonb ? 'EncryptionContextEquals' AND 'equals' LIKE ANY ${PATTERNS})
    OR (g.constraints::jsonb ? 'EncryptionContextSubset' AND 'subset' LIKE ANY ${PATTERNS})
    OR (g.constraints::jsonb ? 'SourceArn' AND 'source' LIKE ANY ${PATTERNS}) END
  WHEN 'issuer' THEN g.issuing_account LIKE ANY ${PATTERNS} OR split_part(g.issuing_account, ':', 5) LIKE ANY ${PATTERNS}
    OR ${isPrincipal('g.created_by')}
  WHEN 'service' THEN (g.grantee_kind = 'Service' AND g.grantee LIKE ANY ${PATTERNS})
    OR coalesce(g.retiring_kind = 'Service' AND g.retiring LIKE ANY ${PATTERNS}, false)
  WHEN 'name' THEN g.name <> '' AND g.name LIKE ANY ${PATTERNS}
  WHEN 'text' THEN g.id LIKE ANY ${PATTERNS} OR g.name ILIKE ANY ${PATTERNS} OR g.grantee ILIKE ANY ${PATTERNS}
    OR coalesce(g.retiring ILIKE ANY ${PATTERNS}, false) OR g.key_id LIKE ANY ${PATTERNS}
    OR EXISTS (SELECT FROM ${ALIASES_OF_KEY} AND l.name ILIKE ANY ${PATTERNS})
  ELSE false END`

// The page is joined to the count, so that an empty page has one too.
const STATEMENT = `
WITH matching AS MATERIALIZED (
  SELECT g.key_id AS of_key, g.id AS grant_id, g.created_at AS made_at FROM keyhouse.key_grant g
  WHERE g.account_id = $1 AND g.region = $2
    AND NOT EXISTS (SELECT FROM jsonb_array_elements($3::jsonb) AS t WHERE (${FITS}) = (t ->> 'negated')::boolean)
), page AS (
  SELECT * FROM matching WHERE $4::timestamptz IS NULL OR (made_at, grant_id) < ($4::timestamptz, $5::text)
  ORDER BY made_at DESC, grant_id DESC LIMIT $6::int
), listed AS (
  SELECT ${GRANT_COLUMNS}, created_at::text AS position,
    ARRAY(SELECT l.name FROM ${ALIASES_OF_KEY} ORDER BY l.name COLLATE "C") AS aliases
  FROM page p JOIN keyhouse.key_grant g ON (g.account_id, g.region, g.key_id, g.id) = ($1, $2, p.of_key, p.grant_id)
)
SELECT c.count, l.* FROM (SELECT count(*)::int AS count FROM (SELECT FROM matching LIMIT $7::int) AS m) AS c
LEFT JOIN listed l ON true ORDER BY l."createdAt" DESC, l.id DESC`

type Found = { readonly count: number } & (FoundGrant | { readonly id: null })

const isGrant = (row: Found): row is { readonly count: number } & FoundGrant => row.id !== null

/** Up to `limit` grants after a position, and how many there are in all, up to `countTo`. */
export async function searchGrants(
  sql: Sql,
  query: GrantQuery,
): Promise<{ grants: FoundGrant[]; count: number }> {
  const { account, region, terms, after, limit, countTo } = query
  const position = [after?.createdAt ?? null, after?.id ?? null]
  const values = [account, region, JSON.stringify(terms), ...position, limit, countTo]
  const rows = await sql<Found>(STATEMENT, values)
  return { grants: rows.filter(isGrant), count: rows[0]?.count ?? 0 }
}
