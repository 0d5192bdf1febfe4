'use client'

import { type PointerEvent, useRef, useState } from 'react'
import { barAt, barsOf, type Histogram, type Series } from './histogram-shape.ts'
import { useWidth } from './use-width.ts'

/** Bars from the first to the last, both included. */
export type Selection = { readonly first: number; readonly last: number }

type Props = {
  histogram: Histogram
  height: number
  selection: Selection | undefined
  onPoint: (index: number | undefined) => void
  /** While one drags. */
  onSelect: (selection: Selection | undefined) => void
  onZoom: (selection: Selection) => void
}

const COLOUR: Readonly<Record<Series, string>> = {
  Ok: 'fill-text3',
  Error: 'fill-brass-mark',
  Denied: 'fill-vermilion',
}

const between = (one: number, other: number): Selection => ({
  first: Math.min(one, other),
  last: Math.max(one, other),
})

/** The drawing: a click on a bar, or a drag over several, goes into them. The sliders and the table do the same by keyboard. */
export function HistogramBars({ histogram, height, selection, onPoint, onSelect, onZoom }: Props) {
  const frame = useRef<HTMLDivElement>(null)
  const width = useWidth(frame, 1200)
  const [from, setFrom] = useState<number>()
  const { Buckets: buckets, SearchedFrom } = histogram
  const bars = barsOf(buckets, width, height)
  const step = width / Math.max(1, buckets.length)
  const at = ({ clientX, currentTarget }: PointerEvent<SVGSVGElement>) =>
    barAt(clientX - currentTarget.getBoundingClientRect().left, width, buckets.length)
  const unknown = SearchedFrom === null ? 0 : buckets.findIndex(({ At }) => At >= SearchedFrom)
  return (
    <div ref={frame} className="min-w-0">
      <svg
        aria-hidden="true"
        width={width}
        height={height}
        className="block max-w-full cursor-crosshair touch-pan-y border-b border-line-strong"
        onPointerDown={(event) => {
          if (event.button !== 0) return
          event.currentTarget.setPointerCapture(event.pointerId)
          setFrom(at(event))
        }}
        onPointerMove={(event) => {
          onPoint(at(event))
          if (from !== undefined) onSelect(between(from, at(event)))
        }}
        onPointerLeave={() => onPoint(undefined)}
        onPointerCancel={() => {
          setFrom(undefined)
          onSelect(undefined)
        }}
        onPointerUp={(event) => {
          if (from === undefined) return
          setFrom(undefined)
          onSelect(undefined)
          onZoom(between(from, at(event)))
        }}
      >
        {unknown > 0 && <rect width={unknown * step} height={height} className="fill-sunken" />}
        {selection && (
          <rect
            x={selection.first * step}
            width={(selection.last - selection.first + 1) * step}
            height={height}
            className="fill-selected"
          />
        )}
        {bars.map((bar, index) =>
          bar.parts.map((part) => (
            <rect
              key={`${buckets[index]?.At} ${part.series}`}
              x={bar.x}
              width={bar.width}
              y={part.y}
              height={part.height}
              className={COLOUR[part.series]}
            />
          )),
        )}
      </svg>
    </div>
  )
}
