'use client'

import { useState } from 'react'
import { nameFault } from '#app/[account]/identities/_parts/names.ts'
import { PolicyForm } from '#app/[account]/identities/_parts/policy-form.tsx'
import { STARTING_POLICY } from '#app/[account]/identities/_parts/starting-policy.ts'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { paths, type Scope } from '#lib/console/paths.ts'

/** A managed policy: its name and its first version. */
export function NewPolicy({ scope }: { scope: Scope }) {
  const [name, setName] = useState('')
  const [description, setDescription] = useState('')
  const fault = nameFault(name, 'policy', 128)
  return (
    <PolicyForm
      scope={scope}
      purpose="identity"
      label="Policy"
      help="JSON. It can be attached to users, groups and roles, or be a permissions boundary."
      saved={STARTING_POLICY}
      submit="Create policy"
      done={`${name} is created.`}
      effect="It allows nothing until it is attached."
      back={paths.identities(scope.account, 'policies')}
      isNew
      requestFor={(text) =>
        fault
          ? undefined
          : {
              name: 'CreatePolicy',
              input: {
                PolicyName: name,
                PolicyDocument: text,
                ...(description !== '' && { Description: description }),
              },
            }
      }
    >
      <div className="grid max-w-form gap-4 sm:grid-cols-2">
        <Field label="Policy name" error={name === '' ? undefined : fault}>
          {(control) => (
            <Input
              {...control}
              mono
              autoComplete="off"
              autoCapitalize="off"
              spellCheck={false}
              maxLength={128}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <Field label="Description" optional>
          {(control) => (
            <Input
              {...control}
              autoComplete="off"
              maxLength={1000}
              value={description}
              onChange={(event) => setDescription(event.target.value)}
            />
          )}
        </Field>
      </div>
    </PolicyForm>
  )
}
