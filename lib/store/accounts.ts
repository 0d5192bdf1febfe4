/** Rows of accounts, and their epoch, which moves with every change to who is in them or what they may do (R52). */
import type { Database, Sql, Transaction } from './database.ts'

export type NewAccount = {
  readonly id: string
  readonly alias: string | null
  readonly regions: readonly string[]
  readonly sample: boolean
}

export type AccountRow = NewAccount & { readonly disabled: boolean }

const SELECT = { id: true, alias: true, regions: true, sample: true, disabledAt: true } as const

type Selected = {
  id: string
  alias: string | null
  regions: string[]
  sample: boolean
  disabledAt: Date | null
}

const accountOf = ({ disabledAt, ...row }: Selected): AccountRow => ({
  ...row,
  disabled: disabledAt !== null,
})

export async function addAccount(transaction: Transaction, account: NewAccount): Promise<void> {
  await transaction.prisma.account.create({ data: { ...account, regions: [...account.regions] } })
}

/** The account with this id or alias, disabled or not. */
export async function findAccount(database: Database, idOrAlias: string): Promise<AccountRow | undefined> {
  const row = await database.prisma.account.findFirst({
    where: { OR: [{ id: idOrAlias }, { alias: idOrAlias }] },
    select: SELECT,
  })
  return row ? accountOf(row) : undefined
}

/** When an account came to be. */
export async function accountCreatedAt(database: Pick<Database, 'prisma'>, id: string): Promise<Date> {
  const row = await database.prisma.account.findUniqueOrThrow({ where: { id }, select: { createdAt: true } })
  return row.createdAt
}

/** Every account and its Regions, disabled ones too. */
export const listAccounts = (sql: Sql) =>
  sql<{ id: string; regions: string[] }>('SELECT id, regions FROM keyhouse.account ORDER BY id', [])

/** Accounts of sample data that still work. */
export async function findSampleAccounts(database: Database): Promise<AccountRow[]> {
  const rows = await database.prisma.account.findMany({
    where: { sample: true, disabledAt: null },
    select: SELECT,
  })
  return rows.map(accountOf)
}

/** Nobody of a disabled account signs in or calls any more; its rows and events stay. */
export async function disableAccount(transaction: Transaction, id: string, at: Date): Promise<void> {
  await transaction.prisma.account.update({ where: { id }, data: { disabledAt: at } })
}

/** Its people may sign in again; the sessions that they had stay ended. */
export async function enableAccount(transaction: Transaction, id: string): Promise<void> {
  await transaction.prisma.account.update({ where: { id }, data: { disabledAt: null } })
}

export async function setAccountRegions(
  transaction: Transaction,
  id: string,
  regions: readonly string[],
): Promise<void> {
  await transaction.prisma.account.update({ where: { id }, data: { regions: [...regions] } })
}

export type AccountSummary = AccountRow & {
  readonly createdAt: Date
  readonly keys: number
  readonly users: number
}

/** Every account with how many keys and users it has, the oldest first. */
export const summarizeAccounts = (sql: Sql) =>
  sql<AccountSummary>(
    `SELECT a.id, a.alias, a.regions, a.sample, a.disabled_at IS NOT NULL AS disabled, a.created_at AS "createdAt",
       (SELECT count(*)::int FROM keyhouse.key k WHERE k.account_id = a.id AND k.manager = 'CUSTOMER') AS keys,
       (SELECT count(*)::int FROM keyhouse.principal p WHERE p.account_id = a.id AND p.kind = 'user') AS users
     FROM keyhouse.account a ORDER BY a.created_at, a.id`,
    [],
  )

/** Regions in which an account has keys, AWS managed ones too. */
export async function regionsWithKeys(sql: Sql, account: string): Promise<string[]> {
  const rows = await sql<{ region: string }>(
    `SELECT DISTINCT region FROM keyhouse.key WHERE account_id = $1 ORDER BY region`,
    [account],
  )
  return rows.map(({ region }) => region)
}

/** Part of every change to an account's identities (R52). Holds the account's row until the commit. */
export async function moveEpoch(transaction: Transaction, account: string): Promise<void> {
  await transaction.sql(`UPDATE keyhouse.account SET epoch = epoch + 1 WHERE id = $1`, [account])
}

/** Null takes the alias away. */
export async function setAccountAlias(
  { prisma }: Transaction,
  id: string,
  alias: string | null,
): Promise<void> {
  await prisma.account.update({ where: { id }, data: { alias } })
}

/** How many identities of each kind an account has, by IAM's names. */
export async function countIdentities(sql: Sql, account: string): Promise<Record<string, number>> {
  const [row] = await sql<Record<string, number>>(
    `SELECT (SELECT count(*)::int FROM keyhouse.principal WHERE account_id = $1 AND kind = 'user') AS "Users",
       (SELECT count(*)::int FROM keyhouse.principal WHERE account_id = $1 AND kind = 'role') AS "Roles",
       (SELECT count(*)::int FROM keyhouse.user_group WHERE account_id = $1) AS "Groups",
       (SELECT count(*)::int FROM keyhouse.managed_policy WHERE account_id = $1) AS "Policies",
       (SELECT count(*)::int FROM keyhouse.managed_policy_version v
          JOIN keyhouse.managed_policy m ON m.id = v.policy_id WHERE m.account_id = $1) AS "PolicyVersionsInUse",
       (SELECT count(*)::int FROM keyhouse.mfa_device WHERE account_id = $1) AS "MFADevices",
       (SELECT count(*)::int FROM keyhouse.mfa_device WHERE account_id = $1 AND enabled_at IS NOT NULL)
         AS "MFADevicesInUse",
       (SELECT count(*)::int FROM keyhouse.identity_provider WHERE account_id = $1) AS "Providers"`,
    [account],
  )
  return row ?? {}
}
