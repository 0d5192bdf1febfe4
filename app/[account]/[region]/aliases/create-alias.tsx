'use client'

import { useState } from 'react'
import { MutationForm } from '#components/mutation-form.tsx'
import { RequestCode } from '#components/request-code.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { useAction } from '#components/use-action.ts'
import type { Scope } from '#lib/console/paths.ts'
import type { DeedTarget } from '../keys/key-deeds.tsx'
import { createAlias } from './actions.ts'
import { faultOf, wholeAlias } from './alias-name.ts'

type CreateAliasProps = { scope: Scope; target: DeedTarget; reason: string | undefined }

/** A further name for this key. The prefix may be typed or left out. */
export function CreateAlias({ scope, target, reason }: CreateAliasProps) {
  const [typed, setTyped] = useState('')
  const [tried, setTried] = useState(false)
  const alias = wholeAlias(typed)
  const fault = faultOf(alias)
  const mutation = useAction(createAlias, {
    account: scope.account,
    done: (_, form) => `${form.alias} points at ${target.name}.`,
  })
  return (
    <div className="mt-5 max-w-form space-y-3">
      <MutationForm
        mutation={mutation}
        values={() => {
          setTried(true)
          return fault ? undefined : { region: scope.region, alias, key: target.reference }
        }}
        submit="Create alias"
        submitPending="Creating…"
        reason={reason}
        effect={typed !== '' && !fault && `Programs can use this key as ${alias}.`}
      >
        <Field
          label="New alias"
          help="alias/ is put before it."
          error={tried || typed !== '' ? fault : undefined}
          className="max-w-96"
        >
          {(control) => (
            <Input
              {...control}
              mono
              autoComplete="off"
              spellCheck={false}
              maxLength={250}
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
            />
          )}
        </Field>
      </MutationForm>
      <RequestCode
        scope={scope}
        requests={[{ name: 'CreateAlias', input: { AliasName: alias, TargetKeyId: target.reference } }]}
      />
    </div>
  )
}
