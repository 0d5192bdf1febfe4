'use client'

import { memo } from 'react'
import { useNow } from '#components/clock.tsx'
import { formatDate, formatRelative, toDate } from '#lib/console/format.ts'
import { AccessMark } from './access-mark.tsx'
import { type Cell, columnWords, isPath, MARK_WORDS } from './matrix-words.ts'

/** "Decrypt: allowed, last used 24 November 2026" */
function nameOf(action: string, { Mark, LastUsed }: Cell, showUse: boolean): string {
  const words = `${columnWords(action)}: ${MARK_WORDS[Mark]}`
  if (!showUse || !isPath(Mark)) return words
  return LastUsed === null
    ? `${words}, not in 90 days`
    : `${words}, last used ${formatDate(toDate(LastUsed))}`
}

type CellProps = {
  action: string
  cell: Cell
  place: string
  current: boolean
  showUse: boolean
  onOpen: (opener: HTMLElement) => void
}

/** One permission of one row: a button that opens its trace. The grid has one tab stop, `current`. */
export const MatrixCell = memo(
  ({ action, cell, place, current, showUse, onOpen }: CellProps) => (
    <td className="border-b border-line p-0 text-center">
      <button
        type="button"
        data-place={place}
        data-action={action}
        tabIndex={current ? 0 : -1}
        aria-label={nameOf(action, cell, showUse)}
        aria-description={cell.Why || undefined}
        className="grid min-h-[33px] w-full place-content-center justify-items-center gap-0.5 -outline-offset-2 hover:bg-selected max-md:min-h-11"
        onClick={(event) => onOpen(event.currentTarget)}
      >
        <AccessMark mark={cell.Mark} />
        {showUse && isPath(cell.Mark) && <LastUse at={cell.LastUsed} />}
      </button>
    </td>
  ),
  // The opener is made anew with every drawing and always does the same.
  (a, b) => a.cell === b.cell && a.place === b.place && a.current === b.current && a.showUse === b.showUse,
)
MatrixCell.displayName = 'MatrixCell'

function LastUse({ at }: { at: number | null }) {
  const now = useNow()
  return (
    <span className="whitespace-nowrap text-label text-text2" suppressHydrationWarning>
      {at === null ? '–' : formatRelative(toDate(at), now).replace(' ago', '')}
    </span>
  )
}
