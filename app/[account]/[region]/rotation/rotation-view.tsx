'use client'

import { parseAsString, useQueryState } from 'nuqs'
import { useState } from 'react'
import { useNow } from '#components/clock.tsx'
import { Denied } from '#components/denied.tsx'
import { FilterBar } from '#components/filter-bar.tsx'
import { DUE_GROUPS, dueGroup, neverReason } from '#components/keys/rotation-due.ts'
import { PageHeader } from '#components/page-header.tsx'
import { ShowAsCode } from '#components/show-as-code.tsx'
import { EmptyState, ErrorState } from '#components/states.tsx'
import { Hint } from '#components/ui/hint.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { isDenied } from '#lib/console/messages.ts'
import { paths, type Scope } from '#lib/console/paths.ts'
import { snippetsFor } from '#lib/console/snippets.ts'
import { KEY_FIELDS } from '#lib/domain/operations/insight.ts'
import { countWords, type ListedKey } from '../keys/key-search.ts'
import { ListedRows } from '../keys/listed-rows.tsx'
import { NoMatch } from '../keys/no-keys.tsx'
import { type FirstPage, useKeyRows } from '../keys/use-key-rows.ts'
import { OFF_FILTER, rotationInput } from './rotation-input.ts'
import { RotationRow } from './rotation-row.tsx'
import { TurnOn } from './turn-on.tsx'

type Props = { scope: Scope; endpoint: string; first: FirstPage }

const COLUMNS = [
  { label: 'Alias' },
  { label: 'Key ID', from: 'lg' },
  { label: 'State' },
  { label: 'Next rotation' },
  { label: 'Spec', from: 'lg' },
  { label: 'Last used', from: 'lg' },
] as const

/** Every key of the Region by when it rotates next. */
export function RotationView({ scope, endpoint, first }: Props) {
  const [q, setQ] = useQueryState('q', parseAsString.withDefault(''))
  const [turning, setTurning] = useState<ListedKey>()
  const now = useNow().getTime() / 1000
  const rows = useKeyRows(scope, rotationInput(q), first)
  const { keys, refusal, loading, refining, latest } = rows
  const setFilter = (filter: string) => void setQ(filter === '' ? null : filter)
  const empty = !loading && !refining && keys.length === 0
  const nothingRotates =
    q === '' && !empty && !loading && keys.every((key) => neverReason(key, scope.region) !== undefined)
  return (
    <>
      <PageHeader
        crumbs={[{ label: scope.region }, { label: 'Rotation' }]}
        title="Rotation"
        actions={<LinkButton href={paths.keys(scope, { q: OFF_FILTER })}>Turn on for many keys</LinkButton>}
      />
      {refusal && isDenied(refusal) ? (
        <Denied size="page" refusal={refusal} what="You can’t list the keys of this account." />
      ) : (
        <>
          {turning && (
            <TurnOn
              key={turning.id}
              scope={scope}
              endpoint={endpoint}
              listed={turning}
              onClose={() => setTurning(undefined)}
            />
          )}
          {(q !== '' || !empty) && (
            <FilterBar
              label="Filter rotations"
              fields={KEY_FIELDS}
              value={q}
              onChange={setFilter}
              examples="rotation:overdue alias:payments tag:team"
              count={q !== '' && latest && `${countWords(latest)} ${latest.Count === 1 ? 'key' : 'keys'}`}
            />
          )}
          {nothingRotates && (
            <Hint className="mb-2">No key can rotate automatically. Symmetric keys made here can.</Hint>
          )}
          {refusal ? (
            <ErrorState what="Keys couldn’t be loaded." refusal={refusal} onRetry={rows.retry} />
          ) : empty ? (
            q === '' ? (
              <NoRotations scope={scope} endpoint={endpoint} />
            ) : (
              <NoMatch scope={scope} filter={q} onFilter={setFilter} />
            )
          ) : (
            <ListedRows
              caption="Keys by their next rotation"
              columns={COLUMNS}
              rows={rows}
              groupOf={(key) => DUE_GROUPS[dueGroup(key, scope.region, now)]}
              row={(key, place) => (
                <RotationRow key={key.id} scope={scope} listed={key} place={place} onTurnOn={setTurning} />
              )}
            />
          )}
        </>
      )}
    </>
  )
}

const NoRotations = ({ scope, endpoint }: Omit<Props, 'first'>) => (
  <EmptyState
    actions={
      <>
        <LinkButton size="form" variant="primary" href={paths.newKey(scope)}>
          Create key
        </LinkButton>
        <ShowAsCode
          size="form"
          snippets={snippetsFor([{ name: 'CreateKey', input: {} }], { endpoint, region: scope.region })}
        />
      </>
    }
  >
    <p>No key can rotate automatically. Symmetric keys made here can.</p>
    <p>Rotation adds new material on a schedule and keeps the old for decrypting.</p>
  </EmptyState>
)
