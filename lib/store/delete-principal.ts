/** Deleting the row of a user or role, and what hangs on one that must be gone before. */
import type { Database, Transaction } from './database.ts'

type Rows = Pick<Database, 'prisma'> | Transaction

export type Hanging = {
  readonly inline: number
  readonly attached: number
  readonly accessKeys: number
  readonly groups: number
  readonly devices: number
  readonly password: boolean
}

export async function hangingOn(rows: Rows, principal: string): Promise<Hanging> {
  const found = await rows.prisma.principal.findUniqueOrThrow({
    where: { id: principal },
    select: {
      password: true,
      _count: {
        select: { policies: true, attachments: true, accessKeys: true, memberships: true, devices: true },
      },
    },
  })
  const { policies, attachments, accessKeys, memberships, devices } = found._count
  return {
    ...{ inline: policies, attached: attachments, accessKeys, groups: memberships, devices },
    password: found.password !== null,
  }
}

/** With its tags, its sessions in the console and its temporary credentials: they end with it. */
export async function deletePrincipal({ prisma }: Transaction, id: string): Promise<void> {
  await prisma.principal.delete({ where: { id } })
}
