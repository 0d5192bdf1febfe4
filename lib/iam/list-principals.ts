/** Who is in the caller's account, and when each was last seen in the log: what the console's pickers offer. */
import { partitionOf, roleArn, rootArn, userArn } from '#lib/domain/arn.ts'
import { noInput } from '#lib/domain/operations/members.ts'
import { operation } from '#lib/engine/operation.ts'
import { lastActive, listPrincipals, type PrincipalRow } from '#lib/store/principals.ts'

export type ListedPrincipal = {
  readonly Arn: string
  readonly Name: string
  readonly Kind: 'root' | 'user' | 'role'
  readonly LastActive?: Date
}

const ARN = {
  root: rootArn,
  user: userArn,
  role: roleArn,
} as const

const arnOf = (partition: string, account: string, row: PrincipalRow) =>
  ARN[row.kind](partition, account, row.path, row.name)

export const ListPrincipals = operation({
  name: 'ListPrincipals',
  service: 'Keyhouse',
  action: 'iam:ListUsers',
  input: noInput(),
  class: 'read',
  logged: { request: () => null },
  async run(call): Promise<{ Principals: readonly ListedPrincipal[] }> {
    await call.permit()
    const { database, reader } = call.services
    const partition = partitionOf(call.region)
    const rows = await listPrincipals(database, call.account)
    const arns = rows.map((row) => arnOf(partition, call.account, row))
    const seen = await lastActive(reader, call.account, arns)
    return {
      Principals: rows.map((row, i) => {
        const arn = arns[i] ?? ''
        const at = seen.get(arn)
        return { Arn: arn, Name: row.name, Kind: row.kind, ...(at && { LastActive: at }) }
      }),
    }
  },
})
