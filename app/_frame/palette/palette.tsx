'use client'

import { Search } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useEffect, useState } from 'react'
import { useShortcuts } from '#components/shortcuts/shortcuts.tsx'
import { Button } from '#components/ui/button.tsx'
import type { Scope } from '#lib/console/paths.ts'

// The glossary and what finds things in it: nothing that a page needs to be drawn.
const load = () => import('./palette-dialog.tsx')
const PaletteDialog = dynamic(() => load().then((module) => module.PaletteDialog), { ssr: false })

const IDLE_MS = 1500

type PaletteButtonProps = { scope: Scope; regions: readonly string[]; showShortcuts: () => void }

/** The button in the top bar that says what Ctrl K does, and the palette. */
export function PaletteButton(props: PaletteButtonProps) {
  const [open, setOpen] = useState(false)
  const [apple, setApple] = useState(false)
  useEffect(() => {
    setApple(/Mac|iPhone|iPad/.test(navigator.userAgent))
    // So that it opens at once when it is asked for.
    const timer = setTimeout(() => void load(), IDLE_MS)
    return () => clearTimeout(timer)
  }, [])
  useShortcuts([
    { keys: ['Mod+k'], label: 'Search and commands', group: 'Everywhere', run: () => setOpen((now) => !now) },
  ])
  return (
    <>
      <Button
        aria-label="Search"
        aria-haspopup="dialog"
        aria-keyshortcuts="Control+K Meta+K"
        onClick={() => setOpen(true)}
        className="text-text2 max-md:w-9 max-md:px-0 md:w-44 md:justify-start"
      >
        <Search aria-hidden="true" className="size-4" strokeWidth={1.5} />
        <span className="max-md:hidden">Search</span>
        <span aria-hidden="true" className="ms-auto text-label text-text3 max-md:hidden">
          {apple ? '⌘ K' : 'Ctrl K'}
        </span>
      </Button>
      {open && <PaletteDialog {...props} open={open} onOpenChange={setOpen} />}
    </>
  )
}
