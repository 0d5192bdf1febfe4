'use client'

import { ChevronDown } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Menu, MenuChoice, MenuItem, MenuRule } from '#components/ui/menu.tsx'
import type { Density } from '#components/ui/table.tsx'

const DENSITIES = [
  { value: 'comfortable', label: 'Comfortable' },
  { value: 'compact', label: 'Compact' },
] as const

type ViewMenuProps = {
  view: { density: Density; setDensity: (density: Density) => void; reset: () => void }
  /** The dialog in which columns are chosen. */
  columns: (open: boolean, onOpenChange: (open: boolean) => void) => ReactNode
}

/** Columns and density of a list. On a phone rows have two lines, and this would change nothing. */
export function ViewMenu({ view, columns }: ViewMenuProps) {
  const [choosing, setChoosing] = useState(false)
  return (
    <div className="max-md:hidden">
      <Menu
        trigger={
          <Button>
            View
            <ChevronDown aria-hidden="true" className="size-4" strokeWidth={1.5} />
          </Button>
        }
      >
        <MenuChoice label="Rows" value={view.density} options={DENSITIES} onChange={view.setDensity} />
        <MenuRule />
        <MenuItem onSelect={() => setChoosing(true)}>Columns</MenuItem>
        <MenuItem onSelect={view.reset}>Reset the view</MenuItem>
      </Menu>
      {columns(choosing, setChoosing)}
    </div>
  )
}
