'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useState } from 'react'
import { KeyGlyph } from '#components/key-glyph.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input, Select } from '#components/ui/input.tsx'
import { shortId } from '#lib/console/format.ts'
import { paths, type Scope } from '#lib/console/paths.ts'
import { read } from '#lib/console/queries.ts'
import { KEYS_OF_PICKER, type PickedKey, pickedBy } from './picked-keys.ts'

const OTHER = 'other'

type Props = {
  scope: Scope
  /** An id, ARN or alias; empty for none. */
  value: string
  onChange: (key: string) => void
  /** For decryption: the ciphertext names its key by itself. */
  optional?: boolean
}

const nameOf = ({ id, aliases, state }: PickedKey) =>
  `${aliases[0] ?? 'No alias'} · ${shortId(id)}${state === 'Enabled' ? '' : ` · ${state}`}`

/** A key of the Region by its name, or any key by id or ARN. Keys that would refuse are offered: a refusal is instructive. */
export function KeyPicker({ scope, value, onChange, optional = false }: Props) {
  const { data, error } = useQuery(read(scope.account, scope.region, 'SearchKeys', KEYS_OF_PICKER))
  const keys = data?.Keys ?? []
  const chosen = pickedBy(keys, value)
  const [other, setOther] = useState(false)
  const typing = other || (!chosen && value !== '') || (!optional && data !== undefined && keys.length === 0)
  function choose(option: string) {
    setOther(option === OTHER)
    onChange(option === OTHER ? '' : option)
  }
  const help = optional
    ? 'A ciphertext names its own key. Give one to refuse ciphertexts of any other.'
    : undefined
  return (
    <div className="max-w-form">
      <Field label="Key" help={help} optional={optional}>
        {(control) => (
          <div className="flex items-center gap-2">
            {chosen && !other && <KeyGlyph keyId={chosen.id} />}
            <Select
              {...control}
              className="min-w-0"
              value={typing ? OTHER : (chosen?.id ?? '')}
              onChange={(event) => choose(event.target.value)}
            >
              {optional && <option value="">The one that the ciphertext names</option>}
              {!optional && !chosen && !typing && <option value="">Choose a key</option>}
              {keys.map((key) => (
                <option key={key.id} value={key.id}>
                  {nameOf(key)}
                </option>
              ))}
              <option value={OTHER}>Another key, by ID, ARN or alias…</option>
            </Select>
          </div>
        )}
      </Field>
      {typing && (
        <Input
          mono
          className="mt-1.5"
          aria-label="Key ID, ARN or alias"
          autoComplete="off"
          spellCheck={false}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
      {error && (
        <p className="mt-1 text-table text-text2">
          The list of keys can’t be read. A key can still be named by its ID or ARN.
        </p>
      )}
      {data && keys.length === 0 && (
        <p className="mt-1 text-table text-text2">
          No symmetric key in {scope.region}.{' '}
          <Link href={paths.newKey(scope)} className="link">
            Create key
          </Link>
        </p>
      )}
    </div>
  )
}
