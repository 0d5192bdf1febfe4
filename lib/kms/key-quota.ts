/** How many keys an account may have in a Region (facts §15): asked by whatever makes one. */
import { MOST_KEYS } from '#lib/domain/quotas.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { Sql } from '#lib/store/database.ts'
import { hasKeys } from '#lib/store/keys.ts'

/**
 * AWS managed keys do not count, keys that wait for deletion do. Two creations at once may pass together: the quota is
 * a bound, not an invariant. @throws LimitExceededException
 */
export async function checkKeyQuota(
  sql: Sql,
  place: { readonly account: string; readonly region: string },
  most = MOST_KEYS,
): Promise<void> {
  if (!(await hasKeys(sql, place, most))) return
  throw new KmsError(
    'LimitExceededException',
    `The account has reached its limit of ${most} KMS keys in this Region.`,
  )
}
