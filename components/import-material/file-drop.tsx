'use client'

import { type DragEvent, useId, useState } from 'react'
import { cn } from '#components/ui/class-names.ts'
import { FieldError } from '#components/ui/field.tsx'
import { formatBytes } from '#lib/console/format.ts'

export type Picked = { readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> }

type FileDropProps = {
  label: string
  help: string
  picked: Picked | undefined
  fault: string | undefined
  onPick: (file: Picked) => void
}

// Larger than anything that is sent: a file beyond it is not even read.
const READ_AT_MOST = 65_536

/** A file by dropping it or by the browser's own chooser, which the keyboard reaches. It is read here, not sent. */
export function FileDrop({ label, help, picked, fault, onPick }: FileDropProps) {
  const id = useId()
  const [over, setOver] = useState(false)
  async function take(file: File | undefined) {
    if (!file) return
    const bytes = new Uint8Array(await file.slice(0, READ_AT_MOST).arrayBuffer())
    onPick({ name: file.name, bytes })
  }
  function drop(event: DragEvent) {
    event.preventDefault()
    setOver(false)
    void take(event.dataTransfer.files[0])
  }
  return (
    <div>
      <label htmlFor={id} className="text-table font-medium">
        {label}
      </label>
      <p id={`${id}-help`} className="max-w-prose text-table text-text2">
        {help}
      </p>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the input inside is the first */}
      <div
        className={cn(
          'mt-1 space-y-2 border border-dashed px-3 py-3 text-table',
          over ? 'border-ink bg-ink-soft' : 'border-line-strong bg-surface',
        )}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        {picked && (
          <p className="break-all">
            <span className="font-medium">{picked.name}</span>, {formatBytes(picked.bytes.length)}
          </p>
        )}
        <input
          id={id}
          type="file"
          aria-describedby={fault ? `${id}-help ${id}-fault` : `${id}-help`}
          aria-invalid={fault ? true : undefined}
          // The browser’s own "No file chosen" would contradict the line above.
          className="block w-full min-w-0 text-transparent file:me-3 file:min-h-7 file:rounded-control file:border file:border-line-strong file:bg-surface file:px-2.5 file:text-text max-md:file:min-h-11"
          onChange={(event) => {
            void take(event.target.files?.[0])
            // The same name may be chosen again after its bytes have changed.
            event.target.value = ''
          }}
        />
        <p className="text-label text-text3">Choose a file, or drop it here.</p>
      </div>
      {fault && <FieldError id={`${id}-fault`}>{fault}</FieldError>}
    </div>
  )
}
