'use client'

import { ChevronDown } from 'lucide-react'
import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Menu, MenuChoice, MenuItem, MenuRule } from '#components/ui/menu.tsx'
import { KeyColumns } from './columns-dialog.tsx'
import type { ListedKey } from './key-search.ts'
import type { TableView } from './use-table-view.ts'

const DENSITIES = [
  { value: 'comfortable', label: 'Comfortable' },
  { value: 'compact', label: 'Compact' },
] as const

/** Columns and density of the list. On a phone rows have two lines, and this would change nothing. */
export function ViewMenu({ view, keys }: { view: TableView; keys: readonly ListedKey[] }) {
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
      <KeyColumns view={view} keys={keys} open={choosing} onOpenChange={setChoosing} />
    </div>
  )
}
