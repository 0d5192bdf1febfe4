'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useNow } from '#components/clock.tsx'
import { KeyName } from '#components/key-name.tsx'
import { keyTitle } from '#components/keys/key-words.ts'
import { isRunning, type Watch, watchFilter, worthTelling } from '#components/keys/watches.ts'
import { Section } from '#components/page-header.tsx'
import { ErrorState } from '#components/states.tsx'
import { Time } from '#components/time.tsx'
import { Hint } from '#components/ui/hint.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { Cell, HeaderCell, RowHeader, Table, TableBody, TableHead, TableRow } from '#components/ui/table.tsx'
import { count, principalLabel, toDate } from '#lib/console/format.ts'
import { refusalIn } from '#lib/console/messages.ts'
import { paths, type Scope } from '#lib/console/paths.ts'
import { read } from '#lib/console/queries.ts'
import { StopWatching } from '../keys/watches/stop-watching.tsx'

/** Disabled keys whose refused calls are counted, before somebody deletes them. */
export function Watches({ scope }: { scope: Scope }) {
  const { data, error, refetch } = useQuery(read(scope.account, scope.region, 'ListKeyWatches', {}))
  const now = useNow().getTime() / 1000
  const watches = data?.Watches.filter((watch) => worthTelling(watch, now)) ?? []
  return (
    <Section title="Watches" fact={watches.length > 0 && count(watches.length, 'key')}>
      {error ? (
        <ErrorState
          what="Watches couldn’t be listed."
          refusal={refusalIn(error)}
          onRetry={() => void refetch()}
        />
      ) : !data ? (
        <Skeleton className="w-4/5" />
      ) : watches.length === 0 ? (
        <Hint>
          No key is watched. A watch counts who still asks for a disabled key: it begins where a deletion is
          scheduled, with Disable and watch.
        </Hint>
      ) : (
        <Table caption="Watched keys">
          <TableHead>
            <HeaderCell>Key</HeaderCell>
            <HeaderCell>Refused</HeaderCell>
            <HeaderCell from="lg">Who</HeaderCell>
            <HeaderCell>Ends</HeaderCell>
            <HeaderCell from="xl">Started by</HeaderCell>
            <HeaderCell>
              <span className="sr-only">Actions</span>
            </HeaderCell>
          </TableHead>
          <TableBody>
            {watches.map((watch) => (
              <WatchRow key={watch.Id} scope={scope} watch={watch} />
            ))}
          </TableBody>
        </Table>
      )}
    </Section>
  )
}

const SHOWN = 2

function whoWords(principals: Watch['Principals']): string {
  const shown = principals.slice(0, SHOWN).map(({ Principal }) => principalLabel(Principal))
  const more = principals.length - shown.length
  return shown.length === 0 ? 'Nobody' : `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

function WatchRow({ scope, watch }: { scope: Scope; watch: Watch }) {
  const now = useNow().getTime() / 1000
  const running = isRunning(watch, now)
  const alias = watch.Alias ?? undefined
  const events = paths.audit(scope.account, {
    q: watchFilter(watch.KeyId, scope.region),
    from: toDate(watch.StartedAt).toISOString(),
  })
  return (
    <TableRow>
      <RowHeader className="md:w-[26%] md:max-w-0">
        <KeyName keyId={watch.KeyId} alias={alias} href={paths.key(scope, watch.KeyId, 'activity')} />
      </RowHeader>
      <Cell narrow="end">
        {watch.Refused === 0 ? (
          'None'
        ) : (
          <Link className="link inline-block min-h-6 py-0.5 text-brass" href={events}>
            {count(watch.Refused, 'call')}
          </Link>
        )}
      </Cell>
      <Cell
        from="lg"
        className="max-w-64 truncate"
        title={watch.Principals.map((one) => one.Principal).join(', ')}
      >
        {whoWords(watch.Principals)}
      </Cell>
      <Cell narrow="fact">
        {running ? '' : 'Over '}
        <Time at={watch.EndsAt} />
      </Cell>
      <Cell from="xl" className="max-w-40 truncate text-text2">
        {principalLabel(watch.StartedBy)}
      </Cell>
      <Cell narrow="fact-end" className="md:text-end">
        {running && <StopWatching scope={scope} id={watch.Id} name={keyTitle(watch.KeyId, alias)} />}
      </Cell>
    </TableRow>
  )
}
