'use client'

import type { ReactNode } from 'react'
import { placeName } from './grid-step.ts'
import { MatrixCell } from './matrix-cell.tsx'
import { STICKY } from './matrix-head.tsx'
import type { Cell, Column, Step } from './matrix-words.ts'
import { StepList } from './step-list.tsx'

export type MatrixRow = {
  readonly id: string
  /** The row's name, for the sentence under the matrix. */
  readonly label: string
  readonly header: ReactNode
  /** By action; what a row has not is not a question for it. */
  readonly cells: Readonly<Record<string, Cell>>
  readonly steps: readonly Step[]
}

type RowProps = {
  row: MatrixRow
  index: number
  columns: readonly Column[]
  /** The column of the tab stop, if it is in this row. */
  column: number | undefined
  showUse: boolean
  onOpen: (row: MatrixRow, action: string, opener: HTMLElement) => void
}

/** A principal or a key, its squares, and how it is one step away. */
export function Row({ row, index, columns, column, showUse, onOpen }: RowProps) {
  return (
    <tr className="group/row hover:bg-hover">
      <th
        scope="row"
        className={`${STICKY} max-w-72 min-w-40 border-b border-line px-2 text-start font-medium group-hover/row:bg-hover max-sm:max-w-36 max-sm:min-w-28`}
      >
        {row.header}
      </th>
      {columns.map(({ Action }, place) => {
        const cell = row.cells[Action]
        if (!cell)
          return (
            <td key={Action} className="border-b border-line text-center text-text3">
              <span aria-hidden="true">–</span>
              <span className="sr-only">Not for this key</span>
            </td>
          )
        return (
          <MatrixCell
            key={Action}
            action={Action}
            cell={cell}
            place={placeName({ row: index, column: place })}
            current={column === place}
            showUse={showUse}
            onOpen={(opener) => onOpen(row, Action, opener)}
          />
        )
      })}
      <td className="border-b border-line px-2 text-text2">
        <StepList steps={row.steps} />
      </td>
    </tr>
  )
}
