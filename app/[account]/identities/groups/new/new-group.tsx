'use client'

import { useState } from 'react'
import { attachPolicy } from '#app/[account]/identities/_parts/holders.ts'
import { nameFault } from '#app/[account]/identities/_parts/names.ts'
import type { PolicyChoice } from '#app/[account]/identities/_parts/permission-fields.tsx'
import { PickList } from '#app/[account]/identities/_parts/pick-list.tsx'
import type { Step } from '#app/[account]/identities/_parts/steps.ts'
import { StepsForm } from '#app/[account]/identities/_parts/steps-form.tsx'
import { useCreation } from '#app/[account]/identities/_parts/use-creation.ts'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { paths, type Scope } from '#lib/console/paths.ts'

type NewGroupProps = {
  scope: Scope
  users: readonly string[]
  policies: readonly PolicyChoice[]
}

function groupSteps(name: string, members: readonly string[], policies: readonly string[]): readonly Step[] {
  const GroupName = name || '<name>'
  return [
    { label: `Creating ${GroupName}`, request: { name: 'CreateGroup', input: { GroupName } } },
    ...policies.map((arn) => ({
      label: 'Attaching a policy',
      request: attachPolicy({ kind: 'group', name: GroupName }, arn),
    })),
    ...members.map((UserName) => ({
      label: `Adding ${UserName}`,
      request: { name: 'AddUserToGroup', input: { GroupName, UserName } } as const,
    })),
  ]
}

/** A group with its members and policies. */
export function NewGroup({ scope, users, policies }: NewGroupProps) {
  const [name, setName] = useState('')
  const [members, setMembers] = useState<readonly string[]>([])
  const [chosen, setChosen] = useState<readonly string[]>([])
  const [tried, setTried] = useState(false)
  const fault = nameFault(name, 'group', 128)
  const steps = useCreation(scope.account, { kind: 'group', name: name })
  function valid(): boolean {
    setTried(true)
    return fault === undefined
  }
  return (
    <StepsForm
      scope={scope}
      steps={steps}
      list={groupSteps(name, members, chosen)}
      valid={valid}
      submit="Create group"
      pendingLabel="Creating…"
      made={`The group ${name} exists.`}
      back={paths.identities(scope.account, 'groups')}
    >
      <Field label="Group name" error={tried ? fault : undefined} className="max-w-96">
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
      <PickList
        legend="Members"
        items={users.map((user) => ({ id: user, label: user }))}
        none="No users to choose from."
        chosen={members}
        onChange={setMembers}
      />
      <PickList
        legend="Policies"
        help="What every member may do."
        items={policies.map((policy) => ({ id: policy.arn, label: policy.name }))}
        none="No managed policies to choose from."
        chosen={chosen}
        onChange={setChosen}
      />
    </StepsForm>
  )
}
