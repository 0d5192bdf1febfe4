'use client'

import { parseAsString, useQueryState } from 'nuqs'
import { useRef } from 'react'
import { useShortcuts } from '#components/shortcuts/shortcuts.tsx'
import { EmptyState } from '#components/states.tsx'
import { Button } from '#components/ui/button.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'

/** The filter of a list, kept in its address. */
export function useListFilter() {
  const [words, setWords] = useQueryState('q', parseAsString.withDefault(''))
  return { words, setWords: (next: string) => void setWords(next || null) }
}

export const hasWords = (words: string, texts: readonly (string | undefined)[]): boolean =>
  texts.some((text) => text?.toLowerCase().includes(words.trim().toLowerCase()))

type ListFilterProps = { label: string; help: string; words: string; onChange: (words: string) => void }

export function ListFilter({ label, help, words, onChange }: ListFilterProps) {
  const input = useRef<HTMLInputElement>(null)
  useShortcuts([{ keys: ['/'], label, group: 'This page', run: () => input.current?.focus() }])
  return (
    <Field label={label} help={help} className="mb-3 max-w-96">
      {(control) => (
        <Input
          {...control}
          ref={input}
          required={false}
          type="search"
          autoComplete="off"
          spellCheck={false}
          value={words}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  )
}

export function NoMatch({ what, words, onClear }: { what: string; words: string; onClear: () => void }) {
  return (
    <EmptyState actions={<Button onClick={onClear}>Clear filter</Button>}>
      <p>
        No {what} match <code className="break-all text-mono">{words}</code>
      </p>
    </EmptyState>
  )
}
