'use client'

import { useState } from 'react'
import { MutationForm } from '#components/mutation-form.tsx'
import { RequestCode } from '#components/request-code.tsx'
import { Button } from '#components/ui/button.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import type { Mutation } from '#components/use-action.ts'
import type { Tag } from '#lib/console/outputs.ts'
import type { Scope } from '#lib/console/paths.ts'
import { tagged } from '../../requests.ts'
import type { TagChange } from './tags.tsx'

type TagFormProps = {
  scope: Scope
  base: { region: string; key: string }
  mutation: Mutation<TagChange>
  tags: readonly Tag[]
  editing: Tag | undefined
  full: boolean
  reason: string | undefined
  onCancel: () => void
}

// The engine's own rules (facts 15), said before it is asked.
const CHARACTERS = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u

function faultOf(name: string, tags: readonly Tag[], editing: Tag | undefined): string | undefined {
  if (name === '') return 'Give the tag a key.'
  if (/^aws:/i.test(name)) return 'Tags beginning with aws: are reserved.'
  if (!CHARACTERS.test(name)) return 'Use letters, digits, spaces and _ . : / = + - @'
  if (!editing && tags.some((tag) => tag.TagKey === name))
    return 'This key has a tag of this name. Edit that one.'
  return undefined
}

/** Adds a tag, or gives one another value. */
export function TagForm({ scope, base, mutation, tags, editing, full, reason, onCancel }: TagFormProps) {
  const [name, setName] = useState(editing?.TagKey ?? '')
  const [value, setValue] = useState(editing?.TagValue ?? '')
  const [tried, setTried] = useState(false)
  const fault = faultOf(name, tags, editing)
  const valueFault = CHARACTERS.test(value) ? undefined : 'Use letters, digits, spaces and _ . : / = + - @'
  function values() {
    setTried(true)
    return fault || valueFault ? undefined : { ...base, name, value }
  }
  return (
    <div className="mt-5 max-w-form">
      <h3 className="mb-2 text-table font-semibold">
        {editing ? `Edit tag ${editing.TagKey}` : 'Add a tag'}
      </h3>
      <MutationForm
        mutation={mutation}
        values={values}
        submit={editing ? 'Save tag' : 'Add tag'}
        submitPending="Saving…"
        reason={full ? 'LimitExceededException: this key has 50 tags already.' : reason}
        cancel={
          editing && (
            <Button size="form" onClick={onCancel}>
              Cancel
            </Button>
          )
        }
      >
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="Key" error={tried || /^aws:/i.test(name) ? fault : undefined}>
            {(control) => (
              <Input
                {...control}
                autoComplete="off"
                maxLength={128}
                readOnly={editing !== undefined}
                value={name}
                onChange={(event) => setName(event.target.value)}
              />
            )}
          </Field>
          <Field label="Value" optional error={valueFault}>
            {(control) => (
              <Input
                {...control}
                // The person has just asked to edit it.
                autoFocus={editing !== undefined}
                autoComplete="off"
                maxLength={256}
                value={value}
                onChange={(event) => setValue(event.target.value)}
              />
            )}
          </Field>
        </div>
      </MutationForm>
      <div className="mt-3">
        <RequestCode
          scope={scope}
          requests={[{ name: 'TagResource', input: tagged({ ...base, name: name || '<tag key>', value }) }]}
        />
      </div>
    </div>
  )
}
