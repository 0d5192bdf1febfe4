'use client'

import { useRouter } from 'next/navigation'
import { type FormEvent, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { paths, type Scope } from '#lib/console/paths.ts'
import { KEY_ID, parseArn } from '#lib/domain/arn.ts'

/** Where a key ID, an alias or an ARN leads; undefined for anything else. */
function addressOf(scope: Scope, typed: string): string | undefined {
  const arn = parseArn(typed)
  if (arn) {
    const place = { account: arn.account, region: arn.region }
    const name = arn.resource.replace(/^key\//, '')
    return arn.service === 'kms' && (KEY_ID.test(name) || name.startsWith('alias/'))
      ? paths.keyRoot(place, name)
      : undefined
  }
  return KEY_ID.test(typed) || /^alias\/[\w/-]+$/.test(typed) ? paths.keyRoot(scope, typed) : undefined
}

/** For people who may read some keys but not list them. */
export function OpenKey({ scope }: { scope: Scope }) {
  const router = useRouter()
  const [typed, setTyped] = useState('')
  const [error, setError] = useState<string>()
  function open(event: FormEvent) {
    event.preventDefault()
    const address = addressOf(scope, typed.trim())
    if (address) router.push(address)
    else setError('This is no key ID, alias or ARN of a key.')
  }
  return (
    <form method="post" noValidate onSubmit={open} className="mt-6 max-w-form">
      <Field
        label="Open a key by ID or ARN"
        help="A key that you may describe opens even when you may not list keys. An alias works too."
        error={error}
      >
        {(control) => (
          <div className="flex gap-2">
            <Input
              {...control}
              mono
              autoComplete="off"
              spellCheck={false}
              value={typed}
              onChange={(event) => {
                setTyped(event.target.value)
                setError(undefined)
              }}
            />
            <Button type="submit" size="form">
              Open key
            </Button>
          </div>
        )}
      </Field>
    </form>
  )
}
