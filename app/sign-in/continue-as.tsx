'use client'

import { useState } from 'react'
import { switchIdentity } from '#app/_frame/identity-actions.ts'
import { Button } from '#components/ui/button.tsx'
import type { SessionView } from '#lib/console/session.ts'

type ContinueAsProps = {
  sessions: readonly SessionView[]
  /** A checked path of this console; without one the address stays. */
  next?: string
}

/** People who are signed in on this browser, and the way on as one of them. */
export function ContinueAs({ sessions, next }: ContinueAsProps) {
  const [pending, setPending] = useState<string>()
  async function go(id: string) {
    setPending(id)
    if ((await switchIdentity(id)) && next !== undefined) return window.location.assign(next)
    window.location.reload()
  }
  return (
    <ul className="mt-3 divide-y divide-line border-y border-line">
      {sessions.map(({ id, principal, accountAlias }) => (
        <li key={id} className="flex min-h-10 items-center gap-3 py-1 text-table">
          <span className="min-w-0 break-all">{principal.name}</span>
          <span className="font-mono text-mono text-text3">{accountAlias ?? principal.account}</span>
          <Button
            className="ms-auto"
            pending={pending === id}
            pendingLabel="Opening…"
            aria-label={`Continue as ${principal.name}`}
            onClick={() => void go(id)}
          >
            Continue
          </Button>
        </li>
      ))}
    </ul>
  )
}
