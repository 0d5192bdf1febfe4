'use client'

import { CircleHelp } from 'lucide-react'
import { useState } from 'react'
import { Button } from './ui/button.tsx'
import { Popover } from './ui/popover.tsx'

type FilterHelpProps = {
  examples: readonly { readonly filter: string; readonly finds: string }[]
  /** Puts an example into the filter in force. */
  onTry: (filter: string) => void
}

/** How a filter is written, by examples that can be tried. */
export function FilterHelp({ examples, onTry }: FilterHelpProps) {
  const [open, setOpen] = useState(false)
  return (
    <Popover
      label="How to filter"
      open={open}
      onOpenChange={setOpen}
      className="w-[420px] max-w-[calc(100vw-24px)]"
      trigger={
        <Button
          variant="quiet"
          size="icon"
          aria-label="How to filter"
          className="size-6 text-text3 hover:text-ink"
        >
          <CircleHelp aria-hidden="true" className="size-4" strokeWidth={1.5} />
        </Button>
      }
    >
      <ul className="space-y-1.5">
        {examples.map(({ filter, finds }) => (
          <li key={filter}>
            <button
              type="button"
              className="link min-h-6 break-all text-start font-mono text-mono"
              onClick={() => {
                setOpen(false)
                onTry(filter)
              }}
            >
              {filter}
            </button>
            <p className="text-text2">{finds}</p>
          </li>
        ))}
      </ul>
      <p className="mt-3 border-t border-line pt-2 text-text2">
        A space means and, a comma or. <code className="text-mono">-</code> before a term leaves out what it
        finds, <code className="text-mono">*</code> stands for anything, and{' '}
        <code className="text-mono">(a OR b)</code> for either. Words alone look in names, addresses and error
        codes.
      </p>
    </Popover>
  )
}
