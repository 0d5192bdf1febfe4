'use client'

import { IdentityList } from '#app/[account]/identities/_parts/identity-list.tsx'
import type { ListColumn } from '#app/[account]/identities/_parts/list-table.tsx'
import { Time } from '#components/time.tsx'
import { MenuItem } from '#components/ui/menu.tsx'
import { count } from '#lib/console/format.ts'
import { paths, type Scope } from '#lib/console/paths.ts'

export type ListedRole = {
  readonly name: string
  readonly arn: string
  readonly description: string
  readonly trusts: readonly string[]
  readonly lastUsed: number | undefined
}

const COLUMNS: readonly ListColumn<ListedRole>[] = [
  {
    head: 'Trusts',
    narrow: 'fact',
    wraps: true,
    cell: ({ trusts }) =>
      trusts.length === 0 ? <span className="text-text3">Nobody</span> : trusts.join(', '),
  },
  {
    head: 'Last assumed',
    narrow: 'end',
    cell: ({ lastUsed }) =>
      lastUsed === undefined ? <span className="text-text3">Never</span> : <Time at={lastUsed} />,
  },
  { head: 'Description', from: 'xl', wraps: true, cell: ({ description }) => description },
]

/** Every role of the account, with whom it trusts. */
export const RolesView = ({ scope, roles }: { scope: Scope; roles: readonly ListedRole[] }) => (
  <IdentityList
    scope={scope}
    list="roles"
    noun="role"
    title="Roles"
    fact={count(roles.length, 'role')}
    rows={roles}
    columns={COLUMNS}
    textsOf={({ trusts }) => trusts}
    help="Part of a name or of whom it trusts."
    empty="A role is somebody that others become for a while, without a password or access key of its own."
    menu={({ name }) => (
      <MenuItem danger href={paths.identityPart(scope.account, 'roles', name, 'delete')}>
        Delete
      </MenuItem>
    )}
  />
)
