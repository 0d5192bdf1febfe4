'use client'

import { PolicyForm } from '#app/[account]/identities/_parts/policy-form.tsx'
import { paths, type Scope } from '#lib/console/paths.ts'

/** Who may assume a role, as JSON. */
export function TrustForm({ scope, name, saved }: { scope: Scope; name: string; saved: string }) {
  return (
    <PolicyForm
      scope={scope}
      purpose="trust"
      label="Trust policy"
      help="JSON. It says who may assume the role, and when."
      saved={saved}
      submit="Save trust policy"
      done={`The trust policy of ${name} is saved.`}
      effect="Sessions that are open go on; new ones are decided by it."
      back={paths.identity(scope.account, 'roles', name)}
      requestFor={(text) => ({
        name: 'UpdateAssumeRolePolicy',
        input: { RoleName: name, PolicyDocument: text },
      })}
    />
  )
}
