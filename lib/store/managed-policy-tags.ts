/** Tag rows of managed policies. Unlike those of principals, their keys may differ by case alone. */
import type { Database, Transaction } from './database.ts'

type Rows = Pick<Database, 'prisma'> | Transaction
type Tag = { readonly key: string; readonly value: string }

export async function managedPolicyTags(rows: Rows, policy: string): Promise<Tag[]> {
  const found = await rows.prisma.managedPolicyTag.findMany({
    where: { policyId: policy },
    orderBy: { tagKey: 'asc' },
  })
  return found.map(({ tagKey, tagValue }) => ({ key: tagKey, value: tagValue }))
}

export async function putManagedPolicyTags(
  transaction: Transaction,
  policy: string,
  tags: readonly Tag[],
): Promise<void> {
  await deleteManagedPolicyTags(
    transaction,
    policy,
    tags.map(({ key }) => key),
  )
  await transaction.prisma.managedPolicyTag.createMany({
    data: tags.map(({ key, value }) => ({ policyId: policy, tagKey: key, tagValue: value })),
  })
}

export async function deleteManagedPolicyTags(
  { prisma }: Transaction,
  policy: string,
  keys: readonly string[],
): Promise<void> {
  await prisma.managedPolicyTag.deleteMany({ where: { policyId: policy, tagKey: { in: [...keys] } } })
}
