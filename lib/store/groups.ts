/** Rows of groups of users, with their members, inline policies and attached policies. */
import type { Database, Transaction } from './database.ts'
import { type PolicyText, putPolicyDocument } from './policy-documents.ts'

type Rows = Pick<Database, 'prisma' | 'sql'> | Transaction

export type GroupRow = {
  /** AGPA… */
  readonly id: string
  readonly path: string
  readonly name: string
  readonly createdAt: Date
}

const SELECT = { id: true, path: true, name: true, createdAt: true } as const

/** The group of a name, in whatever case it is written. */
export async function findGroup(rows: Rows, account: string, name: string): Promise<GroupRow | undefined> {
  const [found] = await rows.sql<{ id: string }>(
    `SELECT id FROM keyhouse.user_group WHERE account_id = $1 AND lower(name) = lower($2)`,
    [account, name],
  )
  const group = found && (await rows.prisma.userGroup.findUnique({ where: { id: found.id }, select: SELECT }))
  return group ?? undefined
}

/** All groups of an account, which has three hundred at most. */
export const listGroups = (rows: Rows, account: string): Promise<GroupRow[]> =>
  rows.prisma.userGroup.findMany({ where: { accountId: account }, select: SELECT, orderBy: { name: 'asc' } })

export const countGroups = (rows: Rows, account: string): Promise<number> =>
  rows.prisma.userGroup.count({ where: { accountId: account } })

export async function addGroup(
  { prisma }: Transaction,
  { account, ...row }: GroupRow & { readonly account: string },
): Promise<void> {
  await prisma.userGroup.create({ data: { ...row, accountId: account } })
}

export async function renameGroup(
  { prisma }: Transaction,
  id: string,
  to: { readonly path: string; readonly name: string },
): Promise<void> {
  await prisma.userGroup.update({ where: { id }, data: to })
}

/** The database refuses as long as somebody or something hangs on it. */
export async function deleteGroup({ prisma }: Transaction, id: string): Promise<void> {
  await prisma.userGroup.delete({ where: { id } })
}

/** Ids of the users in a group. */
export async function membersOf(rows: Rows, group: string): Promise<string[]> {
  const found = await rows.prisma.groupMember.findMany({
    where: { groupId: group },
    select: { principalId: true },
  })
  return found.map(({ principalId }) => principalId)
}

/** The groups that a user is in. */
export async function groupsOf(rows: Rows, principal: string): Promise<GroupRow[]> {
  const found = await rows.prisma.groupMember.findMany({
    where: { principalId: principal },
    select: { group: { select: SELECT } },
  })
  return found.map(({ group }) => group)
}

/** Adding who is in it changes nothing. */
export async function addMember({ prisma }: Transaction, group: string, principal: string): Promise<void> {
  const data = [{ groupId: group, principalId: principal }]
  await prisma.groupMember.createMany({ data, skipDuplicates: true })
}

export async function removeMember({ prisma }: Transaction, group: string, principal: string): Promise<void> {
  await prisma.groupMember.deleteMany({ where: { groupId: group, principalId: principal } })
}

export async function groupPolicies(
  rows: Rows,
  group: string,
): Promise<{ readonly name: string; readonly document: string }[]> {
  const found = await rows.prisma.groupPolicy.findMany({
    where: { groupId: group },
    select: { name: true, document: { select: { body: true } } },
    orderBy: { name: 'asc' },
  })
  return found.map(({ name, document }) => ({ name, document: document.body }))
}

/** Adds an inline policy, or gives the one of this name another text. */
export async function putGroupPolicy(
  transaction: Transaction,
  inline: { readonly group: string; readonly name: string; readonly policy: PolicyText },
): Promise<void> {
  const { group: groupId, name, policy } = inline
  await putPolicyDocument(transaction, policy)
  const policyHash = new Uint8Array(policy.hash)
  await transaction.prisma.groupPolicy.upsert({
    where: { groupId_name: { groupId, name } },
    create: { groupId, name, policyHash },
    update: { policyHash },
  })
}

export async function deleteGroupPolicy({ prisma }: Transaction, group: string, name: string): Promise<void> {
  await prisma.groupPolicy.delete({ where: { groupId_name: { groupId: group, name } } })
}

export async function groupAttachments(
  rows: Rows,
  group: string,
): Promise<{ readonly id: string; readonly path: string; readonly name: string }[]> {
  const found = await rows.prisma.groupAttachment.findMany({
    where: { groupId: group },
    select: { policy: { select: { id: true, path: true, name: true } } },
    orderBy: { policy: { name: 'asc' } },
  })
  return found.map(({ policy }) => policy)
}

/** Attaching what is attached changes nothing. */
export async function attachToGroup({ prisma }: Transaction, group: string, policy: string): Promise<void> {
  const data = [{ groupId: group, policyId: policy }]
  await prisma.groupAttachment.createMany({ data, skipDuplicates: true })
}

export async function detachFromGroup({ prisma }: Transaction, group: string, policy: string): Promise<void> {
  await prisma.groupAttachment.deleteMany({ where: { groupId: group, policyId: policy } })
}
