'use client'

import { useEffect, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { formatBytes } from '#lib/console/format.ts'
import { fromWire } from './bytes.ts'
import { BytesView } from './bytes-view.tsx'

const SHOWN_MS = 30_000

/** Bytes that are secret: masked until asked for, and masked again after 30 seconds. */
export function MaskedBytes({ label, base64 }: { label: string; base64: string }) {
  const [shown, setShown] = useState(false)
  useEffect(() => {
    if (!shown) return
    const timer = setTimeout(() => setShown(false), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [shown])
  const name = label.toLowerCase()
  return (
    <div>
      {shown ? (
        <BytesView label={label} base64={base64} encodings={['hex', 'base64']} />
      ) : (
        <>
          <div className="mb-1 flex flex-wrap items-baseline gap-x-2">
            <h3 className="text-table font-medium">{label}</h3>
            <span className="text-label text-text2">{formatBytes(fromWire(base64).length)}</span>
          </div>
          <p className="bg-sunken px-3 py-2 font-mono text-editor">
            <span aria-hidden="true">{'•'.repeat(24)}</span>
            <span className="sr-only">Hidden</span>
          </p>
        </>
      )}
      <Button
        className="mt-1.5"
        aria-label={shown ? `Hide the ${name}` : `Reveal the ${name} for 30 seconds`}
        onClick={() => setShown(!shown)}
      >
        {shown ? 'Hide' : 'Reveal for 30 s'}
      </Button>
    </div>
  )
}
