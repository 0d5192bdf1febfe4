import { count, formatNumber } from '#lib/console/format.ts'
import type { KeyUsageName } from '#lib/domain/key-spec.ts'
import { Cell, HeaderCell, RowHeader, Table, TableBody, TableHead, TableRow } from '../ui/table.tsx'
import { dayWords, type Series, seriesOf, seriesWords, type UsageDay } from './usage.ts'

type UsageStripProps = { usage: KeyUsageName; days: readonly UsageDay[] }

const HEIGHT = 24
/** One use among thousands is still to be seen. */
const LEAST = 2

function Bars({ series, days, most }: { series: Series; days: readonly UsageDay[]; most: number }) {
  return (
    <svg
      role="img"
      aria-label={seriesWords(series, days)}
      viewBox={`0 0 ${days.length * 4} ${HEIGHT}`}
      preserveAspectRatio="none"
      className="block h-6 w-full border-b border-line-strong text-text2"
    >
      {days.map((day, index) => {
        const value = series.of(day)
        const height = value === 0 ? 0 : Math.max(LEAST, (value / most) * HEIGHT)
        return (
          height > 0 && (
            <rect
              key={day.Day}
              className="mark"
              x={index * 4}
              y={HEIGHT - height}
              width={3}
              height={height}
              fill="currentColor"
            />
          )
        )
      })}
    </svg>
  )
}

/** Use of a key day by day: a line of bars for each kind of use, on one scale, and the same numbers as a table. */
export function UsageStrip({ usage, days }: UsageStripProps) {
  const series = seriesOf(usage, days)
  const used = days.filter((day) => series.some(({ of }) => of(day) > 0))
  const most = Math.max(1, ...days.flatMap((day) => series.map(({ of }) => of(day))))
  const [first, last] = [days[0], days.at(-1)]
  if (!first || !last) return null
  return (
    <div className="mb-3 max-w-form">
      <div className="grid grid-cols-[auto_minmax(0,1fr)] items-end gap-x-3 gap-y-1.5">
        {series.map((one) => (
          <div key={one.label} className="contents">
            <span aria-hidden="true" className="text-label text-text2">
              {one.label}
            </span>
            <Bars series={one} days={days} most={most} />
          </div>
        ))}
        <p className="col-start-2 flex justify-between text-label text-text3">
          <span>{dayWords(first.Day)}</span>
          <span className="max-sm:hidden">highest bar: {formatNumber(used.length === 0 ? 0 : most)}</span>
          <span>{dayWords(last.Day)}</span>
        </p>
      </div>
      {used.length > 0 && (
        <details className="mt-1">
          <summary className="min-h-6 w-fit text-table text-ink">View as table</summary>
          <DayTable series={series} days={used.toReversed()} all={days.length} />
        </details>
      )}
    </div>
  )
}

function DayTable({
  series,
  days,
  all,
}: {
  series: readonly Series[]
  days: readonly UsageDay[]
  all: number
}) {
  return (
    <>
      <Table caption="Use by day" scrollClassName="max-h-80 overflow-y-auto">
        <TableHead sticky>
          <HeaderCell>Day (UTC)</HeaderCell>
          {series.map(({ label }) => (
            <HeaderCell key={label}>{label}</HeaderCell>
          ))}
        </TableHead>
        <TableBody>
          {days.map((day) => (
            <TableRow key={day.Day}>
              <RowHeader className="font-normal">{dayWords(day.Day)}</RowHeader>
              {series.map(({ label, of }) => (
                <Cell key={label} narrow="fact">
                  <span className="md:hidden">{label} </span>
                  {formatNumber(of(day))}
                </Cell>
              ))}
            </TableRow>
          ))}
        </TableBody>
      </Table>
      {days.length < all && (
        <p className="pt-1 text-label text-text3">
          {count(all - days.length, 'day')} without use {all - days.length === 1 ? 'is' : 'are'} left out.
        </p>
      )}
    </>
  )
}
