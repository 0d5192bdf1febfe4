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
export function GroupsView({ scope, groups }: { scope: Scope; groups: readonly ListedGroup[] }) {
  const { words, setWords } = useListFilter()
  const router = useRouter()
  const { copy } = useCopy()
  const create = paths.newIdentity(scope.account, 'groups')
  useShortcuts([{ keys: ['c'], label: 'Create group', group: 'This page', run: () => router.push(create) }])
  const shown = groups.filter(({ name }) => hasWords(words, [name]))
  const hrefOf = ({ name }: ListedGroup) => paths.identity(scope.account, 'groups', name)
  return (
    <>
      <PageHeader
        crumbs={crumbsOf(scope.account, 'groups')}
        title="Groups"
        fact={count(groups.length, 'group')}
        actions={
          <LinkButton variant="primary" href={create}>
            Create group
          </LinkButton>
        }
      />
      {groups.length === 0 ? (
        <EmptyState>
          <p>
            A group gives the same policies to many users. Key policies can’t name it; its members they can.
          </p>
        </EmptyState>
      ) : (
        <ListFilter label="Filter groups" help="Part of a name." words={words} onChange={setWords} />
      )}
      {groups.length > 0 && shown.length === 0 && (
        <NoMatch what="groups" words={words} onClear={() => setWords('')} />
      )}
      {shown.length > 0 && (
        <ListTable
          caption="Groups"
          head="Group"
          rows={shown}
          nameOf={({ name }) => name}
          hrefOf={hrefOf}
          columns={COLUMNS}
          menu={(group) => (
            <RowMenu name={group.name}>
              <MenuItem href={hrefOf(group)}>Open</MenuItem>
              <MenuItem onSelect={() => copy(group.arn)}>Copy ARN</MenuItem>
              <MenuRule />
              <MenuItem danger href={paths.identityPart(scope.account, 'groups', group.name, 'delete')}>
                Delete
              </MenuItem>
            </RowMenu>
          )}
        />
      )}
    </>
  )
}
