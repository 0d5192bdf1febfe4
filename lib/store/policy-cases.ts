/** Rows of pinned cases: questions about a key whose answer must stay what it is. They go with their key. */
import type { Sql, Transaction } from './database.ts'
import type { KeyPlace } from './keys.ts'

export type PolicyCaseRow = {
  readonly id: string
  readonly name: string
  /** JSON: principal, action, encryption context, conditions. */
  readonly request: string
  readonly allowed: boolean
  readonly createdAt: Date
  readonly createdBy: string
}

/** Of a key, by name. */
export const readPolicyCases = (sql: Sql, key: KeyPlace): Promise<PolicyCaseRow[]> =>
  sql(
    `SELECT id, name, request, allowed, created_at AS "createdAt", created_by AS "createdBy" FROM keyhouse.policy_case
     WHERE (account_id, region, key_id) = ($1, $2, $3) ORDER BY lower(name), id`,
    [key.account, key.region, key.id],
  )

/** Adds a case, or puts one in place of that of the same id. */
export async function putPolicyCase(
  rows: Transaction,
  key: KeyPlace,
  put: Omit<PolicyCaseRow, 'createdAt'>,
): Promise<void> {
  const { id, name, request, allowed, createdBy } = put
  await rows.sql(
    `INSERT INTO keyhouse.policy_case (account_id, region, key_id, id, name, request, allowed, created_by)
     VALUES ($1, $2, $3, $4::uuid, $5, $6, $7, $8)
     ON CONFLICT (account_id, region, key_id, id) DO UPDATE SET name = excluded.name, request = excluded.request,
       allowed = excluded.allowed, created_at = clock_timestamp(), created_by = excluded.created_by`,
    [key.account, key.region, key.id, id, name, request, allowed, createdBy],
  )
}

export async function deletePolicyCase(rows: Transaction, key: KeyPlace, id: string): Promise<void> {
  await rows.prisma.policyCase.deleteMany({
    where: { accountId: key.account, region: key.region, keyId: key.id, id },
  })
}
