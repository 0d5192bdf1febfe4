'use client'

import { ChevronDown } from 'lucide-react'
import { useOfflineReason } from '#components/connection.tsx'
import { Button } from '#components/ui/button.tsx'
import { Menu, MenuItem, MenuRule } from '#components/ui/menu.tsx'
import { type BulkDeed, MOST_KEYS } from '#lib/console/bulk.ts'
import { count, formatNumber } from '#lib/console/format.ts'
import type { Selection } from './selection.ts'

type BulkBarProps = {
  selection: Selection
  /** Keys that fit the filter, as many as were counted. */
  total: number
  totalWords: string
  onDeed: (deed: BulkDeed) => void
}

/** What can be done with the selected keys. It is there only while some are. */
export function BulkBar({ selection, total, totalWords, onDeed }: BulkBarProps) {
  const offline = useOfflineReason()
  const all = selection.chosen.kind === 'query'
  const act = (deed: BulkDeed, label: string) => (
    <Button reason={offline} onClick={() => onDeed(deed)}>
      {label}
    </Button>
  )
  return (
    <section
      aria-label="Selected keys"
      className="mb-2 flex min-h-9 flex-wrap items-center gap-x-3 gap-y-1.5 bg-selected px-2 py-1 text-table"
    >
      <span className="font-medium">
        {all && selection.count === total ? `All ${totalWords}` : formatNumber(selection.count)} selected
      </span>
      {!all && total > selection.count && (
        <button type="button" className="link min-h-6" onClick={selection.selectQuery}>
          Select all {totalWords} matching
        </button>
      )}
      <button type="button" className="link min-h-6" onClick={selection.clear}>
        Clear selection
      </button>
      {selection.count > MOST_KEYS && (
        <span className="text-text2">One run takes the first {count(MOST_KEYS, 'key')}.</span>
      )}
      <span className="ms-auto flex flex-wrap gap-2 max-md:ms-0">
        {act('enable', 'Enable')}
        {act('disable', 'Disable')}
        {act('tag', 'Tag')}
        <Menu
          trigger={
            <Button>
              More
              <ChevronDown aria-hidden="true" className="size-4" strokeWidth={1.5} />
            </Button>
          }
        >
          <MenuItem reason={offline} onSelect={() => onDeed('rotationOn')}>
            Turn rotation on
          </MenuItem>
          <MenuItem reason={offline} onSelect={() => onDeed('rotationOff')}>
            Turn rotation off
          </MenuItem>
          <MenuRule />
          <MenuItem reason={offline} onSelect={() => onDeed('cancelDeletion')}>
            Cancel deletion
          </MenuItem>
          <MenuItem danger reason={offline} onSelect={() => onDeed('scheduleDeletion')}>
            Schedule deletion
          </MenuItem>
        </Menu>
      </span>
    </section>
  )
}
