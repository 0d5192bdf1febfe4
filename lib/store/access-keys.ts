/** Rows of access keys. The secret is sealed before it gets here; lib/store/identities.ts reads it for the wire. */
import type { Transaction } from './database.ts'

export type NewAccessKey = {
  readonly id: string
  readonly account: string
  readonly principal: string
  readonly secretSealed: Uint8Array
}

export async function addAccessKey(transaction: Transaction, key: NewAccessKey): Promise<void> {
  await transaction.prisma.accessKey.create({
    data: {
      id: key.id,
      accountId: key.account,
      principalId: key.principal,
      secretSealed: new Uint8Array(key.secretSealed),
    },
  })
}

/** How many a principal has, active or not. */
export const countAccessKeys = (transaction: Transaction, principal: string): Promise<number> =>
  transaction.prisma.accessKey.count({ where: { principalId: principal } })
