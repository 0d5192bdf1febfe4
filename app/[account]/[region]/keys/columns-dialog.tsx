'use client'

import { ArrowLeft, ArrowRight } from 'lucide-react'
import { type ReactNode, useEffect, useRef } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Checkbox } from '#components/ui/checkbox.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { useAnnounce } from '#components/ui/live-region.tsx'
import { COLUMNS, type Column, columnOf } from './columns.tsx'
import type { ListedKey } from './key-search.ts'
import type { TableView } from './use-table-view.ts'

type ColumnsDialogProps = {
  view: TableView
  keys: readonly ListedKey[]
  open: boolean
  onOpenChange: (open: boolean) => void
}

const MOST_TAGS = 12

/** What is not shown: the other columns, and a column for each tag that the loaded keys have. */
function hiddenColumns({ columns }: TableView, keys: readonly ListedKey[]): readonly Column[] {
  const shown = new Set(columns.map(({ id }) => id))
  const tags = new Set(keys.flatMap((key) => key.tags.map((tag) => `tag:${tag.key}`)))
  const hidden = [...tags].filter((id) => !shown.has(id)).toSorted()
  return [
    ...COLUMNS.filter(({ id }) => !shown.has(id)),
    ...hidden.slice(0, MOST_TAGS).flatMap((id) => columnOf(id) ?? []),
  ]
}

/** Which columns the list has, and in which order. */
export function ColumnsDialog({ view, keys, open, onOpenChange }: ColumnsDialogProps) {
  const { columns } = view
  const lists = useRef<HTMLDivElement>(null)
  const touched = useRef<string>(undefined)
  const announce = useAnnounce()
  // What changes its place in the document loses focus.
  useEffect(() => {
    const id = touched.current
    if (id !== undefined)
      lists.current?.querySelector<HTMLElement>(`[data-column="${CSS.escape(id)}"]`)?.focus()
    touched.current = undefined
  })
  function show(id: string, on: boolean) {
    touched.current = id
    view.show(id, on)
  }
  function step({ id, label }: Column, by: -1 | 1) {
    const to = columns.findIndex((column) => column.id === id) + by
    touched.current = `${id} ${by}`
    view.move(id, by)
    // The alias is the first column.
    announce(`${label} is column ${to + 2} of ${columns.length + 1}`)
  }
  const line = (column: Column, on: boolean, moves?: ReactNode) => (
    <li key={column.id} className="flex min-h-9 items-center gap-1 border-b border-line text-table">
      <span className="min-w-0 grow [&_label]:items-center [&_label]:break-all">
        {column.shown === 'always' ? (
          <span className="ps-6">{column.label}</span>
        ) : (
          <Checkbox
            label={column.label}
            data-column={column.id}
            checked={on}
            onChange={(event) => show(column.id, event.target.checked)}
          />
        )}
      </span>
      {moves}
    </li>
  )
  return (
    <Dialog
      title="Columns"
      description="From left to right, after the alias. Kept for you in this browser, and in the address, so that a link shows them."
      open={open}
      onOpenChange={onOpenChange}
    >
      <div ref={lists}>
        <ol aria-label="Shown" className="border-t border-line">
          {columns.map((column, index) =>
            line(
              column,
              true,
              <>
                <Move column={column} by={-1} end={index === 0} onStep={step} />
                <Move column={column} by={1} end={index === columns.length - 1} onStep={step} />
              </>,
            ),
          )}
        </ol>
        <h3 className="mt-4 border-b border-line pb-1 text-label font-medium text-text2">Not shown</h3>
        <ul aria-label="Not shown" className="grid gap-x-6 sm:grid-cols-2">
          {hiddenColumns(view, keys).map((column) => line(column, false))}
        </ul>
      </div>
    </Dialog>
  )
}

type MoveProps = {
  column: Column
  by: -1 | 1
  end: boolean
  onStep: (column: Column, by: -1 | 1) => void
}

function Move({ column, by, end, onStep }: MoveProps) {
  const Arrow = by === -1 ? ArrowLeft : ArrowRight
  return (
    <Button
      variant="quiet"
      size="icon"
      aria-label={`Move ${column.label} ${by === -1 ? 'left' : 'right'}`}
      data-column={`${column.id} ${by}`}
      reason={end ? `It is the ${by === -1 ? 'first column after the alias' : 'last column'}.` : undefined}
      onClick={() => onStep(column, by)}
    >
      <Arrow aria-hidden="true" className="size-4" strokeWidth={1.5} />
    </Button>
  )
}
