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
export function CodeTabs({
  snippets,
  of,
}: {
  snippets: readonly Snippet[]
  /** What it is the code of, where a page may show several. */
  of?: string | undefined
}) {
  const [chosen, setChosen] = useState<string>()
  useEffect(() => setChosen(localStorage.getItem(REMEMBERED) ?? undefined), [])
  const value = snippets.find((snippet) => snippet.id === chosen)?.id ?? snippets[0]?.id ?? ''
  return (
    <PanelTabs
      label={of ? `Languages of ${of}` : 'Languages'}
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
            <CodeBlock code={snippet.code} label={`${snippet.label} code${of ? ` of ${of}` : ''}`} />
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
  also,
  label = 'Show as code',
  size,
}: {
  snippets: readonly Snippet[]
  /** What a button of the page does at once, without asking. */
  also?: { readonly title: string; readonly snippets: readonly Snippet[] } | undefined
  label?: string
  /** Beside the buttons of a form. */
  size?: 'form'
}) {
  const [open, setOpen] = useState(false)
  useShortcuts([{ keys: ['s'], label, group: 'This page', run: () => setOpen(true) }])
  return (
    <Dialog
      wide
      title="Show as code"
      trigger={<Button {...(size && { size })}>{label}</Button>}
      open={open}
      onOpenChange={setOpen}
    >
      <CodeTabs snippets={snippets} />
      {also && (
        <section className="mt-6">
          <h3 className="mb-1 text-table font-semibold">{also.title}</h3>
          <CodeTabs snippets={also.snippets} of={also.title} />
        </section>
      )}
    </Dialog>
  )
}
