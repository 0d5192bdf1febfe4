'use client'

import { useState } from 'react'
import { MatrixHead } from './matrix-head.tsx'
import { type MatrixRow, Row } from './matrix-row.tsx'
import { type Column, MARK_WORDS, type RowGroup } from './matrix-words.ts'
import { useGridKeys } from './use-grid-keys.ts'

type MatrixProps = {
  caption: string
  /** What a row is: "Principal", "Key". */
  corner: string
  columns: readonly Column[]
  groups: readonly RowGroup<MatrixRow>[]
  showUse: boolean
  onOpen: (row: MatrixRow, action: string, opener: HTMLElement) => void
  /** Said under it while nothing is pointed at. */
  hint?: string
}

const HINT = 'Point at a square for its reason. Arrows move, Enter opens the trace.'

/** Rows and permissions in squares: a real table, one tab stop, arrows inside, Enter for the trace. */
export function Matrix({ caption, corner, columns, groups, showUse, onOpen, hint = HINT }: MatrixProps) {
  const rows = groups.flatMap((group) => group.rows)
  const { at, onKeyDown, onFocus } = useGridKeys({ row: rows.length, column: columns.length })
  const [told, setTold] = useState('')
  const tell = (target: EventTarget) => setTold(sentenceAt(target, rows))
  let index = -1
  return (
    <>
      <section aria-label={caption} className="relative overflow-x-auto border-t border-line-strong">
        <table
          className="w-full border-separate border-spacing-0 text-table"
          onKeyDown={onKeyDown}
          onFocus={(event) => {
            onFocus(event)
            tell(event.target)
          }}
          onPointerOver={(event) => tell(event.target)}
        >
          <caption className="sr-only">{caption}</caption>
          <MatrixHead corner={corner} columns={columns} />
          {groups.map((group) => (
            <tbody key={group.title}>
              <tr>
                <th
                  scope="rowgroup"
                  colSpan={columns.length + 2}
                  className="border-b border-line bg-canvas px-2 pt-3 pb-1 text-start text-label font-medium"
                >
                  <span className="sticky start-2">
                    {group.title}{' '}
                    <span className="font-normal text-text2">
                      {group.rows.length}
                      <span className="max-sm:hidden">, {group.help}</span>
                    </span>
                  </span>
                </th>
              </tr>
              {group.rows.map((row) => {
                index += 1
                return (
                  <Row
                    key={row.id}
                    row={row}
                    index={index}
                    columns={columns}
                    column={at.row === index ? at.column : undefined}
                    showUse={showUse}
                    onOpen={onOpen}
                  />
                )
              })}
            </tbody>
          ))}
        </table>
      </section>
      <p className="min-h-9 max-w-prose pt-1.5 text-label text-text2" aria-hidden="true">
        {told || hint}
      </p>
    </>
  )
}

/** The sentence of the cell that is pointed at or has focus. */
function sentenceAt(target: EventTarget, rows: readonly MatrixRow[]): string {
  const button = target instanceof Element ? target.closest<HTMLElement>('[data-place]') : null
  const row = rows[Number(button?.dataset.place?.split(':')[0])]
  const action = button?.dataset.action
  const cell = action === undefined ? undefined : row?.cells[action]
  if (!row || !cell || action === undefined) return ''
  return `${row.label}, ${action}: ${MARK_WORDS[cell.Mark]}. ${cell.Why}`
}
