'use client'

import { useQueries } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { parseAsString, useQueryStates } from 'nuqs'
import { useEffect, useState } from 'react'
import { ViewMenu } from '#components/columns/view-menu.tsx'
import { Denied } from '#components/denied.tsx'
import { ExportMenu } from '#components/export-menu.tsx'
import { FilterBar } from '#components/filter-bar.tsx'
import { PageHeader } from '#components/page-header.tsx'
import { SavedFiltersMenu } from '#components/saved-filters/saved-filters-menu.tsx'
import { useSavedFilters } from '#components/saved-filters/use-saved-filters.ts'
import { useShortcuts } from '#components/shortcuts/shortcuts.tsx'
import { ErrorState, StaleLine } from '#components/states.tsx'
import { useCopy } from '#components/ui/copy-button.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { useAnnounce } from '#components/ui/live-region.tsx'
import type { BulkDeed } from '#lib/console/bulk.ts'
import { isDenied } from '#lib/console/messages.ts'
import { paths, type Scope } from '#lib/console/paths.ts'
import { read } from '#lib/console/queries.ts'
import { KEY_FIELDS } from '#lib/domain/operations/insight.ts'
import { BulkBar } from './bulk/bulk-bar.tsx'
import { BulkPanel } from './bulk/bulk-panel.tsx'
import { type Selection, useSelection } from './bulk/selection.ts'
import { KeyColumns } from './columns-dialog.tsx'
import { useKeyDeeds } from './key-deeds.tsx'
import { countInput, countWords, readOrder, searchInput } from './key-search.ts'
import { KeyTable } from './key-table.tsx'
import { NoKeys, NoMatch, type OtherRegion } from './no-keys.tsx'
import { OpenKey } from './open-key.tsx'
import { type FirstPage, type KeyRows, useKeyRows } from './use-key-rows.ts'
import { useTableView } from './use-table-view.ts'

type KeysViewProps = {
  scope: Scope
  /** ARN of who is signed in. */
  self: string
  regions: readonly string[]
  endpoint: string
  first: FirstPage
}

type Counts = { readonly known: OtherRegion[]; readonly pending: boolean }

/** How many keys each Region has; those that cannot be asked are left out. */
function useCounts({ account }: Scope, regions: readonly string[]): Counts {
  return useQueries({
    queries: regions.map((region) => read(account, region, 'SearchKeys', countInput())),
    combine: (results) => ({
      pending: results.some((result) => result.isPending),
      known: results.flatMap(({ data }, index) => {
        const region = regions[index]
        return data && region ? [{ region, Count: data.Count, CountIsExact: data.CountIsExact }] : []
      }),
    }),
  })
}

function CountFact({ scope, counts }: { scope: Scope; counts: readonly OtherRegion[] }) {
  const here = counts.find(({ region }) => region === scope.region)
  const others = counts.filter((one) => one !== here && one.Count > 0)
  if (!here) return null
  return (
    <>
      {countWords(here)} in {here.region}
      {others.map((one) => ` · ${countWords(one)} more in ${one.region}`)}
    </>
  )
}

const keysWords = (latest: NonNullable<KeyRows['latest']>) =>
  `${countWords(latest)} ${latest.Count === 1 ? 'key' : 'keys'}`

const arnOf = (target: Element) => target.closest('[data-arn]')?.getAttribute('data-arn')

/** c creates, Shift+y copies the ARN of the row that has focus. */
function useKeysShortcuts(scope: Scope): void {
  const router = useRouter()
  const { copy } = useCopy()
  useShortcuts([
    { keys: ['c'], label: 'Create key', group: 'This page', run: () => router.push(paths.newKey(scope)) },
    {
      keys: ['Shift+y'],
      label: 'Copy the ARN of the row',
      group: 'Lists',
      when: (target) => arnOf(target) !== undefined && arnOf(target) !== null,
      run: (target) => copy(arnOf(target) ?? ''),
    },
  ])
}

/** Says once what a filter brought. */
function useAnnouncedCount({ latest, refining, loading }: KeyRows): void {
  const announce = useAnnounce()
  const words = latest && !refining && !loading ? `${countWords(latest)} keys` : undefined
  useEffect(() => {
    if (words) announce(words)
  }, [words, announce])
}

type BulkAreaProps = {
  scope: Scope
  filter: string
  rows: KeyRows
  selection: Selection
  deed: BulkDeed | undefined
  onDeed: (deed: BulkDeed | undefined) => void
}

