'use client'

import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { aliasFault, withoutPrefix } from './alias-fault.ts'
import { type AliasCheck, useRested } from './use-taken-alias.ts'

const WORDS: Partial<Record<AliasCheck['state'], string>> = {
  checking: 'Checking whether this alias is free…',
  free: 'This alias is free.',
  unknown: 'Whether this alias is free couldn’t be checked. Creating the key will tell.',
}

type AliasFieldProps = {
  /** Without its prefix. */
  value: string
  onChange: (alias: string) => void
  check: AliasCheck
  /** Told even while the field is empty: someone tried to go on. */
  tried: boolean
}

/** An alias with its fixed prefix. What is wrong is said once typing has paused. */
export function AliasField({ value, onChange, check, tried }: AliasFieldProps) {
  const rested = useRested(value)
  const settled = tried || (value !== '' && value === rested)
  const error = settled ? (aliasFault(value) ?? check.taken) : undefined
  return (
    <Field
      label="Alias"
      help="A name for the key, in this account and Region. It can be changed later."
      error={error}
    >
      {(control) => (
        <>
          <span className="flex items-stretch">
            <span className="inline-flex items-center rounded-s-control border border-e-0 border-line-strong bg-sunken px-2.5 font-mono text-[0.8125rem] text-text2">
              alias/
            </span>
            <Input
              {...control}
              mono
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              className="rounded-s-none"
              value={value}
              onChange={(event) => onChange(withoutPrefix(event.target.value.trim()))}
            />
          </span>
          <span role="status" className="block min-h-[18px] text-table text-text2">
            {!error && value !== '' && WORDS[check.state]}
          </span>
        </>
      )}
    </Field>
  )
}
