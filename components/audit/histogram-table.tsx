'use client'

import { Dialog } from '#components/ui/dialog.tsx'
import { Cell, HeaderCell, RowHeader, Table, TableBody, TableHead, TableRow } from '#components/ui/table.tsx'
import { formatNumber, type Zone } from '#lib/console/format.ts'
import type { Selection } from './histogram-bars.tsx'
import { edgeOf, type Histogram, momentWords, totalOf } from './histogram-shape.ts'

type Props = {
  histogram: Histogram
  zone: Zone
  onZoom: (selection: Selection) => void
  open: boolean
  onOpenChange: (open: boolean) => void
}

const numbers = 'text-end tabular-nums'

/** The numbers of the bars. A time leads to the events of its bar. */
export function HistogramTable({ histogram, zone, onZoom, open, onOpenChange }: Props) {
  return (
    <Dialog
      wide
      title="Events over time"
      description={`From is included, To is not. Times are ${zone === 'UTC' ? 'UTC' : 'local'}.`}
      open={open}
      onOpenChange={onOpenChange}
    >
      <Table caption="Events over time" density="compact" scrollClassName="max-h-[52vh] overflow-y-auto">
        <TableHead>
          <HeaderCell>From</HeaderCell>
          {['OK', 'Error', 'Denied', 'Total'].map((label) => (
            <HeaderCell key={label} className="text-end">
              {label}
            </HeaderCell>
          ))}
        </TableHead>
        <TableBody>
          {histogram.Buckets.map((bucket, index) => (
            <TableRow key={bucket.At}>
              <RowHeader className="font-normal">
                <button
                  type="button"
                  className="link min-h-6"
                  onClick={() => {
                    onOpenChange(false)
                    onZoom({ first: index, last: index })
                  }}
                >
                  {momentWords(edgeOf(histogram, index), histogram, zone)}
                </button>
              </RowHeader>
              <Cell narrow="fact" className={numbers}>
                {formatNumber(bucket.Ok)}
                <span className="md:hidden"> OK</span>
              </Cell>
              <Cell narrow="fact-end" className={numbers}>
                {formatNumber(bucket.Error)}
                <span className="md:hidden"> failed</span>
              </Cell>
              <Cell narrow="fact" className={numbers}>
                {formatNumber(bucket.Denied)}
                <span className="md:hidden"> denied</span>
              </Cell>
              <Cell narrow="end" className={numbers}>
                {formatNumber(totalOf(bucket))}
              </Cell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Dialog>
  )
}
