/**
 * The list of keys as the console shows it: filtered, sorted, by keyset. For lists only, never for a decision (R74).
 * The statement's text is one of a few constants, one a sort and order; a filter travels as JSON, whose terms the statement applies one by one.
 */

import type { KeySpecName, KeyUsageName, Origin } from '#lib/domain/key-spec.ts'
import type { KeyState } from '#lib/domain/key-state.ts'
import type { KeyField, KeySort } from '#lib/domain/operations/insight.ts'
import type { Sql } from './database.ts'

/** One term. `patterns` are LIKE's; `used` has its own members. */
export type KeyTerm = {
  readonly field: KeyField | 'text'
  readonly negated: boolean
  readonly patterns?: readonly string[]
  readonly never?: boolean
  readonly before?: Date
  readonly since?: Date
}

/** Where the page before ended: the sorted value (null for a key without one) and the key's id. */
export type KeyPosition = { readonly value: string | null; readonly id: string }

export type KeyQuery = {
  readonly account: string
  readonly region: string
  readonly manager: 'CUSTOMER' | 'AWS'
  readonly terms: readonly KeyTerm[]
  readonly sort: KeySort
  readonly descending: boolean
  readonly after: KeyPosition | undefined
  readonly limit: number
  /** Counting stops here. */
  readonly countTo: number
}

/** What a list tells of a key's imported material. Times are JSON's. */
type ListedImport = {
  /** When the first of its materials expires. */
  readonly expires: string | null
  /** The youngest material that is here. */
  readonly last: string | null
  /** The end of the youngest session that may still bring material. */
  readonly session: string | null
}

export type ListedKey = {
  readonly id: string
  readonly sorted: string | null
  readonly state: KeyState
  readonly spec: KeySpecName
  readonly usage: KeyUsageName
  readonly origin: Origin
  readonly multi_region: boolean
  readonly primary_region: string | null
  readonly description: string
  readonly created_at: Date
  readonly deletion_at: Date | null
  readonly rotation_enabled: boolean
  readonly next_rotation_at: Date | null
  /** Of imported material only. */
  readonly import: ListedImport | null
  readonly aliases: readonly string[]
  readonly tags: readonly { readonly key: string; readonly value: string }[]
  readonly last_use: {
    readonly ts: string
    readonly operation: string
    readonly actor: string
    readonly event: string
  } | null
}

// Text that sorts as the time does.
const sortable = (time: string) => `to_char(${time} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US')`

const SORTED: Record<KeySort, string> = {
  alias: `(SELECT min(l.name COLLATE "C") FROM keyhouse.alias l WHERE (l.account_id, l.region, l.key_id) = (k.account_id, k.region, k.id))`,
  lastUsed: sortable('u.ts'),
  state: 'k.state',
  created: sortable('k.created_at'),
  deletionDate: sortable('k.deletion_at'),
  // Keys that could rotate and do not come after every date; those that cannot have no value.
  nextRotation: `CASE WHEN k.spec <> 'SYMMETRIC_DEFAULT' OR k.origin <> 'AWS_KMS' OR k.primary_region <> k.region THEN NULL
    WHEN k.rotation_enabled THEN ${sortable('k.next_rotation_at')} ELSE 'off' END`,
  materialExpires: sortable(
    '(SELECT min(m.valid_to) FROM keyhouse.key_material m WHERE (m.account_id, m.region, m.key_id) = (k.account_id, k.region, k.id))',
  ),
}

const PATTERNS = `(ARRAY(SELECT jsonb_array_elements_text(t -> 'patterns')))`
const ALIASES_OF_KEY = `keyhouse.alias l WHERE (l.account_id, l.region, l.key_id) = (k.account_id, k.region, k.id)`
const TAGS_OF_KEY = `keyhouse.key_tag g WHERE (g.account_id, g.region, g.key_id) = (k.account_id, k.region, k.id)`

/** Whether key k fits the term t. */
const FITS = `CASE t ->> 'field'
  WHEN 'alias' THEN EXISTS (SELECT FROM ${ALIASES_OF_KEY} AND l.name LIKE ANY ${PATTERNS})
  WHEN 'id' THEN k.id LIKE ANY ${PATTERNS}
  WHEN 'state' THEN k.state LIKE ANY ${PATTERNS}
  WHEN 'spec' THEN k.spec LIKE ANY ${PATTERNS}
  WHEN 'usage' THEN k.usage LIKE ANY ${PATTERNS}
  WHEN 'origin' THEN k.origin LIKE ANY ${PATTERNS}
  WHEN 'regionality' THEN CASE WHEN NOT k.multi_region THEN 'single' WHEN k.primary_region = k.region THEN 'primary'
    ELSE 'replica' END LIKE ANY ${PATTERNS} OR (k.multi_region AND 'multi' LIKE ANY ${PATTERNS})
  WHEN 'tag' THEN EXISTS (SELECT FROM ${TAGS_OF_KEY}
    AND (g.tag_key LIKE ANY ${PATTERNS} OR g.tag_key || '=' || g.tag_value LIKE ANY ${PATTERNS}))
  WHEN 'rotation' THEN CASE WHEN k.rotation_enabled THEN 'on' ELSE 'off' END LIKE ANY ${PATTERNS}
    OR (k.rotation_enabled AND k.next_rotation_at < keyhouse.now() AND 'overdue' LIKE ANY ${PATTERNS})
  WHEN 'used' THEN coalesce((t ->> 'never')::boolean AND u.ts IS NULL, false)
    OR coalesce(u.ts < (t ->> 'before')::timestamptz, false) OR coalesce(u.ts >= (t ->> 'since')::timestamptz, false)
  WHEN 'text' THEN k.id LIKE ANY ${PATTERNS} OR k.description ILIKE ANY ${PATTERNS}
    OR EXISTS (SELECT FROM ${ALIASES_OF_KEY} AND l.name ILIKE ANY ${PATTERNS})
  ELSE false END`

