/** Rows of users as IAM tells of them; lib/store/identities.ts reads the same rows for decisions. */
import type { Database, Transaction } from './database.ts'

type Rows = Pick<Database, 'prisma' | 'sql'> | Transaction

export type UserRow = {
  /** AIDA… */
  readonly id: string
  readonly path: string
  readonly name: string
  readonly createdAt: Date
  /** argon2id in PHC form; null for one who cannot sign in. */
  readonly password: string | null
  readonly passwordCreatedAt: Date | null
  readonly passwordResetRequired: boolean
  readonly boundary: { readonly path: string; readonly name: string } | null
  readonly tags: readonly { readonly key: string; readonly value: string }[]
}

const SELECT = {
  id: true,
  path: true,
  name: true,
  createdAt: true,
  password: true,
  passwordCreatedAt: true,
  passwordResetRequired: true,
  boundary: { select: { path: true, name: true } },
  tags: { select: { tagKey: true, tagValue: true }, orderBy: { tagKey: 'asc' } },
} as const

type Selected = Omit<UserRow, 'tags'> & { readonly tags: readonly { tagKey: string; tagValue: string }[] }

const userOf = ({ tags, ...row }: Selected): UserRow => ({
  ...row,
  tags: tags.map(({ tagKey, tagValue }) => ({ key: tagKey, value: tagValue })),
})

/** The user of a name, in whatever case it is written. */
export async function findIamUser(rows: Rows, account: string, name: string): Promise<UserRow | undefined> {
  const [found] = await rows.sql<{ id: string }>(
    `SELECT id FROM keyhouse.principal WHERE account_id = $1 AND kind = 'user' AND lower(name) = lower($2)`,
    [account, name],
  )
  return found && readUser(rows, found.id)
}

export async function readUser(rows: Rows, id: string): Promise<UserRow | undefined> {
  const found = await rows.prisma.principal.findUnique({ where: { id, kind: 'user' }, select: SELECT })
  return found ? userOf(found) : undefined
}

/** All users of an account, which has five thousand at most, by name. */
export async function listUsers(rows: Rows, account: string): Promise<UserRow[]> {
  const found = await rows.prisma.principal.findMany({
    where: { accountId: account, kind: 'user' },
    select: SELECT,
    orderBy: { name: 'asc' },
  })
  return found.map(userOf)
}

export const countUsers = (rows: Rows, account: string): Promise<number> =>
  rows.prisma.principal.count({ where: { accountId: account, kind: 'user' } })

export type NewUser = Pick<UserRow, 'id' | 'path' | 'name' | 'createdAt' | 'tags'> & {
  readonly account: string
  /** ANPA… of the policy that bounds it. */
  readonly boundary: string | null
}

export async function addUser({ prisma }: Transaction, user: NewUser): Promise<void> {
  const { account, boundary, tags, ...row } = user
  await prisma.principal.create({
    data: {
      ...row,
      accountId: account,
      kind: 'user',
      boundaryId: boundary,
      tags: { create: tags.map(({ key, value }) => ({ tagKey: key, tagValue: value })) },
    },
  })
}

export async function renameUser(
  { prisma }: Transaction,
  id: string,
  to: { readonly path: string; readonly name: string },
): Promise<void> {
  await prisma.principal.update({ where: { id }, data: to })
}

/** Gives a user a password, or takes it away with null. */
export async function setPassword(
  { prisma }: Transaction,
  id: string,
  password: { readonly hash: string; readonly at: Date; readonly resetRequired: boolean } | null,
): Promise<void> {
  await prisma.principal.update({
    where: { id },
    data: {
      password: password?.hash ?? null,
      passwordCreatedAt: password?.at ?? null,
      passwordResetRequired: password?.resetRequired ?? false,
    },
  })
}

/** The next sign-in must choose a new password, or need not. */
export async function setPasswordReset(
  { prisma }: Transaction,
  id: string,
  required: boolean,
): Promise<void> {
  await prisma.principal.update({ where: { id }, data: { passwordResetRequired: required } })
}
