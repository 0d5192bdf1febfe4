'use client'

import { useState } from 'react'
import { AccessMark } from '#components/access/access-mark.tsx'
import { columnWords, MARK_WORDS } from '#components/access/matrix-words.ts'
import { principalName } from '#components/access/trace-words.ts'
import { count } from '#lib/console/format.ts'
import { cn } from '../ui/class-names.ts'
import { type AccessChanges, type ChangeCell, type ChangeRow, sumOf } from './access-changes.ts'

const FRAME = 'M1.500 1.500h9v9h-9Z'

/** Gained and lost: a square with a plus or a minus. */
const ChangeMark = ({ kind }: { kind: 'gained' | 'lost' }) => (
  <svg
    aria-hidden="true"
    viewBox="0 0 12 12"
    className={cn('mark size-3 shrink-0', kind === 'gained' ? 'text-verdigris' : 'text-vermilion')}
  >
    <path
      d={
        kind === 'gained'
          ? 'M0 0h12v12H0ZM5.250 2.500v2.750H2.500v1.500h2.750v2.750h1.500V6.750h2.750v-1.500H6.750V2.500Z'
          : `${FRAME}M3.500 6h5`
      }
      fill={kind === 'gained' ? 'currentColor' : 'none'}
      fillRule="evenodd"
      stroke={kind === 'gained' ? 'none' : 'currentColor'}
      strokeWidth="1.500"
    />
  </svg>
)

const WORDS = { gained: 'gained', lost: 'lost', changed: 'changed', kept: 'kept' } as const

function words({ before, after, kind }: ChangeCell): string {
  if (kind === 'kept') return MARK_WORDS[after]
  if (kind === 'changed') return `changed from ${MARK_WORDS[before]} to ${MARK_WORDS[after]}`
  return `${WORDS[kind]}, ${MARK_WORDS[kind === 'gained' ? after : before]}${kind === 'lost' ? ' before' : ''}`
}

const TONE: Readonly<Record<ChangeCell['kind'], string>> = {
  gained: 'bg-verdigris-soft',
  lost: 'bg-vermilion-soft',
  changed: 'bg-brass-soft',
  kept: '',
}

type TableProps = { changes: AccessChanges; account: string }

/** Rows are principals, columns what changes, with the policy and deletion always beside it. */
export function AccessChangesTable({ changes, account }: TableProps) {
  const { columns, rows } = changes
  const [all, setAll] = useState(false)
  const unchanged = rows.filter(({ changed }) => !changed).length
  const shown = all ? rows : rows.filter(({ changed }) => changed)
  return (
    <>
      {unchanged === rows.length && (
        <p className="border-b border-line py-2 text-table text-text2">
          Nobody gains or loses anything that the matrix shows.
        </p>
      )}
      {shown.length > 0 && (
        <section
          aria-label="Who gains and who loses, table"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
          tabIndex={0}
          className="overflow-x-auto"
        >
          <table className="w-full border-collapse text-table">
            <caption className="sr-only">Who gains and who loses</caption>
            <thead>
              <tr className="border-b border-line-strong">
                <th scope="col" className="h-8 px-2 text-start text-label font-medium text-text2">
                  Principal
                </th>
                {columns.map((action) => (
                  <th
                    key={action}
                    scope="col"
                    className="px-1.5 text-center text-label font-medium text-text2"
                  >
                    {columnWords(action)}
                  </th>
                ))}
                <th scope="col" className="px-2 text-start text-label font-medium text-text2">
                  Why
                </th>
              </tr>
            </thead>
            <tbody>
              {shown.map((row) => (
                <Row key={row.arn} row={row} columns={columns} account={account} />
              ))}
            </tbody>
          </table>
        </section>
      )}
      {unchanged > 0 && (
        <button
          type="button"
          aria-expanded={all}
          className="link mt-1 min-h-6 text-label"
          onClick={() => setAll(!all)}
        >
          {all ? 'Hide' : 'Show'} {count(unchanged, 'principal')} whose access stays
        </button>
      )}
    </>
  )
}

function Row({ row, columns, account }: { row: ChangeRow; columns: readonly string[]; account: string }) {
  const sum = sumOf(row.cells)
  return (
    <tr className="border-b border-line">
      <th scope="row" className="min-w-28 break-words px-2 py-1.5 text-start font-medium">
        {principalName(row.arn, account)}
      </th>
      {columns.map((action) => {
        const cell = row.cells[action]
        if (!cell) return <td key={action} />
        return (
          <td key={action} className={cn('px-1.5 text-center', TONE[cell.kind])}>
            <span className="inline-flex align-middle">
              {cell.kind === 'gained' || cell.kind === 'lost' ? (
                <ChangeMark kind={cell.kind} />
              ) : (
                <AccessMark mark={cell.after} />
              )}
            </span>
            <span className="sr-only">{words(cell)}</span>
          </td>
        )
      })}
      <td className="min-w-36 px-2 py-1.5 text-label text-text2">
        {sum && <span className="font-medium text-text">{sum}. </span>}
        {row.why}
      </td>
    </tr>
  )
}
