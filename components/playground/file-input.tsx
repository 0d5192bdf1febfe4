'use client'

import type { ComponentProps } from 'react'
import { cn } from '#components/ui/class-names.ts'
import { formatBytes } from '#lib/console/format.ts'
import type { Data } from './data.ts'

type Props = {
  control: Pick<ComponentProps<'input'>, 'id' | 'aria-describedby' | 'aria-invalid' | 'required'>
  file: File | undefined
  /** Files up to this many bytes are read at once; larger ones are kept as they are. */
  most: number
  onChange: (file: Data['file']) => void
}

/** A file of this computer. It stays in the browser until an operation sends its bytes. */
export function FileInput({ control, file, most, onChange }: Props) {
  async function choose(source: File | undefined) {
    if (!source) return onChange(undefined)
    if (source.size > most) return onChange({ source })
    onChange({ source, bytes: new Uint8Array(await source.arrayBuffer()) })
  }
  return (
    <div>
      <input
        {...control}
        type="file"
        onChange={(event) => void choose(event.target.files?.[0])}
        className={cn(
          'block w-full rounded-control border border-line-strong bg-surface text-table text-text2',
          'file:me-3 file:h-8 file:border-0 file:border-e file:border-line-strong file:bg-sunken file:px-3 file:text-text',
          'max-md:file:h-11',
        )}
      />
      {file && (
        <p className="mt-1 break-all text-table text-text2">
          {file.name}, {formatBytes(file.size)}
        </p>
      )}
    </div>
  )
}
