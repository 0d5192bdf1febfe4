/** Rows of access keys. The secret is sealed before it gets here; lib/store/identities.ts reads it for the wire. */
import type { Database, Transaction } from './database.ts'

export type NewAccessKey = {
  readonly id: string
  readonly account: string
  readonly principal: string
  readonly secretSealed: Uint8Array
  /** The database's clock says it if nobody else does. */
  readonly createdAt?: Date
}

export type AccessKeyStatus = 'Active' | 'Inactive'
export type AccessKeyRow = {
  readonly id: string
  readonly principal: string
  readonly status: AccessKeyStatus
  readonly createdAt: Date
}

export async function addAccessKey(transaction: Transaction, key: NewAccessKey): Promise<void> {
  await transaction.prisma.accessKey.create({
    data: {
      id: key.id,
      accountId: key.account,
      principalId: key.principal,
      secretSealed: new Uint8Array(key.secretSealed),
      ...(key.createdAt && { createdAt: key.createdAt }),
    },
  })
}

/** How many a principal has, active or not. */
export const countAccessKeys = (transaction: Transaction, principal: string): Promise<number> =>
  transaction.prisma.accessKey.count({ where: { principalId: principal } })

const SELECT = { id: true, principalId: true, status: true, createdAt: true } as const

type Selected = { id: string; principalId: string; status: string; createdAt: Date }
const rowOf = ({ principalId, status, ...row }: Selected): AccessKeyRow => ({
  ...row,
  principal: principalId,
  status: status === 'Active' ? 'Active' : 'Inactive',
})

export async function listAccessKeys(
  { prisma }: Pick<Database, 'prisma'> | Transaction,
  principal: string,
): Promise<AccessKeyRow[]> {
  return (await prisma.accessKey.findMany({ where: { principalId: principal }, select: SELECT })).map(rowOf)
}

/** The key of an account with this id. */
export async function findAccessKey(
  { prisma }: Pick<Database, 'prisma'>,
  account: string,
  id: string,
): Promise<AccessKeyRow | undefined> {
  const found = await prisma.accessKey.findUnique({ where: { id, accountId: account }, select: SELECT })
  return found ? rowOf(found) : undefined
}

/** Whether a principal has any, active or not. */
export async function hasAccessKey(
  { prisma }: Pick<Database, 'prisma'>,
  principal: string,
): Promise<boolean> {
  return (await prisma.accessKey.count({ where: { principalId: principal } })) > 0
}

export async function setAccessKeyStatus(
  { prisma }: Transaction,
  id: string,
  status: AccessKeyStatus,
): Promise<void> {
  await prisma.accessKey.update({ where: { id }, data: { status } })
}

export async function deleteAccessKey({ prisma }: Transaction, id: string): Promise<void> {
  await prisma.accessKey.delete({ where: { id } })
}
