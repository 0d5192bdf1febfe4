/** Rows of roles: principals with a trust policy instead of credentials. */
import type { Database, Transaction } from './database.ts'
import { type PolicyText, putPolicyDocument } from './policy-documents.ts'

type Rows = Pick<Database, 'prisma' | 'sql'> | Transaction

export type RoleRow = {
  /** AROA… */
  readonly id: string
  readonly account: string
  readonly path: string
  readonly name: string
  readonly description: string
  readonly createdAt: Date
  readonly maxSessionSeconds: number
  readonly trustPolicy: string
  /** The managed policy that bounds the role; null where none does. */
  readonly boundary: { readonly path: string; readonly name: string } | null
  readonly tags: readonly { readonly key: string; readonly value: string }[]
}

const SELECT = {
  id: true,
  accountId: true,
  path: true,
  name: true,
  description: true,
  createdAt: true,
  maxSessionSeconds: true,
  trustPolicy: { select: { body: true } },
  boundary: { select: { path: true, name: true } },
  tags: { select: { tagKey: true, tagValue: true }, orderBy: { tagKey: 'asc' } },
} as const

type Selected = Omit<RoleRow, 'account' | 'maxSessionSeconds' | 'trustPolicy' | 'tags'> & {
  readonly accountId: string
  readonly maxSessionSeconds: number | null
  readonly trustPolicy: { readonly body: string } | null
  readonly tags: readonly { readonly tagKey: string; readonly tagValue: string }[]
}

// The database keeps that a role has both of what other principals lack.
const roleOf = ({ accountId, maxSessionSeconds, trustPolicy, tags, ...row }: Selected): RoleRow => ({
  ...row,
  account: accountId,
  maxSessionSeconds: maxSessionSeconds ?? 3600,
  trustPolicy: trustPolicy?.body ?? '',
  tags: tags.map(({ tagKey, tagValue }) => ({ key: tagKey, value: tagValue })),
})

/** The role of a name, in whatever case it is written. */
export async function findRole(rows: Rows, account: string, name: string): Promise<RoleRow | undefined> {
  const [row] = await rows.sql<{ id: string }>(
    `SELECT id FROM keyhouse.principal WHERE account_id = $1 AND kind = 'role' AND lower(name) = lower($2)`,
    [account, name],
  )
  return row && readRole(rows, row.id)
}

export async function readRole(rows: Rows, id: string): Promise<RoleRow | undefined> {
  const found = await rows.prisma.principal.findUnique({ where: { id, kind: 'role' }, select: SELECT })
  return found ? roleOf(found) : undefined
}

export const countRoles = (rows: Rows, account: string): Promise<number> =>
  rows.prisma.principal.count({ where: { accountId: account, kind: 'role' } })

/** All roles of an account, which has a thousand at most, by name. */
export async function listRoles(rows: Rows, account: string): Promise<RoleRow[]> {
  const found = await rows.prisma.principal.findMany({
    where: { accountId: account, kind: 'role' },
    select: SELECT,
    orderBy: { name: 'asc' },
  })
  return found.map(roleOf)
}

export type NewRole = Pick<
  RoleRow,
  'id' | 'account' | 'path' | 'name' | 'description' | 'maxSessionSeconds' | 'createdAt' | 'tags'
> & {
  readonly trustPolicy: PolicyText
  /** ANPA… of the policy that bounds it. */
  readonly boundary: string | null
}

export async function addRole(transaction: Transaction, role: NewRole): Promise<void> {
  const { account, trustPolicy, boundary, tags, ...row } = role
  await putPolicyDocument(transaction, trustPolicy)
  await transaction.prisma.principal.create({
    data: {
      ...row,
      accountId: account,
      kind: 'role',
      trustPolicyHash: new Uint8Array(trustPolicy.hash),
      boundaryId: boundary,
      tags: { create: tags.map(({ key, value }) => ({ tagKey: key, tagValue: value })) },
    },
  })
}

export async function changeRole(
  { prisma }: Transaction,
  id: string,
  set: Partial<Pick<RoleRow, 'description' | 'maxSessionSeconds'>>,
): Promise<void> {
  await prisma.principal.update({ where: { id }, data: set })
}

export async function setTrustPolicy(
  transaction: Transaction,
  id: string,
  policy: PolicyText,
): Promise<void> {
  await putPolicyDocument(transaction, policy)
  const data = { trustPolicyHash: new Uint8Array(policy.hash) }
  await transaction.prisma.principal.update({ where: { id }, data })
}
