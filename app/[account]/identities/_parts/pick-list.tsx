'use client'

import { useState } from 'react'
import { Checkbox } from '#components/ui/checkbox.tsx'
import { FieldGroup } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'

export type Pickable = { readonly id: string; readonly label: string; readonly help?: string }

type PickListProps = {
  legend: string
  help?: string
  /** Undefined while they are read. */
  items: readonly Pickable[]
  /** Said where there is nothing to pick. */
  none: string
  chosen: readonly string[]
  onChange: (ids: string[]) => void
  error?: string | undefined
}

const FILTERED_FROM = 8

/** Check boxes of what there is, with a filter where there is much. What is chosen stays in sight. */
export function PickList({ legend, help, items, none, chosen, onChange, error }: PickListProps) {
  const [words, setWords] = useState('')
  const wanted = items.filter(
    ({ id, label }) => chosen.includes(id) || label.toLowerCase().includes(words.trim().toLowerCase()),
  )
  return (
    <FieldGroup legend={legend} help={help} error={error}>
      {items.length === 0 && <p className="text-table text-text2">{none}</p>}
      {items.length > FILTERED_FROM && (
        <Input
          type="search"
          aria-label={`Filter: ${legend}`}
          autoComplete="off"
          className="mb-2 max-w-96"
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
      )}
      {items.length > 0 && (
        <div className="max-h-56 overflow-y-auto border-y border-line py-1">
          {wanted.map(({ id, label, help: about }) => (
            <Checkbox
              key={id}
              label={<span className="break-all">{label}</span>}
              {...(about && { help: about })}
              checked={chosen.includes(id)}
              onChange={(event) =>
                onChange(event.target.checked ? [...chosen, id] : chosen.filter((one) => one !== id))
              }
            />
          ))}
          {wanted.length === 0 && <p className="text-table text-text2">Nothing matches.</p>}
        </div>
      )}
    </FieldGroup>
  )
}
