'use client'

import Link from 'next/link'
import { useState } from 'react'
import { KeyGlyph } from '#components/key-glyph.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input, Select } from '#components/ui/input.tsx'
import { shortId } from '#lib/console/format.ts'
import { type PlaygroundOperation, paths } from '#lib/console/paths.ts'
import { KEY_SPECS, USAGE_LABEL } from '#lib/domain/key-spec.ts'
import { BENCHES, type PickedKey, unfitReason } from './played.ts'
import { usePlaying } from './playing.tsx'
import type { KeyChoice } from './use-key-choice.ts'

const OTHER = 'other'

type Props = {
  operation: PlaygroundOperation
  choice: KeyChoice
  label?: string
  /** What leaving it out means, where it may be left out. */
  without?: { readonly option: string; readonly help: string }
}

const nameOf = ({ id, aliases, state, spec }: PickedKey) =>
  [
    aliases[0] ?? 'No alias',
    shortId(id),
    ...(spec === 'SYMMETRIC_DEFAULT' ? [] : [KEY_SPECS[spec].label]),
    ...(state === 'Enabled' ? [] : [state]),
  ].join(' · ')

/** A key of the Region by its name, or any key by id or ARN. Keys that would refuse are offered: a refusal is instructive. */
export function KeyPicker({ operation, choice, label = 'Key', without }: Props) {
  const { scope } = usePlaying()
  const { reference, set, keys, failed, listed, nature } = choice
  const [other, setOther] = useState(false)
  const none = keys !== undefined && keys.length === 0
  const typing = other || (!listed && reference !== '') || (!without && none)
  const unfit = nature && unfitReason(operation, nature)
  const { usage, symmetric } = BENCHES[operation]
  function choose(option: string) {
    setOther(option === OTHER)
    set(option === OTHER ? '' : option)
  }
  return (
    <div className="max-w-form">
      <Field label={label} help={without?.help} optional={without !== undefined}>
        {(control) => (
          <div className="flex items-center gap-2">
            {listed && !other && <KeyGlyph keyId={listed.id} />}
            <Select
              {...control}
              className="min-w-0"
              value={typing ? OTHER : (listed?.id ?? '')}
              onChange={(event) => choose(event.target.value)}
            >
              {without && <option value="">{without.option}</option>}
              {!without && !listed && !typing && <option value="">Choose a key</option>}
              {keys?.map((key) => (
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
          aria-label={`${label}: ID, ARN or alias`}
          autoComplete="off"
          spellCheck={false}
          value={reference}
          onChange={(event) => set(event.target.value)}
        />
      )}
      {unfit && nature && (
        <p className="mt-1 text-table text-brass">
          This key is for {USAGE_LABEL[nature.usage].toLowerCase()}. {BENCHES[operation].label}{' '}
          {unfit.charAt(0).toLowerCase() + unfit.slice(1)}; KMS refuses it with this one.
        </p>
      )}
      {failed && (
        <p className="mt-1 text-table text-text2">
          The list of keys can’t be read. A key can still be named by its ID or ARN.
        </p>
      )}
      {none && usage && (
        <p className="mt-1 text-table text-text2">
          No {symmetric ? 'symmetric key' : `key for ${USAGE_LABEL[usage].toLowerCase()}`} in {scope.region}.{' '}
          <Link href={paths.newKey(scope)} className="link">
            Create key
          </Link>
        </p>
      )}
    </div>
  )
}
