'use client'

import { useRouter } from 'next/navigation'
import { KeyAge } from '#app/[account]/identities/_parts/key-age.tsx'
import { ListFilter, NoMatch, useListFilter } from '#app/[account]/identities/_parts/list-filter.tsx'
import { type ListColumn, ListTable } from '#app/[account]/identities/_parts/list-table.tsx'
import { RowMenu } from '#app/[account]/identities/_parts/row-menu.tsx'
import { PageHeader } from '#components/page-header.tsx'
import { useShortcuts } from '#components/shortcuts/shortcuts.tsx'
import { EmptyState, ErrorState } from '#components/states.tsx'
import { Time } from '#components/time.tsx'
import { useCopy } from '#components/ui/copy-button.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { MenuItem, MenuRule } from '#components/ui/menu.tsx'
import { count } from '#lib/console/format.ts'
import { paths, type Scope } from '#lib/console/paths.ts'
import { crumbsOf } from '../crumbs.ts'
import { type FirstPage, type ListedUser, useCredentials } from './use-credentials.ts'

const PASSWORD = { none: 'None', set: 'Set', 'reset-required': 'Must be changed' } as const

const nothing = <span className="text-text3">–</span>

const COLUMNS: readonly ListColumn<ListedUser>[] = [
  {
    head: 'Groups',
    from: 'lg',
    wraps: true,
    cell: ({ Groups }) => (Groups.length === 0 ? nothing : Groups.join(', ')),
  },
  { head: 'Access keys', narrow: 'fact', cell: ({ AccessKeys }) => <KeyCount keys={AccessKeys} /> },
  {
    head: 'Last active',
    narrow: 'end',
    cell: ({ LastActive }) =>
      LastActive === undefined ? <span className="text-text3">Never</span> : <Time at={LastActive} />,
  },
  { head: 'Password', from: 'xl', cell: ({ Password }) => PASSWORD[Password] },
  { head: 'Second factor', from: 'lg', cell: ({ SecondFactor }) => (SecondFactor ? 'On' : 'Off') },
]

function KeyCount({ keys }: { keys: ListedUser['AccessKeys'] }) {
  const active = keys.filter(({ Status }) => Status === 'Active')
  if (keys.length === 0) return nothing
  if (active.length === 0) return <>{keys.length} inactive</>
  const oldest = Math.min(...active.map(({ CreateDate }) => CreateDate))
  return (
    <>
      {active.length}, <KeyAge since={oldest} />
    </>
  )
}

/** Every user of the account, with what they sign in and sign with. */
export function UsersView({ scope, first }: { scope: Scope; first: FirstPage }) {
  const { words, setWords } = useListFilter()
  const { users, count: all, refusal, refining, more, retry } = useCredentials(scope.account, words, first)
  const router = useRouter()
  const { copy } = useCopy()
  const create = paths.newIdentity(scope.account, 'users')
  useShortcuts([{ keys: ['c'], label: 'Create user', group: 'This page', run: () => router.push(create) }])
  const hrefOf = ({ UserName }: ListedUser) => paths.identity(scope.account, 'users', UserName)
  return (
    <>
      <PageHeader
        crumbs={crumbsOf(scope.account, 'users')}
        title="Users"
        fact={count(all, 'user')}
        actions={
          <LinkButton variant="primary" href={create}>
            Create user
          </LinkButton>
        }
      />
      <ListFilter
        label="Filter users"
        help="Part of a name or of an access key ID."
        words={words}
        onChange={setWords}
      />
      {refusal && <ErrorState what="Users couldn’t be loaded." refusal={refusal} onRetry={retry} />}
      {!refusal && users.length === 0 && words !== '' && (
        <NoMatch what="users" words={words} onClear={() => setWords('')} />
      )}
      {!refusal && users.length === 0 && words === '' && (
        <EmptyState>
          <p>Start with one administrator and one user. Different people.</p>
        </EmptyState>
      )}
      {users.length > 0 && (
        <ListTable
          caption="Users"
          head="User"
          rows={users}
          nameOf={({ UserName }) => UserName}
          hrefOf={hrefOf}
          columns={COLUMNS}
          busy={refining}
          more={more}
          menu={(user) => (
            <RowMenu name={user.UserName}>
              <MenuItem href={hrefOf(user)}>Open</MenuItem>
              <MenuItem onSelect={() => copy(user.Arn)}>Copy ARN</MenuItem>
              <MenuItem href={paths.access(scope.account, { principal: user.Arn })}>
                Keys they can use or manage
              </MenuItem>
              <MenuRule />
              <MenuItem danger href={paths.identityPart(scope.account, 'users', user.UserName, 'delete')}>
                Delete
              </MenuItem>
            </RowMenu>
          )}
        />
      )}
    </>
  )
}
