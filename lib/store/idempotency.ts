/** What a creating call made, so that its retry finds it (R40). Holds an id, never an answer. */
import type { Sql, Transaction } from './database.ts'

export type Retry = {
  readonly account: string
  readonly accessKeyId: string
  readonly invocationId: string
  readonly action: string
  readonly bodyHash: Uint8Array
}

export async function findMade(sql: Sql, retry: Retry): Promise<string | undefined> {
  const [row] = await sql<{ resource_id: string }>(
    `SELECT resource_id FROM keyhouse.idempotency WHERE account_id = $1 AND access_key_id = $2
       AND invocation_id = $3 AND action = $4 AND body_hash = $5 AND created_at > clock_timestamp() - interval '15 minutes'`,
    [retry.account, retry.accessKeyId, retry.invocationId, retry.action, retry.bodyHash],
  )
  return row?.resource_id
}

/** Claims the call; false when a twin of it was faster. First statement of the change. */
export async function claimRetry(
  transaction: Transaction,
  retry: Retry,
  resourceId: string,
): Promise<boolean> {
  const { count } = await transaction.prisma.idempotency.createMany({
    data: [
      {
        accountId: retry.account,
        accessKeyId: retry.accessKeyId,
        invocationId: retry.invocationId,
        action: retry.action,
        bodyHash: new Uint8Array(retry.bodyHash),
        resourceId,
      },
    ],
    skipDuplicates: true,
  })
  return count === 1
}

export async function pruneRetries(sql: Sql): Promise<void> {
  await sql(
    `DELETE FROM keyhouse.idempotency WHERE created_at < clock_timestamp() - interval '15 minutes'`,
    [],
  )
}
