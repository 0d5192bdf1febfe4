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

export type ListedPolicy = {
  readonly name: string
  readonly arn: string
  readonly version: string
  readonly attached: number
  readonly bounds: number
  readonly updatedAt: number
}

const COLUMNS: readonly ListColumn<ListedPolicy>[] = [
  { head: 'Attached to', narrow: 'end', cell: ({ attached }) => attached },
  { head: 'Bounds', from: 'lg', cell: ({ bounds }) => bounds },
  { head: 'In force', narrow: 'fact', cell: ({ version }) => version },
  { head: 'Changed', from: 'lg', cell: ({ updatedAt }) => <Time at={updatedAt} /> },
]

/** The managed policies of the account. Inline ones stand with their owner. */
export function PoliciesView({ scope, policies }: { scope: Scope; policies: readonly ListedPolicy[] }) {
  const { words, setWords } = useListFilter()
  const router = useRouter()
  const { copy } = useCopy()
  const create = paths.newIdentity(scope.account, 'policies')
  useShortcuts([{ keys: ['c'], label: 'Create policy', group: 'This page', run: () => router.push(create) }])
  const shown = policies.filter(({ name }) => hasWords(words, [name]))
  const hrefOf = ({ name }: ListedPolicy) => paths.identity(scope.account, 'policies', name)
  return (
    <>
      <PageHeader
        crumbs={crumbsOf(scope.account, 'policies')}
        title="Policies"
        fact={count(policies.length, 'managed policy', 'managed policies')}
        actions={
          <LinkButton variant="primary" href={create}>
            Create policy
          </LinkButton>
        }
      />
      {policies.length === 0 ? (
        <EmptyState>
          <p>
            A managed policy is written once and attached to many. A policy for one alone can be inline, on
            its own page.
          </p>
        </EmptyState>
      ) : (
        <ListFilter label="Filter policies" help="Part of a name." words={words} onChange={setWords} />
      )}
      {policies.length > 0 && shown.length === 0 && (
        <NoMatch what="policies" words={words} onClear={() => setWords('')} />
      )}
      {shown.length > 0 && (
        <ListTable
          caption="Managed policies"
          head="Policy"
          rows={shown}
          nameOf={({ name }) => name}
          hrefOf={hrefOf}
          columns={COLUMNS}
          menu={(policy) => (
            <RowMenu name={policy.name}>
              <MenuItem href={hrefOf(policy)}>Open</MenuItem>
              <MenuItem onSelect={() => copy(policy.arn)}>Copy ARN</MenuItem>
              <MenuRule />
              <MenuItem href={paths.identityPart(scope.account, 'policies', policy.name, 'version')}>
                Edit as a new version
              </MenuItem>
            </RowMenu>
          )}
        />
      )}
    </>
  )
}
