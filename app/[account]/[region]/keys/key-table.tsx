'use client'

import { Fragment, type RefObject, useEffect, useRef, useState } from 'react'
import { useRowKeys } from '#components/shortcuts/row-keys.ts'
import { Checkbox } from '#components/ui/checkbox.tsx'
import { SkeletonRows } from '#components/ui/skeleton.tsx'
import { HeaderCell, Table, TableBody, TableFoot, TableHead } from '#components/ui/table.tsx'
import { useVirtualRows, type VirtualRows } from '#components/ui/virtual-rows.ts'
import { formatNumber } from '#lib/console/format.ts'
import type { Scope } from '#lib/console/paths.ts'
import type { KeySort } from '#lib/domain/operations/insight.ts'
import type { Selection } from './bulk/selection.ts'
import type { KeyDeeds } from './key-deeds.tsx'
import { KeyRow } from './key-row.tsx'
import { countWords, type ListedKey, nextOrder, type Order } from './key-search.ts'
import type { KeyRows } from './use-key-rows.ts'
import { useNarrow } from './use-narrow.ts'
import type { TableView } from './use-table-view.ts'

type KeyTableProps = {
  scope: Scope
  rows: KeyRows
  order: Order
  onOrder: (sort: string | null) => void
  start: KeyDeeds['start']
  view: TableView
  selection: Selection
}

const ROW = { comfortable: 34, compact: 28 } as const
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
  const { density } = props.view
  // Rows of another height are measured anew.
  return <Rows key={`${narrow} ${density}`} rowHeight={narrow ? NARROW_ROW : ROW[density]} {...props} />
}

function Rows({
  scope,
  rows,
  order,
  onOrder,
  start,
  view,
  selection,
  rowHeight,
}: KeyTableProps & { rowHeight: number }) {
  const { keys, before, latest, loading, refining, reach } = rows
  const scroll = useRef<HTMLDivElement>(null)
  // The row that has focus stays, so that scrolling does not throw it away.
  const [focused, setFocused] = useState<number>()
  const virtual = useVirtualRows({
    count: before + keys.length,
    scroll,
    rowHeight,
    ...(focused !== undefined && { keep: focused }),
  })
  const seen = useSeen(virtual, scroll, rowHeight)
  useEffect(() => {
    if (seen.first < before) reach(seen.first)
    else reach(seen.last)
  })
  const select = (index: number, shift: boolean) => {
    const key = keys[index - before]
    if (key && !selection.locked) selection.toggle(key.id, shift)
  }
  useRowKeys({
    scroll,
    onToggle: (index) => select(index, false),
    onRange: (index) => select(index, true),
  })
  return (
    <>
      <Table
        caption="Customer keys"
        density={view.density}
        busy={refining}
        rowCount={latest?.CountIsExact ? latest.Count + 1 : -1}
        scrollRef={scroll}
        scrollClassName="max-h-[max(320px,calc(100dvh-236px))] overflow-y-auto [scroll-padding-top:var(--row-height)]"
      >
        <KeyTableHead order={order} onOrder={onOrder} view={view} selection={selection} keys={keys} />
        <TableBody>
          {loading && <SkeletonRows columns={view.columns.length + 3} />}
          {virtual.items.map(({ index, key }, at) => {
            const listed = keys[index - before]
            const gap = virtual.gaps[at] ?? 0
            return (
              <Fragment key={listed?.id ?? key}>
                {gap > 0 && <Gap height={gap} />}
                {listed ? (
                  <KeyRow
                    scope={scope}
                    listed={listed}
                    index={index}
                    columns={view.columns}
                    selection={selection}
                    measure={virtual.measure}
                    start={start}
                    onFocus={setFocused}
                  />
                ) : (
                  <Gap index={index} />
                )}
              </Fragment>
            )
          })}
          {virtual.after > 0 && <Gap height={virtual.after} />}
        </TableBody>
      </Table>
      {latest && keys.length > 0 && (
        <TableFoot>
          <span>
            {formatNumber(seen.from)}–{formatNumber(Math.max(seen.from, seen.to(before + keys.length)))} of{' '}
            {countWords(latest)}
          </span>
        </TableFoot>
      )}
    </>
  )
}

/** Which rows are rendered, to fetch more by, and which are in sight, to say so. */
function useSeen(virtual: VirtualRows, scroll: RefObject<HTMLElement | null>, rowHeight: number) {
  const top = scroll.current?.scrollTop ?? 0
  const height = scroll.current?.clientHeight ?? 0
  // A kept row stands apart from the others.
  const together = virtual.items.filter(
    (item) => item.end > top - 11 * rowHeight && item.start < top + height + 11 * rowHeight,
  )
  const inSight = virtual.items.filter(
    (item) => item.start < top + height - ROW.comfortable && item.end > top,
  )
  return {
    first: together[0]?.index ?? 0,
    last: together.at(-1)?.index ?? 0,
    from: (inSight[0]?.index ?? 0) + 1,
    to: (loaded: number) => (inSight.at(-1)?.index ?? loaded - 1) + 1,
  }
}

type HeadProps = Pick<KeyTableProps, 'order' | 'onOrder' | 'view' | 'selection'> & {
  keys: readonly ListedKey[]
}

function KeyTableHead({ order, onOrder, view, selection, keys }: HeadProps) {
  const direction = order.descending ? 'descending' : 'ascending'
  const sorting = (sort: KeySort | undefined) =>
    sort &&
    ({
      direction: order.sort === sort ? direction : undefined,
      onSort: () => onOrder(nextOrder(sort, order)),
    } as const)
  const all = keys.length > 0 && keys.every(({ id }) => selection.has(id))
  const ids = keys.map(({ id }) => id)
  return (
    <TableHead sticky>
      <HeaderCell className="w-8 pe-0">
        <Checkbox
          aria-label="Select all loaded keys"
          ref={(box) => {
            if (box) box.indeterminate = !all && selection.count > 0
          }}
          checked={all}
          disabled={selection.locked}
          onChange={() => selection.set(ids, !all)}
        />
      </HeaderCell>
      <HeaderCell sort={sorting('alias')}>Alias</HeaderCell>
      {view.columns.map(({ id, label, sort, from }) => (
        <HeaderCell key={id} {...(from && { from })} sort={sorting(sort)}>
          {label}
        </HeaderCell>
      ))}
      <HeaderCell>
        <span className="sr-only">Actions</span>
      </HeaderCell>
    </TableHead>
  )
}
