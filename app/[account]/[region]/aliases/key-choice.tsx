'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { KeyName } from '#components/key-name.tsx'
import { specWords } from '#components/keys/key-words.ts'
import { StateBadge } from '#components/state-badge.tsx'
import { Field, FieldGroup } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import type { OutputOf } from '#lib/console/operations.ts'
import type { Scope } from '#lib/console/paths.ts'
import { read } from '#lib/console/queries.ts'

export type ChosenKey = OutputOf<'SearchKeys'>['Keys'][number]

type KeyChoiceProps = {
  scope: Scope
  /** "Find the new key". */
  find: string
  /** "New key". */
  legend: string
  /** Which keys can be chosen at all, as a filter of the list of keys. */
  among: string
  /** Said when there are none of those. */
  none: string
  /** "Choose the key that the alias will point at." */
  missing: string | undefined
  chosen: ChosenKey | undefined
  onChoose: (key: ChosenKey) => void
}

/** A key of this account and Region, found by what is typed. */
export function KeyChoice({ scope, find, legend, among, none, missing, chosen, onChoose }: KeyChoiceProps) {
  const [typed, setTyped] = useState('')
  const words = typed.trim().replaceAll('"', '')
  const Filter = [among, words && `"${words}"`].filter(Boolean).join(' ')
  const { data, isPending, error } = useQuery(
    read(scope.account, scope.region, 'SearchKeys', { Filter, Limit: 6 }),
  )
  return (
    <div className="space-y-2 text-text">
      <Field label={find} help="Alias, key ID or description.">
        {(control) => (
          <Input
            {...control}
            required={false}
            autoComplete="off"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        )}
      </Field>
      <FieldGroup legend={legend} error={missing}>
        {data?.Keys.map((key) => (
          <label
            key={key.id}
            className="flex min-h-8 items-center gap-2 border-b border-line max-md:min-h-11"
          >
            <input
              type="radio"
              name={legend}
              className="size-4 shrink-0 accent-ink"
              checked={chosen?.id === key.id}
              onChange={() => onChoose(key)}
            />
            <KeyName keyId={key.id} alias={key.aliases[0]} more={Math.max(0, key.aliases.length - 1)} />
            {key.spec !== 'SYMMETRIC_DEFAULT' && (
              <span className="shrink-0 text-text2">{specWords(key.spec)}</span>
            )}
            <StateBadge state={key.state} className="ms-auto" />
          </label>
        ))}
        {data && data.Keys.length === 0 && <p className="text-text2">{none}</p>}
        {isPending && <p className="late text-text2">Looking…</p>}
        {error && <p className="text-vermilion">Keys couldn’t be listed. {error.message}</p>}
      </FieldGroup>
    </div>
  )
}