const MATERIALS_OF_KEY = `keyhouse.key_material m WHERE (m.account_id, m.region, m.key_id) = (k.account_id, k.region, k.id)`
const IMPORT = `CASE WHEN k.origin = 'EXTERNAL' THEN json_build_object(
    'expires', (SELECT min(m.valid_to) FROM ${MATERIALS_OF_KEY}),
    'last', (SELECT max(m.created_at) FROM ${MATERIALS_OF_KEY} AND m.import_state = 'IMPORTED'),
    'session', (SELECT max(s.expires_at) FROM keyhouse.import_session s
      WHERE (s.account_id, s.region, s.key_id) = (k.account_id, k.region, k.id)
        AND s.used_at IS NULL AND s.expires_at > keyhouse.now())) END`

/** Keys without the sorted value come last in both directions. */
function statement(sort: KeySort, descending: boolean): string {
  const sign = descending ? '<' : '>'
  const direction = descending ? 'DESC' : 'ASC'
  return `
WITH matching AS MATERIALIZED (
  SELECT k.id, (${SORTED[sort]}) COLLATE "C" AS sorted
  FROM keyhouse.key k LEFT JOIN audit.last_use u ON (u.account_id, u.region, u.key_id) = (k.account_id, k.region, k.id)
  WHERE k.account_id = $1 AND k.region = $2 AND k.manager = $9
    AND NOT EXISTS (SELECT FROM jsonb_array_elements($3::jsonb) AS t WHERE (${FITS}) = (t ->> 'negated')::boolean)
), page AS (
  SELECT id, sorted FROM matching
  WHERE $4::text IS NULL OR (sorted IS NULL) > $5::boolean
    OR ((sorted IS NULL) = $5::boolean AND (coalesce(sorted, ''), id COLLATE "C") ${sign} ($6::text, $4::text))
  ORDER BY (sorted IS NULL), sorted ${direction}, id COLLATE "C" ${direction} LIMIT $7::int
)
SELECT (SELECT count(*)::int FROM (SELECT FROM matching LIMIT $8::int) AS c) AS count,
  coalesce((SELECT json_agg(json_build_object('id', k.id, 'sorted', p.sorted, 'state', k.state, 'spec', k.spec,
    'usage', k.usage, 'origin', k.origin, 'multi_region', k.multi_region, 'description', k.description,
    'created_at', k.created_at, 'deletion_at', k.deletion_at, 'rotation_enabled', k.rotation_enabled,
    'next_rotation_at', k.next_rotation_at, 'primary_region', k.primary_region, 'import', ${IMPORT},
    'aliases', ARRAY(SELECT l.name FROM ${ALIASES_OF_KEY} ORDER BY l.name COLLATE "C"),
    'tags', (SELECT coalesce(json_agg(json_build_object('key', g.tag_key, 'value', g.tag_value) ORDER BY g.tag_key), '[]')
      FROM ${TAGS_OF_KEY}),
    'last_use', (SELECT json_build_object('ts', u.ts, 'operation', u.operation, 'actor', u.actor_arn, 'event', u.event_id)
      FROM audit.last_use u WHERE (u.account_id, u.region, u.key_id) = (k.account_id, k.region, k.id)))
    ORDER BY (p.sorted IS NULL), p.sorted ${direction}, p.id COLLATE "C" ${direction})
  FROM page p JOIN keyhouse.key k ON (k.account_id, k.region, k.id) = ($1, $2, p.id)), '[]') AS keys`
}

type Found = {
  count: number
  keys: (ListedKey & { created_at: string; deletion_at: string | null; next_rotation_at: string | null })[]
}

const date = (text: string | null) => (text === null ? null : new Date(text))

/** Up to `limit` keys after a position, and how many there are in all, up to `countTo`. */
export async function searchKeys(sql: Sql, query: KeyQuery): Promise<{ keys: ListedKey[]; count: number }> {
  const { account, region, manager, terms, sort, descending, after, limit, countTo } = query
  const position = after ? [after.id, after.value === null, after.value ?? ''] : [null, null, null]
  const values = [account, region, JSON.stringify(terms), ...position, limit, countTo, manager]
  const [found] = await sql<Found>(statement(sort, descending), values)
  const keys = (found?.keys ?? []).map((key) => ({
    ...key,
    created_at: new Date(key.created_at),
    deletion_at: date(key.deletion_at),
    next_rotation_at: date(key.next_rotation_at),
  }))
  return { keys, count: found?.count ?? 0 }
}
