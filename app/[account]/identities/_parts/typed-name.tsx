'use client'

import { useState } from 'react'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'

/** Confirmation level 3: the name is typed. `confirmed` says whether it was, and from then on what is missing. */
export function useTypedName(name: string) {
  const [typed, setTyped] = useState('')
  const [tried, setTried] = useState(false)
  const right = typed.trim() === name
  function confirmed(): boolean {
    setTried(true)
    return right
  }
  const field = (
    <Field
      label={`Type ${name} to confirm`}
      error={tried && !right ? `Type exactly: ${name}` : undefined}
      className="max-w-96"
    >
      {(control) => (
        <Input
          {...control}
          mono
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
      )}
    </Field>
  )
  return { confirmed, field }
}
