/** Rows of tags of users and roles. Keys differ by more than case: setting one that is there in another case replaces it. */
import type { Transaction } from './database.ts'

export async function putPrincipalTags(
  transaction: Transaction,
  principal: string,
  tags: readonly { readonly key: string; readonly value: string }[],
): Promise<void> {
  await removePrincipalTags(
    transaction,
    principal,
    tags.map(({ key }) => key),
  )
  await transaction.prisma.principalTag.createMany({
    data: tags.map(({ key, value }) => ({ principalId: principal, tagKey: key, tagValue: value })),
  })
}

/** In whatever case the keys are written; what is not there is left alone. */
export async function removePrincipalTags(
  { sql }: Transaction,
  principal: string,
  keys: readonly string[],
): Promise<void> {
  await sql(
    `DELETE FROM keyhouse.principal_tag WHERE principal_id = $1
     AND lower(tag_key) IN (SELECT lower(k) FROM unnest($2::text[]) AS k)`,
    [principal, keys],
  )
}
