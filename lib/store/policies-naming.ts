/**
 * Policies of an account that may name a key: those of identities, what bounds them, and the policies of its other keys.
 * Finding goes through texts, which is slow and seldom: before a key is deleted.
 */
import type { Sql } from './database.ts'
import type { KeyPlace } from './keys.ts'

export type PolicyKind = 'managed' | 'user' | 'role' | 'group' | 'boundary' | 'trust' | 'guardrail' | 'key'

export type PolicyText = {
  readonly kind: PolicyKind
  /** The policy's; of an inline policy after its holder's and a slash; of a boundary, trust or key policy the holder's. */
  readonly name: string
  readonly body: string
}

const MANAGED = `keyhouse.managed_policy m
  JOIN keyhouse.managed_policy_version v ON v.policy_id = m.id AND v.version = m.default_version JOIN said ON said.hash = v.policy_hash`

const HOLDERS = `
SELECT 'managed' AS kind, m.name, said.body FROM ${MANAGED} WHERE m.account_id = $1
UNION ALL
SELECT p.kind, p.name || '/' || i.name, said.body FROM keyhouse.principal p
  JOIN keyhouse.principal_policy i ON i.principal_id = p.id JOIN said ON said.hash = i.policy_hash WHERE p.account_id = $1
UNION ALL
SELECT 'group', g.name || '/' || i.name, said.body FROM keyhouse.user_group g
  JOIN keyhouse.group_policy i ON i.group_id = g.id JOIN said ON said.hash = i.policy_hash WHERE g.account_id = $1
UNION ALL
SELECT 'boundary', p.name, said.body FROM keyhouse.principal p JOIN ${MANAGED} ON m.id = p.boundary_id WHERE p.account_id = $1
UNION ALL
SELECT 'trust', p.name, said.body FROM keyhouse.principal p JOIN said ON said.hash = p.trust_policy_hash WHERE p.account_id = $1
UNION ALL
SELECT 'guardrail', g.name, said.body FROM keyhouse.guardrail g JOIN said ON said.hash = g.policy_hash WHERE g.account_id = $1
UNION ALL
SELECT 'key', coalesce((SELECT min(l.name COLLATE "C") FROM keyhouse.alias l
    WHERE (l.account_id, l.region, l.key_id) = (k.account_id, k.region, k.id)), k.id), said.body
  FROM keyhouse.key k JOIN said ON said.hash = k.policy_hash WHERE k.account_id = $1 AND k.id <> $2`

// What is written with escapes must be read to be known.
const STATEMENT = `
WITH said AS MATERIALIZED (
  SELECT d.hash, d.body FROM keyhouse.policy_document d
  WHERE strpos(d.body, '\\') > 0 OR EXISTS (SELECT FROM unnest($3::text[]) AS n WHERE strpos(d.body, n) > 0)
)
SELECT kind, name, body FROM (${HOLDERS}) AS h ORDER BY kind, name LIMIT $4::int`

/** Policies in whose text one of the words stands, and those that must be parsed to know; at most `limit`. */
export const policiesNaming = (
  sql: Sql,
  key: Pick<KeyPlace, 'account' | 'id'>,
  words: readonly string[],
  limit: number,
): Promise<PolicyText[]> => sql(STATEMENT, [key.account, key.id, words, limit])
