/** Who a row of a principal is when it calls: its ARN, and a role's as a session of it. */
import { partitionOf, roleArn, rootArn, sessionArn, userArn } from '#lib/domain/arn.ts'
import type { Principal, Role } from '#lib/domain/caller.ts'
import type { IdentitySnapshot } from '#lib/store/identities.ts'

/** A session that nobody has opened yet stands for every session of a role. */
const ANY_SESSION = '*'

/** Who a row is; of a role, any session of it. */
export function principalOf(row: IdentitySnapshot): Principal {
  const { account, path, name, principalId: id } = row
  const partition = partitionOf(row.regions[0] ?? '')
  const base = { partition, account, id, name }
  if (row.kind === 'root') return { ...base, kind: 'root', arn: rootArn(partition, account) }
  if (row.kind === 'user') return { ...base, kind: 'user', arn: userArn(partition, account, path, name) }
  const role = { id, name, arn: roleArn(partition, account, path, name) }
  return sessionPrincipal({ partition, account, role }, ANY_SESSION)
}

/** The principal that a session of a role is. */
export function sessionPrincipal(
  { partition, account, role }: { partition: string; account: string; role: Role },
  session: string,
): Principal {
  return {
    kind: 'role',
    partition,
    account,
    id: `${role.id}:${session}`,
    name: `${role.name}/${session}`,
    arn: sessionArn(partition, account, role.name, session),
    role,
  }
}
