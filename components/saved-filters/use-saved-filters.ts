'use client'

import { useEffect, useState } from 'react'
import { readSaved, type SavedFilter, type Standing, standingOf, withSaved } from './saved-filters.ts'

export type SavedFilters = Standing & {
  readonly all: readonly SavedFilter[]
  readonly apply: (one: SavedFilter) => void
  /** What is in force, under a new name or that of the active one. */
  readonly save: (name: string) => void
  readonly remove: (name: string) => void
}

type List = 'keys' | 'audit'

/** The filters that a person saved for a list: nobody else sees them, and they stay in this browser. */
export function useSavedFilters(
  list: List,
  self: string,
  { filter, setFilter }: { filter: string; setFilter: (filter: string) => void },
): SavedFilters {
  const stored = `keyhouse-${list}-filters ${self}`
  const [all, setAll] = useState<readonly SavedFilter[]>([])
  const [chosen, setChosen] = useState<string>()
  useEffect(() => setAll(readSaved(localStorage.getItem(stored))), [stored])
  const standing = standingOf(all, filter, chosen)
  const active = standing.active?.name
  // What was begun from one stays a change of it, until no filter is in force.
  useEffect(() => setChosen(active), [active])
  function keep(next: readonly SavedFilter[]) {
    localStorage.setItem(stored, JSON.stringify(next))
    setAll(next)
  }
  return {
    ...standing,
    all,
    apply(one) {
      setChosen(one.name)
      setFilter(one.filter)
    },
    save(name) {
      keep(withSaved(all, { name, filter }))
      setChosen(name)
    },
    remove: (name) => keep(all.filter((one) => one.name !== name)),
  }
}
