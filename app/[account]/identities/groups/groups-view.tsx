'use client'

import { IdentityList } from '#app/[account]/identities/_parts/identity-list.tsx'
import type { ListColumn } from '#app/[account]/identities/_parts/list-table.tsx'
import { Time } from '#components/time.tsx'
import { MenuItem } from '#components/ui/menu.tsx'
import { count } from '#lib/console/format.ts'
import { paths, type Scope } from '#lib/console/paths.ts'

type ListedGroup = {
  readonly name: string
  readonly arn: string
  readonly path: string
  readonly createdAt: number
}

const COLUMNS: readonly ListColumn<ListedGroup>[] = [
  { head: 'Path', narrow: 'fact', cell: ({ path }) => <code className="text-mono">{path}</code> },
  { head: 'Created', narrow: 'end', cell: ({ createdAt }) => <Time at={createdAt} as="date" /> },
]

/** The groups of the account. */
export const GroupsView = ({ scope, groups }: { scope: Scope; groups: readonly ListedGroup[] }) => (
  <IdentityList
    scope={scope}
    list="groups"
    noun="group"
    title="Groups"
    fact={count(groups.length, 'group')}
    rows={groups}
    columns={COLUMNS}
    empty="A group gives the same policies to many users. Key policies can’t name it; its members they can."
    menu={({ name }) => (
      <MenuItem danger href={paths.identityPart(scope.account, 'groups', name, 'delete')}>
        Delete
      </MenuItem>
    )}
  />
)
