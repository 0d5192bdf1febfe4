'use client'

import { type FormEvent, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'

export type KeyGrantsFilterValue = { readonly grantee: string; readonly grant: string }

type Props = {
  value: KeyGrantsFilterValue
  onChange: (value: KeyGrantsFilterValue) => void
  fault: string | undefined
}

const typed = { mono: true, autoComplete: 'off', spellCheck: false, required: false } as const

/** The two filters that ListGrants has. */
export function KeyGrantsFilter({ value, onChange, fault }: Props) {
  const [draft, setDraft] = useState(value)
  function submit(event: FormEvent) {
    event.preventDefault()
    onChange({ grantee: draft.grantee.trim(), grant: draft.grant.trim() })
  }
  const field = (name: keyof KeyGrantsFilterValue) => ({
    value: draft[name],
    onChange: (event: { target: { value: string } }) => setDraft({ ...draft, [name]: event.target.value }),
  })
  const active = value.grantee !== '' || value.grant !== ''
  return (
    <form
      method="post"
      aria-label="Filter grants"
      onSubmit={submit}
      className="mb-3 grid items-end gap-x-3 gap-y-2 md:grid-cols-[minmax(0,20rem)_minmax(0,20rem)_auto]"
    >
      <Field label="Grantee" help="user/name, or an ARN.">
        {(control) => <Input {...control} {...typed} {...field('grantee')} />}
      </Field>
      <Field label="Grant ID" help="The whole ID." error={fault}>
        {(control) => <Input {...control} {...typed} {...field('grant')} />}
      </Field>
      <span className="flex gap-2">
        <Button type="submit" size="form">
          Filter
        </Button>
        {active && (
          <Button
            size="form"
            variant="quiet"
            onClick={() => {
              setDraft({ grantee: '', grant: '' })
              onChange({ grantee: '', grant: '' })
            }}
          >
            Clear filters
          </Button>
        )}
      </span>
    </form>
  )
}
