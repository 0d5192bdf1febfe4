'use client'

import { ChevronDown } from 'lucide-react'
import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Menu, MenuItem, MenuLabel, MenuRule, MenuText } from '#components/ui/menu.tsx'
import { SaveFilter } from './save-filter.tsx'
import type { SavedFilters } from './use-saved-filters.ts'

type SavedFiltersMenuProps = {
  saved: SavedFilters
  filter: string
  /** Filters that everybody has, which nobody can change. */
  given?: readonly { readonly name: string; readonly apply: () => void }[]
}

/** The filters that one saved, and what can be done with the one in force. */
export function SavedFiltersMenu({ saved, filter, given = [] }: SavedFiltersMenuProps) {
  const [naming, setNaming] = useState(false)
  const { all, active, edited, apply, save, remove } = saved
  const known = active && !edited
  return (
    <div className="mb-2 flex shrink-0 flex-wrap items-center gap-x-3 gap-y-1">
      {active && edited && (
        <span className="flex flex-wrap items-center gap-x-3 text-table">
          <span className="break-all">{active.name} (edited)</span>
          <button type="button" className="link min-h-6" onClick={() => save(active.name)}>
            Save
          </button>
          <button type="button" className="link min-h-6" onClick={() => setNaming(true)}>
            Save as
          </button>
          <button type="button" className="link min-h-6" onClick={() => apply(active)}>
            Revert
          </button>
        </span>
      )}
      <Menu
        trigger={
          <Button size="form">
            <span className="max-w-40 truncate">{known ? `Filter: ${active.name}` : 'Saved filters'}</span>
            <ChevronDown aria-hidden="true" className="size-4 shrink-0" strokeWidth={1.5} />
          </Button>
        }
      >
        {given.map((one) => (
          <MenuItem key={one.name} onSelect={one.apply}>
            {one.name}
          </MenuItem>
        ))}
        {given.length > 0 && <MenuRule />}
        <MenuLabel>Saved filters, yours alone</MenuLabel>
        {all.length === 0 && <MenuText>None yet.</MenuText>}
        {all.map((one) => (
          <MenuItem key={one.name} onSelect={() => apply(one)}>
            <span className="min-w-0 break-all">{one.name}</span>
          </MenuItem>
        ))}
        <MenuRule />
        <MenuItem
          reason={
            known ? `It is saved as ${active.name}.` : filter === '' ? 'No filter is in force.' : undefined
          }
          onSelect={() => setNaming(true)}
        >
          Save this filter
        </MenuItem>
        {active && (
          <MenuItem danger onSelect={() => remove(active.name)}>
            <span className="min-w-0 break-all">Delete {active.name}</span>
          </MenuItem>
        )}
      </Menu>
      {naming && <SaveFilter saved={saved} filter={filter} onClose={() => setNaming(false)} />}
    </div>
  )
}
