'use client'

import { type ReactNode, useId } from 'react'
import { cn } from './class-names.ts'

export type Tile<V extends string> = {
  readonly value: V
  readonly label: string
  /** "Choose this when…", one line. */
  readonly help: ReactNode
  /** Why it cannot be chosen. Such a tile is shown, never hidden. */
  readonly reason?: string
}

type RadioTilesProps<V extends string> = {
  legend: string
  help?: ReactNode
  tiles: readonly Tile<V>[]
  value: V
  onChange: (value: V) => void
  columns?: 1 | 2
}

/** Radio buttons as ruled rows with a line of advice each. */
export function RadioTiles<V extends string>({
  legend,
  help,
  tiles,
  value,
  onChange,
  columns = 2,
}: RadioTilesProps<V>) {
  const id = useId()
  return (
    <fieldset className="max-w-form" aria-describedby={help ? `${id}-legend-help` : undefined}>
      <legend className="text-table font-medium">{legend}</legend>
      {help && (
        <p id={`${id}-legend-help`} className="text-table text-text2">
          {help}
        </p>
      )}
      <div className={cn('mt-1.5 grid gap-2', columns === 2 && 'md:grid-cols-2')}>
        {tiles.map((tile) => (
          <label
            key={tile.value}
            className={cn(
              'flex gap-2 rounded-control border px-2.5 py-2 transition-colors duration-state',
              tile.value === value
                ? 'border-ink bg-ink-soft'
                : 'border-line-strong bg-surface hover:bg-hover',
              tile.reason && 'cursor-not-allowed bg-sunken hover:bg-sunken',
            )}
          >
            <input
              type="radio"
              name={id}
              value={tile.value}
              checked={tile.value === value}
              // Not `disabled`: it stays reachable, and its reason is read.
              aria-disabled={tile.reason ? true : undefined}
              aria-labelledby={`${id}-${tile.value}-name`}
              aria-describedby={`${id}-${tile.value}`}
              onChange={() => !tile.reason && onChange(tile.value)}
              className="mt-px size-4 shrink-0 accent-ink"
            />
            <span className="min-w-0">
              <span id={`${id}-${tile.value}-name`} className="block text-table font-medium">
                {tile.label}
              </span>
              <span id={`${id}-${tile.value}`} className="block text-table text-text2">
                {tile.help}
                {tile.reason && <span className="block text-brass">{tile.reason}</span>}
              </span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
