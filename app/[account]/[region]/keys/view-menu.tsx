'use client'

import { ChevronDown } from 'lucide-react'
import { Button } from '#components/ui/button.tsx'
import { Menu, MenuCheck, MenuChoice, MenuItem, MenuLabel, MenuRule } from '#components/ui/menu.tsx'
import { COLUMNS } from './columns.tsx'
import type { TableView } from './use-table-view.ts'

const DENSITIES = [
  { value: 'comfortable', label: 'Comfortable' },
  { value: 'compact', label: 'Compact' },
] as const

/** Columns and density of the list. On a phone rows have two lines, and this would change nothing. */
export function ViewMenu({ view }: { view: TableView }) {
  return (
    <div className="max-md:hidden">
      <Menu
        className="max-h-[70vh] overflow-y-auto"
        trigger={
          <Button>
            View
            <ChevronDown aria-hidden="true" className="size-4" strokeWidth={1.5} />
          </Button>
        }
      >
        <MenuChoice label="Rows" value={view.density} options={DENSITIES} onChange={view.setDensity} />
        <MenuRule />
        <MenuLabel>Columns</MenuLabel>
        {COLUMNS.filter(({ shown }) => shown !== 'always').map(({ id, label }) => (
          <MenuCheck
            key={id}
            checked={view.columns.some((column) => column.id === id)}
            onChange={(on) => view.show(id, on)}
          >
            {label}
          </MenuCheck>
        ))}
        <MenuRule />
        <MenuItem onSelect={view.reset}>Reset the view</MenuItem>
      </Menu>
    </div>
  )
}
