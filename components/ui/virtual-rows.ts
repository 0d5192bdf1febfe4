'use client'

import { type Range, useVirtualizer, type VirtualItem } from '@tanstack/react-virtual'
import type { RefObject } from 'react'

export type VirtualRows = {
  readonly items: readonly VirtualItem[]
  /** Pixels of rows left out above and below: the heights of two spacer rows. */
  readonly before: number
  readonly after: number
  /** Pixels of rows left out just before each item: a kept row stands apart from those in sight. */
  readonly gaps: readonly number[]
  readonly measure: (row: Element | null) => void
  readonly scrollTo: (index: number) => void
}

type Options = {
  count: number
  scroll: RefObject<HTMLElement | null>
  /** Pixels; 34 or 28, and about 56 where rows have two lines. */
  rowHeight: number
  /** A row that is rendered even when out of sight, because it has focus. */
  keep?: number
}

/** The rows to render: those in sight with some on either side, and the kept one. */
export function rowsOf({ startIndex, endIndex, overscan, count }: Range, keep: number | undefined): number[] {
  const from = Math.max(0, startIndex - overscan)
  const to = Math.min(count - 1, endIndex + overscan)
  const indexes = Array.from({ length: Math.max(0, to - from + 1) }, (_, offset) => from + offset)
  if (keep === undefined || keep < 0 || keep >= count || (keep >= from && keep <= to)) return indexes
  return keep < from ? [keep, ...indexes] : [...indexes, keep]
}

type Placed = { readonly start: number; readonly end: number }

/** How much is left out before each item, and after the last: with it, the items stand where they belong. */
export function gapsOf(items: readonly Placed[], total: number): { gaps: number[]; after: number } {
  const gaps = items.map((item, index) => item.start - (items[index - 1]?.end ?? 0))
  return { gaps, after: items.length === 0 ? 0 : total - (items.at(-1)?.end ?? 0) }
}

/** Only the rows in sight and ten on either side. Rows carry `data-index` and `ref={measure}`. */
export function useVirtualRows({ count, scroll, rowHeight, keep }: Options): VirtualRows {
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroll.current,
    estimateSize: () => rowHeight,
    overscan: 10,
    initialRect: { width: 1200, height: 720 },
    rangeExtractor: (range) => rowsOf(range, keep),
  })
  const items = virtual.getVirtualItems()
  const { gaps, after } = gapsOf(items, virtual.getTotalSize())
  return {
    items,
    before: gaps[0] ?? 0,
    after,
    gaps,
    measure: virtual.measureElement,
    scrollTo: (index) => virtual.scrollToIndex(index, { align: 'auto' }),
  }
}
