'use client'

import { useRouter } from 'next/navigation'
import {
  hasWords,
  ListFilter,
  NoMatch,
  useListFilter,
} from '#app/[account]/identities/_parts/list-filter.tsx'
import { type ListColumn, ListTable } from '#app/[account]/identities/_parts/list-table.tsx'
import { RowMenu } from '#app/[account]/identities/_parts/row-menu.tsx'
import { PageHeader } from '#components/page-header.tsx'
import { useShortcuts } from '#components/shortcuts/shortcuts.tsx'
import { EmptyState } from '#components/states.tsx'
import { Time } from '#components/time.tsx'
import { useCopy } from '#components/ui/copy-button.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { MenuItem, MenuRule } from '#components/ui/menu.tsx'
import { count } from '#lib/console/format.ts'
import { paths, type Scope } from '#lib/console/paths.ts'
import { crumbsOf } from '../crumbs.ts'

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
export function RolesView({ scope, roles }: { scope: Scope; roles: readonly ListedRole[] }) {
  const { words, setWords } = useListFilter()
  const router = useRouter()
  const { copy } = useCopy()
  const create = paths.newIdentity(scope.account, 'roles')
  useShortcuts([{ keys: ['c'], label: 'Create role', group: 'This page', run: () => router.push(create) }])
  const shown = roles.filter(({ name, trusts }) => hasWords(words, [name, ...trusts]))
  const hrefOf = ({ name }: ListedRole) => paths.identity(scope.account, 'roles', name)
  return (
    <>
      <PageHeader
        crumbs={crumbsOf(scope.account, 'roles')}
        title="Roles"
        fact={count(roles.length, 'role')}
        actions={
          <LinkButton variant="primary" href={create}>
            Create role
          </LinkButton>
        }
      />
      {roles.length === 0 ? (
        <EmptyState>
          <p>
            A role is somebody that others become for a while, without a password or access key of its own.
          </p>
        </EmptyState>
      ) : (
        <ListFilter
          label="Filter roles"
          help="Part of a name or of whom it trusts."
          words={words}
          onChange={setWords}
        />
      )}
      {roles.length > 0 && shown.length === 0 && (
        <NoMatch what="roles" words={words} onClear={() => setWords('')} />
      )}
      {shown.length > 0 && (
        <ListTable
          caption="Roles"
          head="Role"
          rows={shown}
          nameOf={({ name }) => name}
          hrefOf={hrefOf}
          columns={COLUMNS}
          menu={(role) => (
            <RowMenu name={role.name}>
              <MenuItem href={hrefOf(role)}>Open</MenuItem>
              <MenuItem onSelect={() => copy(role.arn)}>Copy ARN</MenuItem>
              <MenuRule />
              <MenuItem danger href={paths.identityPart(scope.account, 'roles', role.name, 'delete')}>
                Delete
              </MenuItem>
            </RowMenu>
          )}
        />
      )}
    </>
  )
}
