'use client'

import { useState } from 'react'
import { PasswordFields } from '#app/[account]/identities/_parts/password-section.tsx'
import { PermissionFields, type PolicyChoice } from '#app/[account]/identities/_parts/permission-fields.tsx'
import { PickList } from '#app/[account]/identities/_parts/pick-list.tsx'
import { StepsForm } from '#app/[account]/identities/_parts/steps-form.tsx'
import { useCreation } from '#app/[account]/identities/_parts/use-creation.ts'
import { tagFaults } from '#components/create-key/tag-faults.ts'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { RadioTiles } from '#components/ui/radio-tiles.tsx'
import { paths, type Scope } from '#lib/console/paths.ts'
import { EMPTY_USER, faultsOf, type UserDraft, userSteps } from './user-draft.ts'

type NewUserProps = {
  scope: Scope
  groups: readonly string[]
  policies: readonly PolicyChoice[]
}

/** A user with everything that it begins with. */
export function NewUser({ scope, groups, policies }: NewUserProps) {
  const [draft, setDraft] = useState<UserDraft>(EMPTY_USER)
  const [tried, setTried] = useState(false)
  const set = (part: Partial<UserDraft>) => setDraft((before) => ({ ...before, ...part }))
  const faults = faultsOf(draft)
  const steps = useCreation(scope.account, { kind: 'user', name: draft.name })
  function valid(): boolean {
    setTried(true)
    return (
      Object.values(faults).every((fault) => fault === undefined) &&
      tagFaults(draft.tags).every((fault) => !fault)
    )
  }
  return (
    <StepsForm
      scope={scope}
      steps={steps}
      list={userSteps(draft)}
      valid={valid}
      submit="Create user"
      pendingLabel="Creating…"
      made={`The user ${draft.name} exists.`}
      back={paths.identities(scope.account, 'users')}
    >
      <NameFields draft={draft} set={set} faults={tried ? faults : {}} />
      <RadioTiles
        legend="Console sign-in"
        tiles={[
          { value: 'none', label: 'No password', help: 'For programs, which sign with access keys.' },
          { value: 'password', label: 'Password', help: 'For a person, who signs in to this console.' },
        ]}
        value={draft.signIn}
        onChange={(signIn) => set({ signIn })}
      />
      {draft.signIn === 'password' && (
        <PasswordFields
          password={draft.password}
          onPassword={(password) => set({ password })}
          reset={draft.reset}
          onReset={(reset) => set({ reset })}
          fault={tried ? faults.password : undefined}
        />
      )}
      <PickList
        legend="Groups"
        help="What a group may do, its members may."
        items={groups.map((name) => ({ id: name, label: name }))}
        none="No groups to choose from."
        chosen={draft.groups}
        onChange={(chosen) => set({ groups: chosen })}
      />
      <PermissionFields choices={policies} help="Attached to this user alone." draft={draft} set={set} />
    </StepsForm>
  )
}

type NameFieldsProps = {
  draft: UserDraft
  set: (part: Partial<UserDraft>) => void
  faults: Partial<ReturnType<typeof faultsOf>>
}

function NameFields({ draft, set, faults }: NameFieldsProps) {
  return (
    <div className="grid max-w-form gap-4 sm:grid-cols-2">
      <Field label="User name" error={faults.name}>
        {(control) => (
          <Input
            {...control}
            mono
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            maxLength={64}
            value={draft.name}
            onChange={(event) => set({ name: event.target.value })}
          />
        )}
      </Field>
      <Field label="Path" optional error={faults.path}>
        {(control) => (
          <Input
            {...control}
            mono
            autoComplete="off"
            spellCheck={false}
            maxLength={512}
            value={draft.path}
            onChange={(event) => set({ path: event.target.value })}
          />
        )}
      </Field>
    </div>
  )
}
