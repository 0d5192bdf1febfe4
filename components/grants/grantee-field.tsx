'use client'

import { useState } from 'react'
import { type Principal, usePrincipals } from '#components/create-key/use-principals.ts'
import { Glyph } from '#components/glyphs/glyph.tsx'
import { ErrorState } from '#components/states.tsx'
import { Field, FieldGroup } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { count } from '#lib/console/format.ts'

type GranteeFieldProps = {
  account: string
  self: string
  chosen: string
  error: string | undefined
  onChoose: (arn: string) => void
}

const SHOWN = 8

function fitting(people: readonly Principal[], typed: string, chosen: string): readonly Principal[] {
  const words = typed.trim().toLowerCase()
  const found = people.filter(({ name, arn }) => arn === chosen || name.toLowerCase().includes(words))
  const first = found.slice(0, SHOWN)
  const picked = found.find(({ arn }) => arn === chosen)
  return picked && !first.includes(picked) ? [...first, picked] : first
}

/** Chooses one identity of the account; typing narrows what is shown. */
export function GranteeField({ account, self, chosen, error, onChoose }: GranteeFieldProps) {
  const [typed, setTyped] = useState('')
  const { list, refusal, retry } = usePrincipals(account)
  if (refusal)
    return (
      <ErrorState
        what="The identities of this account couldn’t be listed. A grantee can still be given by ARN."
        refusal={refusal}
        onRetry={retry}
      />
    )
  const people = list ?? []
  const shown = fitting(people, typed, chosen)
  return (
    <div className="space-y-2">
      {people.length > SHOWN && (
        <Field label="Find an identity" optional className="max-w-80">
          {(control) => (
            <Input
              {...control}
              type="search"
              autoComplete="off"
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
            />
          )}
        </Field>
      )}
      <FieldGroup legend="Grantee" error={error}>
        <ul className="max-w-form">
          {shown.map(({ arn, name, kind }) => (
            <li key={arn}>
              <label className="flex min-h-8 items-center gap-2 border-b border-line text-table max-md:min-h-11">
                <input
                  type="radio"
                  name="grantee"
                  className="size-4 shrink-0 accent-ink"
                  checked={arn === chosen}
                  onChange={() => onChoose(arn)}
                />
                <Glyph name={kind === 'user' ? 'user' : 'account'} className="text-text3" />
                <span className={kind === 'root' ? 'shrink-0' : 'min-w-0 break-all'}>
                  {kind === 'root' ? 'account root' : name}
                </span>
                {kind === 'root' && (
                  <span className="text-text2">
                    (those of the account whom its identity policies allow it)
                  </span>
                )}
                {arn === self && <span className="text-text2">(you)</span>}
              </label>
            </li>
          ))}
        </ul>
        {list && (
          <p className="pt-1 text-label text-text3" role="status">
            {shown.length < people.length
              ? `${count(shown.length, 'identity', 'identities')} of ${people.length} shown`
              : count(people.length, 'identity', 'identities')}
          </p>
        )}
      </FieldGroup>
    </div>
  )
}
