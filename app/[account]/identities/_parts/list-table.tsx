'use client'

import Link from 'next/link'
import { type ReactNode, useRef, useState } from 'react'
import { useRowKeys } from '#components/shortcuts/row-keys.ts'
import { Button } from '#components/ui/button.tsx'
import {
  Cell,
  type From,
  HeaderCell,
  type Narrow,
  RowHeader,
  Table,
  TableBody,
  TableFoot,
  TableHead,
  TableRow,
} from '#components/ui/table.tsx'
import { formatNumber } from '#lib/console/format.ts'

export type ListColumn<R> = {
  readonly head: string
  readonly cell: (row: R) => ReactNode
  readonly from?: From
  readonly narrow?: Narrow
  /** Long text may break. */
  readonly wraps?: boolean
}

type ListTableProps<R> = {
  caption: string
  /** The head of the first column. */
  head: string
  rows: readonly R[]
  nameOf: (row: R) => string
  hrefOf?: (row: R) => string
  columns: readonly ListColumn<R>[]
  menu?: (row: R) => ReactNode
  busy?: boolean
  /** How many there are, and how to get more, where not all are here. */
  more?: { readonly count: number; readonly fetch: (() => void) | undefined; readonly fetching: boolean }
}

/** Rows that are drawn at first; more come when asked for. */
const DRAWN = 100

/** A list of identities or of what they have: the first column names each row and opens it. */
export function ListTable<R>(props: ListTableProps<R>) {
  const { caption, head, rows, nameOf, hrefOf, columns, menu, busy, more } = props
  const [drawn, setDrawn] = useState(DRAWN)
  const scroll = useRef<HTMLDivElement>(null)
  useRowKeys({ scroll })
  const shown = more ? rows : rows.slice(0, drawn)
  const total = more?.count ?? rows.length
  const fetchMore = more ? more.fetch : shown.length < rows.length ? () => setDrawn(drawn + DRAWN) : undefined
  return (
    <>
      <Table caption={caption} scrollRef={scroll} rowCount={total + 1} {...(busy && { busy })}>
        <TableHead>
          <HeaderCell>{head}</HeaderCell>
          {columns.map((column) => (
            <HeaderCell key={column.head} {...(column.from && { from: column.from })}>
              {column.head}
            </HeaderCell>
          ))}
          {menu && (
            <HeaderCell>
              <span className="sr-only">Actions</span>
            </HeaderCell>
          )}
        </TableHead>
        <TableBody>
          {shown.map((row, index) => (
            <TableRow key={nameOf(row)} index={index}>
              <RowHeader className="break-all">
                {hrefOf ? (
                  <Link
                    href={hrefOf(row)}
                    className="inline-block py-0.5 text-ink hover:text-ink-hover hover:underline"
                  >
                    {nameOf(row)}
                  </Link>
                ) : (
                  nameOf(row)
                )}
              </RowHeader>
              {columns.map((column) => (
                <Cell
                  key={column.head}
                  narrow={column.narrow ?? 'none'}
                  {...(column.from && { from: column.from })}
                  {...(column.wraps && { className: 'whitespace-normal break-words' })}
                >
                  {column.cell(row)}
                </Cell>
              ))}
              {menu && (
                <Cell narrow="fact-end" className="md:w-8 md:text-end">
                  {menu(row)}
                </Cell>
              )}
            </TableRow>
          ))}
        </TableBody>
      </Table>
      {total > 10 && (
        <TableFoot>
          <span>
            1–{formatNumber(shown.length)} of {formatNumber(total)}
          </span>
          {fetchMore && (
            <Button pending={more?.fetching ?? false} pendingLabel="Loading…" onClick={fetchMore}>
              Show more
            </Button>
          )}
        </TableFoot>
      )}
    </>
  )
}
