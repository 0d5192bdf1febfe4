'use client'

import { ArrowLeft, ArrowRight } from 'lucide-react'
import { type ReactNode, useEffect, useRef } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Checkbox } from '#components/ui/checkbox.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { useAnnounce } from '#components/ui/live-region.tsx'

export type ListColumn = {
  readonly id: string
  readonly label: string
  /** Shown until someone says otherwise; `always` cannot be hidden. */
  readonly shown: boolean | 'always'
}

type ColumnsDialogProps = {
  /** Those that are shown, in their order, and the others. */
  columns: readonly ListColumn[]
  hidden: readonly ListColumn[]
  show: (id: string, on: boolean) => void
  /** One place to the left or to the right. */
  move: (id: string, by: -1 | 1) => void
  /** What stands before the first of them: "the alias". */
  after: string
  open: boolean
  onOpenChange: (open: boolean) => void
}

/** Which columns the list has, and in which order. */
export function ColumnsDialog(props: ColumnsDialogProps) {
  const { columns, hidden, after, open, onOpenChange } = props
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
    props.show(id, on)
  }
  function step({ id, label }: ListColumn, by: -1 | 1) {
    const to = columns.findIndex((column) => column.id === id) + by
    touched.current = `${id} ${by}`
    props.move(id, by)
    // One stands before them.
    announce(`${label} is column ${to + 2} of ${columns.length + 1}`)
  }
  const line = (column: ListColumn, on: boolean, moves?: ReactNode) => (
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
      description={`From left to right, after ${after}. Kept for you in this browser, and in the address, so that a link shows them.`}
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
                <Move column={column} by={-1} end={index === 0} onStep={step} after={after} />
                <Move column={column} by={1} end={index === columns.length - 1} onStep={step} after={after} />
              </>,
            ),
          )}
        </ol>
        <h3 className="mt-4 border-b border-line pb-1 text-label font-medium text-text2">Not shown</h3>
        <ul aria-label="Not shown" className="grid gap-x-6 sm:grid-cols-2">
          {hidden.map((column) => line(column, false))}
        </ul>
      </div>
    </Dialog>
  )
}

type MoveProps = {
  column: ListColumn
  by: -1 | 1
  end: boolean
  after: string
  onStep: (column: ListColumn, by: -1 | 1) => void
}

function Move({ column, by, end, after, onStep }: MoveProps) {
  const Arrow = by === -1 ? ArrowLeft : ArrowRight
  return (
    <Button
      variant="quiet"
      size="icon"
      aria-label={`Move ${column.label} ${by === -1 ? 'left' : 'right'}`}
      data-column={`${column.id} ${by}`}
      reason={end ? `It is the ${by === -1 ? `first column after ${after}` : 'last column'}.` : undefined}
      onClick={() => onStep(column, by)}
    >
      <Arrow aria-hidden="true" className="size-4" strokeWidth={1.5} />
    </Button>
  )
}
