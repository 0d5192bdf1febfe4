/** Rows of budgets: how often a key may be used in a day or a month before somebody should look. They go with their key. */
import type { Sql, Transaction } from './database.ts'
import type { KeyPlace } from './keys.ts'

export const PERIODS = ['day', 'month'] as const
export type Period = (typeof PERIODS)[number]

export type UseBudgetRow = {
  readonly keyId: string
  /** The key's first alias. */
  readonly alias: string | null
  readonly period: Period
  readonly most: number
  readonly setBy: string
}

/** Budgets of a Region, or of one of its keys. */
export async function listUseBudgets(
  sql: Sql,
  { account, region }: Pick<KeyPlace, 'account' | 'region'>,
  keyId?: string,
): Promise<UseBudgetRow[]> {
  const rows = await sql<Omit<UseBudgetRow, 'most'> & { most: string }>(
    `SELECT b.key_id AS "keyId", b.period, b.most::text AS most, b.set_by AS "setBy",
       (SELECT min(l.name COLLATE "C") FROM keyhouse.alias l
        WHERE (l.account_id, l.region, l.key_id) = (b.account_id, b.region, b.key_id)) AS alias
     FROM keyhouse.use_budget b
     WHERE b.account_id = $1 AND b.region = $2 AND ($3::text IS NULL OR b.key_id = $3)
     ORDER BY b.key_id, b.period`,
    [account, region, keyId ?? null],
  )
  return rows.map((row) => ({ ...row, most: Number(row.most) }))
}

/** Sets a key's budget of a period, in place of the one it had. */
export async function putUseBudget(
  rows: Transaction,
  key: KeyPlace,
  budget: Pick<UseBudgetRow, 'period' | 'most' | 'setBy'>,
): Promise<void> {
  await rows.sql(
    `INSERT INTO keyhouse.use_budget (account_id, region, key_id, period, most, set_by)
     VALUES ($1, $2, $3, $4, $5::bigint, $6)
     ON CONFLICT (account_id, region, key_id, period) DO UPDATE SET most = excluded.most, set_at = clock_timestamp(),
       set_by = excluded.set_by`,
    [key.account, key.region, key.id, budget.period, budget.most, budget.setBy],
  )
}

export async function deleteUseBudget(rows: Transaction, key: KeyPlace, period: Period): Promise<void> {
  await rows.sql(
    'DELETE FROM keyhouse.use_budget WHERE (account_id, region, key_id, period) = ($1, $2, $3, $4)',
    [key.account, key.region, key.id, period],
  )
}
