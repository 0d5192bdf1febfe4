'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { PickList } from '#app/[account]/identities/_parts/pick-list.tsx'
import { useSteps } from '#app/[account]/identities/_parts/steps.ts'
import { StepsForm } from '#app/[account]/identities/_parts/steps-form.tsx'
import { tagFaults } from '#components/create-key/tag-faults.ts'
import { TagFields } from '#components/create-key/tag-fields.tsx'
import { Field } from '#components/ui/field.tsx'
import { useFlash } from '#components/ui/flash.tsx'
import { Input } from '#components/ui/input.tsx'
import { paths, type Scope } from '#lib/console/paths.ts'
import { partitionOf } from '#lib/domain/arn.ts'
import { BoundaryField } from '../../users/new/new-user.tsx'
import { EMPTY_ROLE, faultsOf, type RoleDraft, roleSteps, trustOf } from './role-draft.ts'
import { TrustFields } from './trust-fields.tsx'

type NewRoleProps = {
  scope: Scope
  principals: readonly string[]
  policies: readonly { readonly name: string; readonly arn: string }[]
  providers: readonly string[]
}

/** A role: who may become it, and what it may do then. */
export function NewRole({ scope, principals, policies, providers }: NewRoleProps) {
  const router = useRouter()
  const flash = useFlash()
  const partition = partitionOf(scope.region)
  const [draft, setDraft] = useState<RoleDraft>(EMPTY_ROLE)
  const [tried, setTried] = useState(false)
  const set = (part: Partial<RoleDraft>) => setDraft((before) => ({ ...before, ...part }))
  const faults = faultsOf(draft, partition)
  const shown = tried ? faults : { name: undefined, trust: undefined, hours: undefined }
  const steps = useSteps(() => {
    flash({ tone: 'verdigris', text: `${draft.name} is created.`, links: [], actions: [] })
    router.push(paths.identity(scope.account, 'roles', draft.name))
  })
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
      <PickList
        legend="Policies"
        help="What the role may do. An inline policy can be added afterwards."
        items={policies.map(({ name, arn }) => ({ id: arn, label: name }))}
        none="No managed policies to choose from."
        chosen={draft.policies}
        onChange={(chosen) => set({ policies: chosen })}
      />
      <BoundaryField policies={policies} value={draft.boundary} onChange={(boundary) => set({ boundary })} />
      <TagFields tags={draft.tags} onChange={(tags) => set({ tags })} />
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
