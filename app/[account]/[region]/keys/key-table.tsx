'use client'

import { useEffect, useRef } from 'react'
import { SkeletonRows } from '#components/ui/skeleton.tsx'
import { type From, HeaderCell, Table, TableBody, TableFoot, TableHead } from '#components/ui/table.tsx'
import { useVirtualRows } from '#components/ui/virtual-rows.ts'
import { formatNumber } from '#lib/console/format.ts'
import type { Scope } from '#lib/console/paths.ts'
import type { KeySort } from '#lib/domain/operations/insight.ts'
import type { KeyDeeds } from './key-deeds.tsx'
import { KeyRow } from './key-row.tsx'
import { countWords, nextOrder, type Order } from './key-search.ts'
import type { KeyRows } from './use-key-rows.ts'
import { useNarrow } from './use-narrow.ts'

type Column = { readonly label: string; readonly sort?: KeySort; readonly from?: From }

const COLUMNS: readonly Column[] = [
  { label: 'Alias', sort: 'alias' },
  { label: 'Key ID', from: 'lg' },
  { label: 'State', sort: 'state' },
  { label: 'Spec', from: 'lg' },
  { label: 'Usage', from: 'xl' },
  { label: 'Last used', sort: 'lastUsed' },
  { label: 'By', from: 'xl' },
  { label: 'Next rotation', from: 'lg' },
]

type KeyTableProps = {
  scope: Scope
  rows: KeyRows
  order: Order
  onOrder: (sort: string | null) => void
  start: KeyDeeds['start']
}

const ROW = 34
const NARROW_ROW = 79

/** A row that keeps the place of those out of sight. Hidden from screen readers, which count by aria-rowindex. */
const Gap = ({ height, index }: { height?: number; index?: number }) => (
  // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a row takes no focus
  <tr
    aria-hidden="true"
    data-index={index}
    className="block h-(--row-height)"
    style={height === undefined ? undefined : { height }}
  />
)

/** The keys in sight; more are fetched as one scrolls, in both directions. */
export function KeyTable(props: KeyTableProps) {
  const narrow = useNarrow()
  // Rows of another height are measured anew.
  return <Rows key={String(narrow)} rowHeight={narrow ? NARROW_ROW : ROW} {...props} />
}

function Rows({ scope, rows, order, onOrder, start, rowHeight }: KeyTableProps & { rowHeight: number }) {
  const { keys, before, latest, loading, refining, reach } = rows
  const scroll = useRef<HTMLDivElement>(null)
  const virtual = useVirtualRows({
    count: before + keys.length,
    scroll,
    rowHeight,
  })
  const first = virtual.items[0]?.index ?? 0
  const last = virtual.items.at(-1)?.index ?? 0
  useEffect(() => {
    if (first < before) reach(first)
    else reach(last)
  })
  const top = scroll.current?.scrollTop ?? 0
  const height = scroll.current?.clientHeight ?? 0
  const seen = virtual.items.filter((item) => item.start < top + height - ROW && item.end > top)
  const from = (seen[0]?.index ?? 0) + 1
  const to = (seen.at(-1)?.index ?? before + keys.length - 1) + 1
  const direction = order.descending ? 'descending' : 'ascending'
  return (
    <>
      <Table
        caption="Customer keys"
        busy={refining}
        rowCount={latest?.CountIsExact ? latest.Count + 1 : -1}
        scrollRef={scroll}
        scrollClassName="max-h-[max(320px,calc(100dvh-236px))] overflow-y-auto"
      >
        <TableHead sticky>
          {COLUMNS.map(({ label, sort, from: shown }) => (
            <HeaderCell
              key={label}
              from={shown}
              sort={
                sort && {
                  direction: order.sort === sort ? direction : undefined,
                  onSort: () => onOrder(nextOrder(sort, order)),
                }
              }
            >
              {label}
            </HeaderCell>
          ))}
          <HeaderCell>
            <span className="sr-only">Actions</span>
          </HeaderCell>
        </TableHead>
        <TableBody>
          {loading && <SkeletonRows columns={COLUMNS.length + 1} />}
          {virtual.before > 0 && <Gap height={virtual.before} />}
          {virtual.items.map(({ index, key }) => {
            const listed = keys[index - before]
            return listed ? (
              <KeyRow
                key={listed.id}
                scope={scope}
                listed={listed}
                index={index}
                measure={virtual.measure}
                start={start}
              />
            ) : (
              <Gap key={key} index={index} />
            )
          })}
          {virtual.after > 0 && <Gap height={virtual.after} />}
        </TableBody>
      </Table>
      {latest && keys.length > 0 && (
        <TableFoot>
          <span>
            {formatNumber(from)}–{formatNumber(to)} of {countWords(latest)}
          </span>
        </TableFoot>
      )}
    </>
  )
}
