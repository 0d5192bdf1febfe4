'use client'

import { useRef } from 'react'
import { useShortcuts } from '#components/shortcuts/shortcuts.tsx'
import { toDate } from '#lib/console/format.ts'
import type { Histogram } from './histogram-shape.ts'
import { type Bounds, DEFAULT_PRESET, type RangeQuery } from './range.ts'
import { earlier, later, type Stretch, stretchOf, zoomedIn, zoomedOut } from './range-moves.ts'

type Given = {
  range: RangeQuery
  bounds: Bounds
  at: Date
  histogram: Histogram | undefined
  /** Nothing moves while the log is live. */
  fixed: boolean
  onChange: (range: RangeQuery) => void
}

/** Moving through time: earlier, later, closer, further away; going out leads back where one came in. */
export function useRange({ range, bounds, at, histogram, fixed, onChange }: Given) {
  const trail = useRef<RangeQuery[]>([])
  const found = histogram && { from: toDate(histogram.From), to: toDate(histogram.To) }
  const stretch = fixed ? undefined : stretchOf(bounds, found, at)
  const go = ({ last, from, to }: RangeQuery) =>
    onChange({ last: last === DEFAULT_PRESET ? null : last, from, to })
  /** Somewhere else: what one came in by is no way back. */
  const forget = () => {
    trail.current = []
  }
  function jump(next: RangeQuery) {
    forget()
    go(next)
  }
  function enter(next: RangeQuery) {
    trail.current.push({ last: range.last, from: range.from, to: range.to })
    go(next)
  }
  function zoomOut() {
    const back = trail.current.pop()
    if (back) go(back)
    else if (stretch) go(zoomedOut(stretch, at))
  }
  const zoomIn = () => stretch && enter(zoomedIn(stretch))
  const offered = () => stretch !== undefined
  const page = { group: 'This page', offered, when: offered } as const
  useShortcuts([
    { ...page, keys: ['['], label: 'Earlier', run: () => stretch && jump(earlier(stretch, at)) },
    { ...page, keys: [']'], label: 'Later', run: () => stretch && jump(later(stretch, at)) },
    { ...page, keys: ['-'], label: 'Zoom out', run: zoomOut },
    { ...page, keys: ['='], label: 'Zoom in', run: () => zoomIn() },
  ])
  return {
    forget,
    jump,
    zoomIn,
    zoomOut,
    zoomTo: ({ from, to }: Stretch) => enter({ last: null, from, to }),
    earlier: () => stretch && jump(earlier(stretch, at)),
    later: () => stretch && jump(later(stretch, at)),
  }
}

export type RangeMoves = ReturnType<typeof useRange>
