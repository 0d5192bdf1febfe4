'use client'

import { parseAsString, useQueryState } from 'nuqs'
import { useEffect, useState } from 'react'
import type { Density } from '#components/ui/table.tsx'
import type { Column } from './columns.tsx'
import { columnsOf, keptView, move, STANDARD_VIEW, sharedIds, type View, writeIds } from './table-view.ts'

export type TableView = {
  readonly columns: readonly Column[]
  readonly density: Density
  readonly show: (id: string, on: boolean) => void
  /** One place to the left or to the right. */
  readonly move: (id: string, by: -1 | 1) => void
  readonly setDensity: (density: Density) => void
  readonly reset: () => void
}

/**
 * Which columns are shown in which order, and how close the rows stand: kept in this browser for each person. Columns
 * that are not the usual ones stand in the address too, so that a link shows what its sender saw.
 */
export function useTableView(self: string): TableView {
  const stored = `keyhouse-keys-view ${self}`
  const [kept, setKept] = useState(STANDARD_VIEW)
  const [shared, setShared] = useQueryState('columns', parseAsString)
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the page is there
  useEffect(() => {
    const mine = keptView(localStorage.getItem(stored))
    setKept(mine)
    const own = writeIds(mine.ids)
    // An address that is written anew for nothing stops a navigation that has just begun.
    if (shared === null && own !== null) void setShared(own)
  }, [stored])
  const ids = sharedIds(shared) ?? kept.ids
  function keep(next: View) {
    localStorage.setItem(stored, JSON.stringify(next))
    setKept(next)
    void setShared(writeIds(next.ids))
  }
  return {
    columns: columnsOf(ids),
    density: kept.density,
    show: (id, on) => keep({ ...kept, ids: on ? [...ids, id] : ids.filter((one) => one !== id) }),
    move: (id, by) => keep({ ...kept, ids: move(ids, id, by) }),
    setDensity: (density) => keep({ ids, density }),
    reset: () => keep(STANDARD_VIEW),
  }
}
