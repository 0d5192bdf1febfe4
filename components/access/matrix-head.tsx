import { type Column, columnWords, PART_WORDS, partsOf } from './matrix-words.ts'

/** What stays in sight while the squares scroll sideways. */
export const STICKY = 'sticky start-0 z-10 bg-canvas'

/** Two lines of heads: the parts of what can be done, and the permissions of each. */
export function MatrixHead({ corner, columns }: { corner: string; columns: readonly Column[] }) {
  const first = new Set(
    columns.filter(({ Part }, n) => Part !== columns[n - 1]?.Part).map(({ Action }) => Action),
  )
  return (
    <thead className="text-label font-medium text-text2">
      <tr>
        <td className={STICKY} />
        {partsOf(columns).map(({ part, span }) => (
          <th
            key={part}
            scope="colgroup"
            colSpan={span}
            className="border-s border-line px-1 pt-1.5 pb-1 font-medium text-text"
          >
            {PART_WORDS[part]}
          </th>
        ))}
        <td />
      </tr>
      <tr>
        <th
          scope="col"
          className={`${STICKY} border-b border-line-strong px-2 pb-1 text-start align-bottom font-medium`}
        >
          {corner}
        </th>
        {columns.map(({ Action }) => (
          <th
            key={Action}
            scope="col"
            className={`w-[4.25rem] min-w-14 border-b border-line-strong px-1 pb-1 align-bottom font-medium leading-4 ${first.has(Action) ? 'border-s border-s-line' : ''}`}
          >
            {columnWords(Action)}
          </th>
        ))}
        <th
          scope="col"
          className="min-w-40 border-b border-line-strong px-2 pb-1 text-start align-bottom font-medium"
        >
          One step away
        </th>
      </tr>
    </thead>
  )
}
