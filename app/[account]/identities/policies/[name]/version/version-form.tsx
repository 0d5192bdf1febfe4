'use client'

import { useState } from 'react'
import { PolicyForm } from '#app/[account]/identities/_parts/policy-form.tsx'
import { Checkbox } from '#components/ui/checkbox.tsx'
import { Note } from '#components/ui/hint.tsx'
import { paths, type Scope } from '#lib/console/paths.ts'

type VersionFormProps = { scope: Scope; name: string; arn: string; saved: string; full: boolean }

/** The next version of a managed policy, put in force at once or kept. */
export function VersionForm({ scope, name, arn, saved, full }: VersionFormProps) {
  const [inForce, setInForce] = useState(true)
  return (
    <PolicyForm
      scope={scope}
      purpose="identity"
      label="Policy"
      help="JSON. The version in force now stays, and can be put in force again."
      saved={saved}
      submit="Save version"
      done={`${name} has a new version.`}
      effect={
        inForce
          ? `Everybody who has ${name} is decided by it with the next call.`
          : 'Nothing changes until it is put in force.'
      }
      back={paths.identity(scope.account, 'policies', name)}
      requestFor={(text) => ({
        name: 'CreatePolicyVersion',
        input: { PolicyArn: arn, PolicyDocument: text, SetAsDefault: inForce },
      })}
    >
      {full && (
        <Note tone="brass">
          A policy has five versions at most. Delete one on its page before you save this.
        </Note>
      )}
      <Checkbox
        label="Put it in force at once"
        checked={inForce}
        onChange={(event) => setInForce(event.target.checked)}
      />
    </PolicyForm>
  )
}
