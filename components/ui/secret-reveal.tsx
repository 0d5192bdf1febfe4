'use client'

import { useState } from 'react'
import { Button } from './button.tsx'
import { CopyButton } from './copy-button.tsx'

/** A secret that is shown once: masked until asked for, copied without being seen. */
export function SecretReveal({ secret, name }: { secret: string; name: string }) {
  const [shown, setShown] = useState(false)
  return (
    <span className="flex flex-wrap items-center gap-2">
      <code className="min-w-0 break-all bg-sunken px-2 py-1 text-mono">
        {shown ? secret : <span aria-hidden="true">{'•'.repeat(14)}</span>}
        {!shown && <span className="sr-only">Hidden</span>}
      </code>
      <Button aria-label={`${shown ? 'Hide' : 'Reveal'} ${name}`} onClick={() => setShown(!shown)}>
        {shown ? 'Hide' : 'Reveal'}
      </Button>
      <CopyButton text={secret} label="Copy" aria-label={`Copy ${name}`} labelled />
    </span>
  )
}
