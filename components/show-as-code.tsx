'use client'

import { useEffect, useState } from 'react'
import { useShortcuts } from './shortcuts/shortcuts.tsx'
import { Button } from './ui/button.tsx'
import { CodeBlock } from './ui/code-block.tsx'
import { Dialog } from './ui/dialog.tsx'
import { PanelTabs } from './ui/panel-tabs.tsx'

/** One way to write the same request; lib/console/snippets.ts makes them from the request itself. */
export type Snippet = {
  readonly id: string
  readonly label: string
  readonly code: string
  /** What this way cannot do. */
  readonly note?: string
}

const REMEMBERED = 'keyhouse-code-tab'

/** Tabs of code. The last choice is remembered in this browser. */
export function CodeTabs({ snippets }: { snippets: readonly Snippet[] }) {
  const [chosen, setChosen] = useState<string>()
  useEffect(() => setChosen(localStorage.getItem(REMEMBERED) ?? undefined), [])
  const value = snippets.find((snippet) => snippet.id === chosen)?.id ?? snippets[0]?.id ?? ''
  return (
    <PanelTabs
      label="Languages"
      value={value}
      onChange={(id) => {
        localStorage.setItem(REMEMBERED, id)
        setChosen(id)
      }}
      tabs={snippets.map((snippet) => ({
        id: snippet.id,
        label: snippet.label,
        content: (
          <>
            <CodeBlock code={snippet.code} label={`${snippet.label} code`} />
            {snippet.note && <p className="mt-2 max-w-prose text-table text-text2">{snippet.note}</p>}
          </>
        ),
      }))}
    />
  )
}

/** "Show as code": the button and its dialog. */
export function ShowAsCode({
  snippets,
  label = 'Show as code',
}: {
  snippets: readonly Snippet[]
  label?: string
}) {
  const [open, setOpen] = useState(false)
  useShortcuts([{ keys: ['s'], label, group: 'This page', run: () => setOpen(true) }])
  return (
    <Dialog wide title="Show as code" trigger={<Button>{label}</Button>} open={open} onOpenChange={setOpen}>
      <CodeTabs snippets={snippets} />
    </Dialog>
  )
}
