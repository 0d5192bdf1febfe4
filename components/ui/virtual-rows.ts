'use client'

import { useVirtualizer, type VirtualItem } from '@tanstack/react-virtual'
import type { RefObject } from 'react'

export type VirtualRows = {
  readonly items: readonly VirtualItem[]
  /** Pixels of rows left out above and below: the heights of two spacer rows. */
  readonly before: number
  readonly after: number
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

/** Only the rows in sight and ten on either side. Rows carry `data-index` and `ref={measure}`. */
export function useVirtualRows({ count, scroll, rowHeight, keep }: Options): VirtualRows {
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroll.current,
    estimateSize: () => rowHeight,
    overscan: 10,
    initialRect: { width: 1200, height: 720 },
    rangeExtractor: ({ startIndex, endIndex, overscan, count: total }) => {
      const from = Math.max(0, startIndex - overscan)
      const to = Math.min(total - 1, endIndex + overscan)
      const indexes = Array.from({ length: Math.max(0, to - from + 1) }, (_, offset) => from + offset)
      return keep !== undefined && keep < total && (keep < from || keep > to)
        ? [...indexes, keep].sort((a, b) => a - b)
        : indexes
    },
  })
  const items = virtual.getVirtualItems()
  const first = items[0]
  const last = items.at(-1)
  return {
    items,
    before: first?.start ?? 0,
    after: last ? virtual.getTotalSize() - last.end : 0,
    measure: virtual.measureElement,
    scrollTo: (index) => virtual.scrollToIndex(index, { align: 'auto' }),
  }
}
