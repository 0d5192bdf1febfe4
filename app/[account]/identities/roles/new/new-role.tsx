'use client'

import { useState } from 'react'
import { PermissionFields, type PolicyChoice } from '#app/[account]/identities/_parts/permission-fields.tsx'
import { StepsForm } from '#app/[account]/identities/_parts/steps-form.tsx'
import { useCreation } from '#app/[account]/identities/_parts/use-creation.ts'
import { tagFaults } from '#components/create-key/tag-faults.ts'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { paths, type Scope } from '#lib/console/paths.ts'
import { partitionOf } from '#lib/domain/arn.ts'
import { EMPTY_ROLE, faultsOf, type RoleDraft, roleSteps, trustOf } from './role-draft.ts'
import { TrustFields } from './trust-fields.tsx'

type NewRoleProps = {
  scope: Scope
  principals: readonly string[]
  policies: readonly PolicyChoice[]
  providers: readonly string[]
}

/** A role: who may become it, and what it may do then. */
export function NewRole({ scope, principals, policies, providers }: NewRoleProps) {
  const partition = partitionOf(scope.region)
  const [draft, setDraft] = useState<RoleDraft>(EMPTY_ROLE)
  const [tried, setTried] = useState(false)
  const set = (part: Partial<RoleDraft>) => setDraft((before) => ({ ...before, ...part }))
  const faults = faultsOf(draft, partition)
  const shown = tried ? faults : { name: undefined, trust: undefined, hours: undefined }
  const steps = useCreation(scope.account, { kind: 'role', name: draft.name })
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
      list={roleSteps(draft, partition)}
      valid={valid}
      submit="Create role"
      pendingLabel="Creating…"
      made={`The role ${draft.name} exists.`}
      back={paths.identities(scope.account, 'roles')}
    >
      <NameFields draft={draft} set={set} fault={shown.name} />
      <TrustFields
        scope={scope}
        draft={draft}
        set={set}
        fault={shown.trust}
        principals={principals}
        providers={providers}
        text={trustOf(draft, partition)}
      />
      <Field
        label="Longest session, in hours"
        help="1 to 12. Whoever assumes the role asks for less or as much."
        error={shown.hours}
        className="max-w-96"
      >
        {(control) => (
          <Input
            {...control}
            type="number"
            inputMode="numeric"
            min={1}
            max={12}
            className="w-24"
            value={draft.hours}
            onChange={(event) => set({ hours: event.target.value })}
          />
        )}
      </Field>
      <PermissionFields choices={policies} help="What the role may do." draft={draft} set={set} />
    </StepsForm>
  )
}

type NameFieldsProps = {
  draft: RoleDraft
  set: (part: Partial<RoleDraft>) => void
  fault: string | undefined
}

function NameFields({ draft, set, fault }: NameFieldsProps) {
  return (
    <div className="grid max-w-form gap-4 sm:grid-cols-2">
      <Field label="Role name" error={fault}>
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
      <Field label="Description" optional>
        {(control) => (
          <Input
            {...control}
            autoComplete="off"
            maxLength={1000}
            value={draft.description}
            onChange={(event) => set({ description: event.target.value })}
          />
        )}
      </Field>
    </div>
  )
}
