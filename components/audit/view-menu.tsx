'use client'

import { ChevronDown } from 'lucide-react'
import { useState } from 'react'
import { ColumnsDialog } from '#components/columns/columns-dialog.tsx'
import type { ListViewState } from '#components/columns/use-list-view.ts'
import { Button } from '#components/ui/button.tsx'
import { Menu, MenuChoice, MenuItem, MenuRule } from '#components/ui/menu.tsx'
import type { EventColumn } from './event-columns.tsx'

const DENSITIES = [
  { value: 'comfortable', label: 'Comfortable' },
  { value: 'compact', label: 'Compact' },
] as const

/** Columns and density of the list. On a phone rows have two lines, and this would change nothing. */
export function AuditViewMenu({ view }: { view: ListViewState<EventColumn> }) {
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
      <ColumnsDialog
        columns={view.columns}
        hidden={view.hidden}
        show={view.show}
        move={view.move}
        after="the chain rail"
        open={choosing}
        onOpenChange={setChoosing}
      />
    </div>
  )
}
