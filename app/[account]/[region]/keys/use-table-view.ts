'use client'

import { useEffect, useState } from 'react'
import type { Density } from '#components/ui/table.tsx'
import { COLUMNS, type Column, isStandard } from './columns.tsx'

const STORED = 'keyhouse-keys-view'

export type TableView = {
  readonly columns: readonly Column[]
  readonly density: Density
  readonly show: (id: string, on: boolean) => void
  readonly setDensity: (density: Density) => void
  readonly reset: () => void
}

type Kept = { readonly ids: readonly string[]; readonly density: Density }

const STANDARD: Kept = { ids: COLUMNS.filter(isStandard).map(({ id }) => id), density: 'comfortable' }

/** What this browser kept, as far as it still makes sense. */
function read(text: string | null): Kept {
  try {
    const kept: unknown = JSON.parse(text ?? 'null')
    if (typeof kept !== 'object' || kept === null) return STANDARD
    const { ids, density } = kept as Partial<Record<'ids' | 'density', unknown>> // each member is looked at
    return {
      ids: Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : STANDARD.ids,
      density: density === 'compact' ? 'compact' : 'comfortable',
    }
  } catch {
    return STANDARD
  }
}

/** Which columns are shown and how close the rows stand: a preference of this browser. */
export function useTableView(): TableView {
  const [kept, setKept] = useState(STANDARD)
  useEffect(() => setKept(read(localStorage.getItem(STORED))), [])
  function keep(next: Kept) {
    localStorage.setItem(STORED, JSON.stringify(next))
    setKept(next)
  }
  return {
    columns: COLUMNS.filter(({ id, shown }) => shown === 'always' || kept.ids.includes(id)),
    density: kept.density,
    show: (id, on) => keep({ ...kept, ids: on ? [...kept.ids, id] : kept.ids.filter((one) => one !== id) }),
    setDensity: (density) => keep({ ...kept, density }),
    reset: () => keep(STANDARD),
  }
}
