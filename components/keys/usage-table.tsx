import Link from 'next/link'
import { formatNumber, principalLabel } from '#lib/console/format.ts'
import { paths } from '#lib/console/paths.ts'
import { Time } from '../time.tsx'
import { Cell, HeaderCell, RowHeader, Table, TableBody, TableHead, TableRow } from '../ui/table.tsx'
import type { Use } from './usage.ts'

type UsageTableProps = {
  account: string
  caption: string
  uses: readonly Use[]
  /** With the address that each came from. */
  bySource: boolean
}

/** Who uses a key for what, how often, and when last: the time leads to that event. */
export function UsageTable({ account, caption, uses, bySource }: UsageTableProps) {
  return (
    <Table caption={caption}>
      <TableHead>
        <HeaderCell>Principal</HeaderCell>
        <HeaderCell>Operation</HeaderCell>
        {bySource && <HeaderCell>Source</HeaderCell>}
        <HeaderCell className="text-end">Count</HeaderCell>
        <HeaderCell>Last</HeaderCell>
        <HeaderCell>
          <span className="sr-only">Event</span>
        </HeaderCell>
      </TableHead>
      <TableBody>
        {uses.map((use) => (
          <TableRow key={`${use.Principal} ${use.Operation} ${use.Source}`}>
            <RowHeader className="max-w-72 truncate font-normal" title={use.Principal}>
              {principalLabel(use.Principal)}
            </RowHeader>
            <Cell narrow="end">{use.Operation}</Cell>
            {bySource && (
              <Cell narrow="fact" className="font-mono text-mono text-text2">
                {use.Source || '—'}
              </Cell>
            )}
            <Cell narrow={bySource ? 'fact-end' : 'fact'} className="md:text-end">
              {formatNumber(use.Count)}
              <span className="md:hidden">{use.Count === 1 ? ' time' : ' times'}</span>
            </Cell>
            <Cell narrow={bySource ? 'fact' : 'fact-end'}>
              <Time at={use.Last} />
            </Cell>
            <Cell narrow={bySource ? 'fact-end' : 'whole'} className="md:text-end">
              <Link className="link inline-block min-h-6 py-0.5" href={paths.event(account, use.LastEventId)}>
                View event
                <span className="sr-only">
                  {' of'} {use.Operation} by {principalLabel(use.Principal)}
                </span>
              </Link>
            </Cell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  )
}