/** What is selected and what can be done with it, or the deed that was chosen. */
function BulkArea({ scope, filter, rows: { latest }, selection, deed, onDeed }: BulkAreaProps) {
  if (deed)
    return (
      <BulkPanel
        scope={scope}
        filter={filter}
        deed={deed}
        selection={selection}
        onClose={() => onDeed(undefined)}
      />
    )
  if (selection.count === 0 || !latest) return null
  return (
    <BulkBar selection={selection} total={latest.Count} totalWords={countWords(latest)} onDeed={onDeed} />
  )
}

/** Customer keys: filter, table, and every state in which a list can be. */
export function KeysView({ scope, self, regions, endpoint, first }: KeysViewProps) {
  const [{ q, sort }, setQuery] = useQueryStates({ q: parseAsString.withDefault(''), sort: parseAsString })
  const order = readOrder(sort)
  const rows = useKeyRows(scope, searchInput(q, order), first)
  const counts = useCounts(scope, regions)
  const deeds = useKeyDeeds(scope)
  const view = useTableView(self)
  const [bulk, setBulk] = useState<BulkDeed>()
  const selection = useSelection(`${scope.region} ${q}`, {
    total: rows.latest?.Count ?? 0,
    loaded: rows.keys,
    locked: bulk !== undefined,
  })
  useKeysShortcuts(scope)
  useAnnouncedCount(rows)
  const setFilter = (filter: string) => void setQuery({ q: filter === '' ? null : filter })
  const saved = useSavedFilters('keys', self, { filter: q, setFilter })
  const empty = !rows.loading && !rows.refining && rows.keys.length === 0
  const denied = rows.refusal && isDenied(rows.refusal)
  return (
    <>
      <PageHeader
        crumbs={[{ label: scope.region }, { label: 'Keys' }]}
        title="Customer keys"
        fact={!denied && <CountFact scope={scope} counts={counts.known} />}
        actions={
          // The page without keys has this as its own, and a page has one primary action.
          !(empty && q === '' && !rows.refusal) && (
            <>
              {!empty && !denied && (
                <ViewMenu
                  view={view}
                  columns={(open, onOpenChange) => (
                    <KeyColumns view={view} keys={rows.keys} open={open} onOpenChange={onOpenChange} />
                  )}
                />
              )}
              {!empty && rows.latest && !denied && (
                <ExportMenu
                  list="keys"
                  region={scope.region}
                  query={{ q, ...(sort && { sort }) }}
                  what={keysWords(rows.latest)}
                />
              )}
              <LinkButton variant="primary" href={paths.newKey(scope)}>
                Create key
              </LinkButton>
            </>
          )
        }
      />
      {rows.refusal && denied ? (
        <>
          <Denied size="page" refusal={rows.refusal} what="You can’t list the keys of this account." />
          <OpenKey scope={scope} />
        </>
      ) : (
        <>
          {deeds.panel}
          {(q !== '' || !empty || rows.refusal) && (
            <div className="flex flex-wrap items-start gap-x-3">
              <FilterBar
                className="min-w-0 grow basis-80"
                label="Filter keys"
                fields={KEY_FIELDS}
                value={q}
                onChange={setFilter}
                examples="state:Disabled tag:team=pay used:>30d"
                count={q !== '' && rows.latest && keysWords(rows.latest)}
              />
              <SavedFiltersMenu saved={saved} filter={q} />
            </div>
          )}
          {rows.refusal && rows.keys.length > 0 && !rows.former && (
            <StaleLine since={rows.since} onRetry={rows.retry} />
          )}
          {rows.refusal && (rows.keys.length === 0 || rows.former) && (
            <div className="mb-3">
              <ErrorState what="Keys couldn’t be loaded." refusal={rows.refusal} onRetry={rows.retry} />
              {rows.former && (
                <p className="pt-1 text-table text-text2">Shown are the keys of the filter before.</p>
              )}
            </div>
          )}
          <BulkArea scope={scope} filter={q} rows={rows} selection={selection} deed={bulk} onDeed={setBulk} />
          {empty && rows.refusal ? null : empty && q === '' && counts.pending ? (
            // Whether there are none at all is known when the other Regions have answered.
            <p className="late py-5 text-body text-text2">Looking in other Regions…</p>
          ) : empty ? (
            q === '' ? (
              <NoKeys
                scope={scope}
                others={counts.known.filter(({ region }) => region !== scope.region)}
                endpoint={endpoint}
              />
            ) : (
              <NoMatch scope={scope} filter={q} onFilter={setFilter} />
            )
          ) : (
            <KeyTable
              scope={scope}
              rows={rows}
              order={order}
              onOrder={(next) => void setQuery({ sort: next })}
              start={deeds.start}
              view={view}
              selection={selection}
            />
          )}
        </>
      )}
    </>
  )
}
