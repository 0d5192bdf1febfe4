'use client'

import { AccessKeyTable, type ListedAccessKey } from '#app/[account]/identities/_parts/access-key-table.tsx'
import { ListFilter, NoMatch, useListFilter } from '#app/[account]/identities/_parts/list-filter.tsx'
import { PageHeader } from '#components/page-header.tsx'
import { EmptyState, ErrorState } from '#components/states.tsx'
import { Button } from '#components/ui/button.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { count } from '#lib/console/format.ts'
import { paths, type Scope } from '#lib/console/paths.ts'
import { crumbsOf } from '../crumbs.ts'
import { type FirstPage, type ListedUser, useCredentials } from '../users/use-credentials.ts'

const keyOf =
  (user: string | null) =>
  ({ AccessKeyId, Status, CreateDate, LastUsed }: ListedUser['AccessKeys'][number]): ListedAccessKey => ({
    id: AccessKeyId,
    user,
    active: Status === 'Active',
    createdAt: CreateDate,
    lastUsed: LastUsed ? { at: LastUsed.Date, service: LastUsed.ServiceName, region: LastUsed.Region } : null,
  })

/** Every access key of the account, by its owner. */
export function AccessKeysView({ scope, first }: { scope: Scope; first: FirstPage }) {
  const { words, setWords } = useListFilter()
  const { users, root, refusal, more, retry } = useCredentials(scope.account, words, first)
  const keys = [
    ...root.map(keyOf(null)),
    ...users.flatMap(({ UserName, AccessKeys }) => AccessKeys.map(keyOf(UserName))),
  ]
  return (
    <>
      <PageHeader
        crumbs={crumbsOf(scope.account, 'access-keys')}
        title="Access keys"
        fact={`${count(keys.length, 'access key')}${more.fetch ? ' so far' : ''}`}
      />
      <ListFilter
        label="Filter access keys"
        help="Part of an access key ID or of its owner’s name."
        words={words}
        onChange={setWords}
      />
      {refusal && <ErrorState what="Access keys couldn’t be loaded." refusal={refusal} onRetry={retry} />}
      {!refusal && keys.length === 0 && words !== '' && (
        <NoMatch what="access keys" words={words} onClear={() => setWords('')} />
      )}
      {!refusal && keys.length === 0 && words === '' && (
        <EmptyState actions={<LinkButton href={paths.identities(scope.account)}>Open users</LinkButton>}>
          <p>Programs sign their requests with an access key. A user’s page makes one.</p>
        </EmptyState>
      )}
      {keys.length > 0 && <AccessKeyTable scope={scope} caption="Access keys" keys={keys} withOwner />}
      {more.fetch && (
        <Button className="mt-2" pending={more.fetching} pendingLabel="Loading…" onClick={more.fetch}>
          Keys of more users
        </Button>
      )}
    </>
  )
}
