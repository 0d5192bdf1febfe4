'use client'

import { useQueries } from '@tanstack/react-query'
import Link from 'next/link'
import { useQueryState } from 'nuqs'
import { useId, useState } from 'react'
import { KeyName } from '#components/key-name.tsx'
import { keyTitle } from '#components/keys/key-words.ts'
import { Section } from '#components/page-header.tsx'
import { StateBadge } from '#components/state-badge.tsx'
import { ErrorState } from '#components/states.tsx'
import { Time } from '#components/time.tsx'
import { Button } from '#components/ui/button.tsx'
import { Hint } from '#components/ui/hint.tsx'
import { Select } from '#components/ui/input.tsx'
import { SkeletonRows } from '#components/ui/skeleton.tsx'
import {
  Cell,
  HeaderCell,
  RowHeader,
  Table,
  TableBody,
  TableFoot,
  TableHead,
  TableRow,
} from '#components/ui/table.tsx'
import { count } from '#lib/console/format.ts'
import { refusalIn } from '#lib/console/messages.ts'
import type { OutputOf } from '#lib/console/operations.ts'
import { paths, type Scope } from '#lib/console/paths.ts'
import { read } from '#lib/console/queries.ts'
import { KEY_STATES } from '#lib/domain/key-state.ts'
import { AGE, AGES, unusedInput } from './unused-input.ts'

type UnusedKey = OutputOf<'ListUnusedKeys'>['Keys'][number]

/** Pages in memory, by cursor: the first, and each that was asked for. */
function usePages({ account, region }: Scope, days: number) {
  const [walked, setWalked] = useState<{ days: number; cursors: readonly string[] }>({ days, cursors: [] })
  const cursors = walked.days === days ? walked.cursors : []
  const pages = useQueries({
    queries: [undefined, ...cursors].map((cursor) =>
      read(account, region, 'ListUnusedKeys', { ...unusedInput(days), ...(cursor && { Cursor: cursor }) }),
    ),
  })
  const next = pages.at(-1)?.data?.NextCursor
  return {
    failed: pages.find(({ error }) => error),
    loading: pages.at(-1)?.isPending ?? false,
    keys: pages.flatMap(({ data }) => data?.Keys ?? []),
    more: next ? () => setWalked({ days, cursors: [...cursors, next] }) : undefined,
  }
}

/** Keys that nobody has used for some time, and that are older than that. */
export function UnusedKeys({ scope }: { scope: Scope }) {
  const id = useId()
  const [age, setAge] = useQueryState('days', AGE)
  const { failed, loading, keys, more } = usePages(scope, Number(age))
  return (
    <Section
      title="Unused keys"
      fact={keys.length > 0 && (more ? `${keys.length} and more` : count(keys.length, 'key'))}
      actions={
        <span className="flex items-center gap-2 text-table">
          <label htmlFor={id} className="whitespace-nowrap">
            Not used for
          </label>
          <Select
            id={id}
            value={age}
            onChange={(event) => void setAge(AGES.find((one) => one === event.target.value) ?? null)}
            className="w-28"
          >
            {AGES.map((one) => (
              <option key={one} value={one}>
                {one} days
              </option>
            ))}
          </Select>
        </span>
      }
    >
      {failed?.error ? (
        <ErrorState
          what="Unused keys couldn’t be listed."
          refusal={refusalIn(failed.error)}
          onRetry={() => void failed.refetch()}
        />
      ) : keys.length === 0 && !loading ? (
        <Hint>No key that is older than {age} days has been without use for that long.</Hint>
      ) : (
        <UnusedTable scope={scope} keys={keys} loading={loading} />
      )}
      {more && (
        <TableFoot>
          <span>The oldest use first.</span>
          <Button pending={loading} pendingLabel="Loading…" onClick={more}>
            Show more
          </Button>
        </TableFoot>
      )}
    </Section>
  )
}

type UnusedTableProps = { scope: Scope; keys: readonly UnusedKey[]; loading: boolean }

function UnusedTable({ scope, keys, loading }: UnusedTableProps) {
  return (
    <Table caption="Unused keys">
      <TableHead>
        <HeaderCell>Key</HeaderCell>
        <HeaderCell>State</HeaderCell>
        <HeaderCell>Last used</HeaderCell>
        <HeaderCell from="lg">Created</HeaderCell>
        <HeaderCell>
          <span className="sr-only">What to do</span>
        </HeaderCell>
      </TableHead>
      <TableBody>
        {keys.map((key) => (
          <UnusedRow key={key.KeyId} scope={scope} unused={key} />
        ))}
        {loading && keys.length === 0 && <SkeletonRows columns={5} rows={4} />}
      </TableBody>
    </Table>
  )
}

function UnusedRow({ scope, unused }: { scope: Scope; unused: UnusedKey }) {
  const { KeyId: id, Alias: alias, State, LastUsed, CreatedAt } = unused
  const state = KEY_STATES.find((known) => known === State)
  return (
    <TableRow>
      <RowHeader className="md:w-[30%] md:max-w-0">
        <KeyName keyId={id} alias={alias ?? undefined} href={paths.key(scope, id, 'activity')} />
      </RowHeader>
      <Cell narrow="end">{state ? <StateBadge state={state} /> : State}</Cell>
      <Cell narrow="fact">
        {LastUsed === null ? <span className="text-text3">Never</span> : <Time at={LastUsed} />}
        <span className="md:hidden"> used</span>
      </Cell>
      <Cell from="lg">
        <Time at={CreatedAt} as="date" />
      </Cell>
      <Cell narrow="fact-end" className="md:text-end">
        <Link className="link inline-block min-h-6 py-0.5" href={paths.deleteKey(scope, id)}>
          Disable or delete
          <span className="sr-only"> {keyTitle(id, alias ?? undefined)}</span>
        </Link>
      </Cell>
    </TableRow>
  )
}
