'use client'

import { parseAsString, useQueryState } from 'nuqs'
import { useEffect, useState } from 'react'
import type { Density } from '#components/ui/table.tsx'
import type { ListColumn } from './columns-dialog.tsx'
import { addressOf, idsInAddress, type ListView, movedId, standardView, viewKept } from './list-view.ts'

export type ListViewState<C extends ListColumn> = {
  readonly columns: readonly C[]
  readonly hidden: readonly C[]
  readonly density: Density
  readonly show: (id: string, on: boolean) => void
  /** One place to the left or to the right. */
  readonly move: (id: string, by: -1 | 1) => void
  readonly setDensity: (density: Density) => void
  readonly reset: () => void
}

/**
 * Which columns are shown in which order, and how close the rows stand: kept in this browser under a name. Columns that
 * are not the usual ones stand in the address too, so that a link shows what its sender saw.
 */
export function useListView<C extends ListColumn>(stored: string, all: readonly C[]): ListViewState<C> {
  const [kept, setKept] = useState(() => standardView(all))
  const [shared, setShared] = useQueryState('columns', parseAsString)
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the page is there
  useEffect(() => {
    const mine = viewKept(all, localStorage.getItem(stored))
    setKept(mine)
    const own = addressOf(all, mine.ids)
    // An address that is written anew for nothing stops a navigation that has just begun.
    if (shared === null && own !== null) void setShared(own)
  }, [stored])
  const ids = idsInAddress(all, shared) ?? kept.ids
  function keep(next: ListView) {
    localStorage.setItem(stored, JSON.stringify(next))
    setKept(next)
    void setShared(addressOf(all, next.ids))
  }
  return {
    columns: ids.flatMap((id) => all.find((column) => column.id === id) ?? []),
    hidden: all.filter(({ id }) => !ids.includes(id)),
    density: kept.density,
    show: (id, on) => keep({ ...kept, ids: on ? [...ids, id] : ids.filter((one) => one !== id) }),
    move: (id, by) => keep({ ...kept, ids: movedId(ids, id, by) }),
    setDensity: (density) => keep({ ids, density }),
    reset: () => keep(standardView(all)),
  }
}
