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

/** The last statement of every change to an account's identities (R52). */
export async function moveEpoch(transaction: Transaction, account: string): Promise<void> {
  await transaction.sql(`UPDATE keyhouse.account SET epoch = epoch + 1 WHERE id = $1`, [account])
}
