'use client'

import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { count, type Zone } from '#lib/console/format.ts'
import { CompareSheet } from './compare-sheet.tsx'

type Props = {
  account: string
  ids: readonly string[]
  zone: Zone
  onChange: (ids: readonly string[]) => void
}

/** Which events are to be compared; from two on they can be. A link that names them shows them at once. */
export function CompareBar({ account, ids, zone, onChange }: Props) {
  const [open, setOpen] = useState(ids.length > 1)
  if (ids.length === 0) return null
  return (
    <div className="flex min-h-9 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line py-1 text-table text-text2">
      {count(ids.length, 'event')} to compare
      <Button
        reason={ids.length < 2 ? 'Add a second event: open it and choose Add to compare.' : undefined}
        onClick={() => setOpen(true)}
      >
        Compare
      </Button>
      <button type="button" className="link min-h-6" onClick={() => onChange([])}>
        Clear
      </button>
      <CompareSheet
        account={account}
        ids={ids}
        zone={zone}
        onRemove={(id) => onChange(ids.filter((one) => one !== id))}
        open={open && ids.length > 1}
        onOpenChange={setOpen}
      />
    </div>
  )
}
