'use client'

import { useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import type { Scope } from '#lib/console/paths.ts'
import { read } from '#lib/console/queries.ts'
import { type CodeRequest, snippetsFor } from '#lib/console/snippets.ts'
import { useShortcuts } from './shortcuts/shortcuts.tsx'
import { CodeTabs } from './show-as-code.tsx'

type RequestCodeProps = {
  scope: Scope
  /** The very requests that the button beside it sends. */
  requests: readonly CodeRequest[]
  /** What of it is left out. */
  note?: string | undefined
}

const layerOf = (element: Element | null) => element?.closest('[role=dialog], [role=alertdialog]') ?? null

/** "Show as code", folded: for a question or a form that stands over the page or in a part of it. */
export function RequestCode({ scope, requests, note }: RequestCodeProps) {
  const details = useRef<HTMLDetailsElement>(null)
  const [open, setOpen] = useState(false)
  const { data, isPending } = useQuery({
    ...read(scope.account, scope.region, 'Capabilities', {}),
    enabled: open,
    staleTime: Number.POSITIVE_INFINITY,
  })
  useShortcuts([
    {
      keys: ['s'],
      label: 'Show as code',
      group: 'This page',
      inDialog: true,
      // Of a page and a dialog over it, that of the one that has focus.
      when: (target) => layerOf(target) === layerOf(details.current),
      run: () => setOpen((before) => !before),
    },
  ])
  return (
    <details
      ref={details}
      open={open}
      className="border-t border-line pt-2"
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary className="min-h-6 w-fit text-table text-ink">Show as code</summary>
      {/* Without its endpoint a command would go to AWS. */}
      {open && !isPending && (
        <CodeTabs
          of={requests[0]?.name}
          snippets={snippetsFor(requests, { endpoint: data?.Endpoint ?? '', region: scope.region })}
        />
      )}
      {open && note && <p className="mt-1 text-label text-text2">{note}</p>}
    </details>
  )
}
