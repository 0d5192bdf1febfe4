/** Makes a hundred thousand keys for lists to be measured on: rows like that of one real key. None of them can be used. */
import type pg from 'pg'

export type ManyKeys = {
  readonly pool: pg.Pool
  readonly account: string
  readonly region: string
  readonly count: number
}

const COPY_SQL = `
INSERT INTO keyhouse.key (account_id, region, id, spec, usage, origin, state, policy_hash, created_by, created_at, row_mac)
SELECT account_id, region, gen_random_uuid(), spec, usage, origin,
  CASE WHEN n % 50 = 0 THEN 'Disabled' ELSE 'Enabled' END, policy_hash, created_by, created_at - n * interval '1 minute', row_mac
FROM (SELECT * FROM keyhouse.key WHERE account_id = $1 AND region = $2 AND manager = 'CUSTOMER' AND state = 'Enabled'
  AND spec = 'SYMMETRIC_DEFAULT' LIMIT 1) AS model, generate_series(1, $3::int) AS n
RETURNING id`

const ALIASES_SQL = `
INSERT INTO keyhouse.alias (account_id, region, name, key_id, row_mac)
SELECT $1, $2, 'alias/bench/' || n, id, sha256('') FROM unnest($3::text[]) WITH ORDINALITY AS k (id, n)`

/** Gives their ids. There must be one enabled symmetric key already. */
export async function makeManyKeys({ pool, account, region, count }: ManyKeys): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(COPY_SQL, [account, region, count])
  if (rows.length === 0) throw new Error('there is no key to make others after')
  // Or every alias would look through all keys for its own.
  await pool.query('ANALYZE keyhouse.key')
  const ids = rows.map(({ id }) => id)
  await pool.query(ALIASES_SQL, [account, region, ids])
  await pool.query('ANALYZE keyhouse.alias')
  return ids
}
