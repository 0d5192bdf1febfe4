'use client'

import { useState } from 'react'
import { RefusalCode } from '#components/states.tsx'
import { Button } from '#components/ui/button.tsx'
import { cn } from '#components/ui/class-names.ts'
import { count, toDate, type Zone } from '#lib/console/format.ts'
import { HistogramBars, type Selection } from './histogram-bars.tsx'
import {
  countWords,
  edgeOf,
  type Histogram,
  momentWords,
  stretchOfBars,
  sumOf,
  totalOf,
} from './histogram-shape.ts'
import { HistogramSliders } from './histogram-sliders.tsx'
import { HistogramTable } from './histogram-table.tsx'
import type { Counted } from './use-counts.ts'
import type { RangeMoves } from './use-range.ts'
import { useAtLeast } from './use-wide.ts'

type Props = {
  counted: Counted<Histogram>
  zone: Zone
  moves: RangeMoves
}

const HEIGHT = { wide: 46, narrow: 32 } as const

/** How often what happened: bars, sliders, and the same as a table. */
export function EventHistogram(props: Props) {
  const { data, refusal, refining, retry } = props.counted
  const height = useAtLeast(768) ? HEIGHT.wide : HEIGHT.narrow
  return (
    <section
      aria-label="Events over time"
      aria-busy={refining || undefined}
      className="relative mb-1.5 min-h-18"
    >
      {refining && <div className="progress-line late absolute inset-x-0 top-0 z-10 h-0.5" />}
      {data && data.Buckets.length > 0 ? (
        // Another answer begins without a selection.
        <Drawn key={`${data.From} ${data.To}`} {...props} histogram={data} height={height} />
      ) : (
        !refusal && <div style={{ height }} className="border-b border-line-strong" />
      )}
      {refusal && (
        <div className="flex flex-wrap items-center gap-x-3 text-table text-brass">
          The histogram couldn’t be read.
          <RefusalCode refusal={refusal} />
          <Button onClick={retry} pending={refining} pendingLabel="Retrying…">
            Retry
          </Button>
        </div>
      )}
    </section>
  )
}

type DrawnProps = Props & { histogram: Histogram; height: number }

function Drawn({ histogram, height, zone, counted, moves }: DrawnProps) {
  const all: Selection = { first: 0, last: histogram.Buckets.length - 1 }
  const [selection, setSelection] = useState<Selection>()
  const [pointed, setPointed] = useState<number>()
  const [asTable, setAsTable] = useState(false)
  const zoom = ({ first, last }: Selection) => moves.zoomTo(stretchOfBars(histogram, first, last))
  const shown = selection ?? (pointed === undefined ? undefined : { first: pointed, last: pointed })
  return (
    <div className={cn(counted.refining && 'opacity-60')}>
      <HistogramBars
        histogram={histogram}
        height={height}
        selection={selection}
        onPoint={setPointed}
        onSelect={setSelection}
        onZoom={zoom}
      />
      <div className="flex min-h-7 flex-wrap items-center gap-x-4 text-label text-text2">
        <HistogramSliders
          histogram={histogram}
          zone={zone}
          selection={selection ?? all}
          onSelect={setSelection}
          onZoom={zoom}
        />
        <Said histogram={histogram} selection={shown} zone={zone} />
        <span className="ms-auto flex flex-wrap items-center gap-x-4 text-table max-md:ms-0">
          <Act label="Earlier" onAct={moves.earlier} />
          <Act label="Later" onAct={moves.later} />
          <Act
            label={selection ? 'Zoom to selection' : 'Zoom in'}
            onAct={() => (selection ? zoom(selection) : moves.zoomIn())}
          />
          <Act label="Zoom out" onAct={moves.zoomOut} />
          <Act label="View as table" onAct={() => setAsTable(true)} />
        </span>
      </div>
      <HistogramTable
        histogram={histogram}
        zone={zone}
        onZoom={zoom}
        open={asTable}
        onOpenChange={setAsTable}
      />
    </div>
  )
}

const Act = ({ label, onAct }: { label: string; onAct: () => void }) => (
  <button type="button" className="link min-h-6 whitespace-nowrap max-md:min-h-11" onClick={onAct}>
    {label}
  </button>
)

type SaidProps = { histogram: Histogram; selection: Selection | undefined; zone: Zone }

/** What is pointed at or selected; else over how much was counted, where that is not all. */
function Said({ histogram, selection, zone }: SaidProps) {
  const words = (moment: Date) => momentWords(moment, histogram, zone)
  if (selection) {
    const sum = sumOf(histogram.Buckets, selection.first, selection.last)
    return (
      <span className="min-w-0 truncate max-md:hidden">
        {words(edgeOf(histogram, selection.first))} – {words(edgeOf(histogram, selection.last + 1))}:{' '}
        {count(totalOf(sum), 'event')}
        {totalOf(sum) > 0 && ` (${countWords(sum)})`}
      </span>
    )
  }
  if (histogram.Exact || histogram.SearchedFrom === null) return null
  return (
    <span className="text-brass">
      Only events from {words(toDate(histogram.SearchedFrom))} on are counted.
    </span>
  )
}
