import Link from 'next/link'
import type { OutputOf } from '#lib/console/operations.ts'
import { type IdentityList, paths } from '#lib/console/paths.ts'

type UsedByProps = { account: string; entities: OutputOf<'ListEntitiesForPolicy'> }

/** Whom a managed policy is attached to or bounds. */
export function UsedBy({ account, entities }: UsedByProps) {
  const { PolicyUsers, PolicyGroups, PolicyRoles } = entities
  const lists: readonly (readonly [IdentityList, string, readonly string[]])[] = [
    ['users', 'Users', PolicyUsers.map(({ UserName }) => UserName)],
    ['groups', 'Groups', PolicyGroups.map(({ GroupName }) => GroupName)],
    ['roles', 'Roles', PolicyRoles.map(({ RoleName }) => RoleName)],
  ]
  if (lists.every(([, , names]) => names.length === 0))
    return <p className="text-table text-text2">Nobody has it. It allows nothing until it is attached.</p>
  return (
    <dl className="space-y-1 text-table">
      {lists
        .filter(([, , names]) => names.length > 0)
        .map(([list, label, names]) => (
          <div key={list} className="flex flex-wrap gap-x-3">
            <dt className="w-16 text-text2">{label}</dt>
            <dd className="flex min-w-0 flex-wrap gap-x-3">
              {names.map((name) => (
                <Link key={name} className="link break-all" href={paths.identity(account, list, name)}>
                  {name}
                </Link>
              ))}
            </dd>
          </div>
        ))}
    </dl>
  )
}
