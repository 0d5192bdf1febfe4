'use client'

import { ChevronDown } from 'lucide-react'
import { type ExportedList, paths } from '#lib/console/paths.ts'
import { Button } from './ui/button.tsx'
import { Menu, MenuItem, MenuText } from './ui/menu.tsx'

type ExportMenuProps = {
  list: ExportedList
  region: string
  /** The filter in force and the order. */
  query: { readonly q: string; readonly sort?: string | undefined }
  /** "2,318 keys". */
  what: string
}

/** The list as a file: every row of the filter, read anew. */
export function ExportMenu({ list, region, query, what }: ExportMenuProps) {
  return (
    <Menu
      trigger={
        <Button>
          Export
          <ChevronDown aria-hidden="true" className="size-4" strokeWidth={1.5} />
        </Button>
      }
    >
      <MenuText>
        {what}
        {query.q === '' ? '' : ' of this filter'}
      </MenuText>
      <MenuItem download href={paths.export(list, region, { ...query, format: 'csv' })}>
        CSV
      </MenuItem>
      <MenuItem download href={paths.export(list, region, { ...query, format: 'json' })}>
        JSON
      </MenuItem>
    </Menu>
  )
}
