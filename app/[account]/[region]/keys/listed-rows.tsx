'use client'

import { Fragment, type ReactNode, type Ref, useEffect, useRef } from 'react'
import { SkeletonRows } from '#components/ui/skeleton.tsx'
import { type From, HeaderCell, Table, TableBody, TableFoot, TableHead } from '#components/ui/table.tsx'
import { useVirtualRows } from '#components/ui/virtual-rows.ts'
import { countWords, type ListedKey } from './key-search.ts'
import type { KeyRows } from './use-key-rows.ts'
import { useNarrow } from './use-narrow.ts'

export type RowPlace = { readonly index: number; readonly measure: Ref<HTMLTableRowElement> }

type ListedRowsProps = {
  caption: string
  columns: readonly { readonly label: string; readonly from?: From }[]
  rows: KeyRows
  /** The heading under which a key stands; keys of one heading follow each other. */
  groupOf?: (key: ListedKey) => string
  row: (key: ListedKey, place: RowPlace) => ReactNode
}

const ROW = 34
const NARROW_ROW = 79

const Gap = ({ height }: { height: number }) => (
  // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a row takes no focus
  <tr aria-hidden="true" className="block" style={{ height }} />
)

/** Keys in the server's order, under headings where they have them; only those in sight are drawn. */
export function ListedRows(props: ListedRowsProps) {
  const narrow = useNarrow()
  // Rows of another height are measured anew.
  return <Rows key={String(narrow)} rowHeight={narrow ? NARROW_ROW : ROW} {...props} />
}

function Rows({ caption, columns, rows, groupOf, row, rowHeight }: ListedRowsProps & { rowHeight: number }) {
  const { keys, before, latest, loading, refining, reach } = rows
  const scroll = useRef<HTMLDivElement>(null)
  const virtual = useVirtualRows({ count: before + keys.length, scroll, rowHeight })
  const first = virtual.items[0]?.index ?? 0
  const last = virtual.items.at(-1)?.index ?? 0
  useEffect(() => {
    if (first < before) reach(first)
    else reach(last)
  })
  return (
    <>
      <Table
        caption={caption}
        busy={refining}
        rowCount={latest?.CountIsExact ? latest.Count + 1 : -1}
        scrollRef={scroll}
        scrollClassName="max-h-[max(320px,calc(100dvh-236px))] overflow-y-auto"
      >
        <TableHead sticky>
          {columns.map(({ label, from }) => (
            <HeaderCell key={label} from={from}>
              {label}
            </HeaderCell>
          ))}
          <HeaderCell>
            <span className="sr-only">Actions</span>
          </HeaderCell>
        </TableHead>
        <TableBody>
          {loading && <SkeletonRows columns={columns.length + 1} />}
          {virtual.before > 0 && <Gap height={virtual.before} />}
          {virtual.items.map(({ index }) => {
            const listed = keys[index - before]
            if (!listed) return null
            const earlier = keys[index - before - 1]
            const group = groupOf?.(listed)
            const begins = group && (index === first || !earlier || groupOf?.(earlier) !== group)
            return (
              <Fragment key={listed.id}>
                {begins && <GroupHeading columns={columns.length + 1}>{group}</GroupHeading>}
                {row(listed, { index, measure: virtual.measure })}
              </Fragment>
            )
          })}
          {virtual.after > 0 && <Gap height={virtual.after} />}
        </TableBody>
      </Table>
      {latest && keys.length > 0 && (
        <TableFoot>
          <span>
            {countWords(latest)} {latest.Count === 1 ? 'key' : 'keys'}
          </span>
        </TableFoot>
      )}
    </>
  )
}

const GroupHeading = ({ columns, children }: { columns: number; children: ReactNode }) => (
  <tr className="border-b border-line bg-sunken max-md:block">
    <th
      scope="rowgroup"
      colSpan={columns}
      className="px-2 py-1 text-start text-label font-semibold text-text2 max-md:block"
    >
      {children}
    </th>
  </tr>
)
