import type { Metadata } from 'next'
import { documentOf } from '#app/[account]/identities/_parts/holders.ts'
import { trustedBy } from '#app/[account]/identities/_parts/trust.ts'
import { tryAsk } from '#lib/console/engine.ts'
import { crumbsOf } from '../crumbs.ts'
import { loadAll, loadScope } from '../load.ts'
import { Refused } from '../refused.tsx'
import { RolesView } from './roles-view.tsx'

export const metadata: Metadata = { title: 'Roles' }

export default async function RolesPage() {
  const { scope } = await loadScope()
  const [{ output, refusal }, use] = await Promise.all([
    loadAll('ListRoles', {}, ({ Roles }) => Roles),
    tryAsk('ListRoleUse', {}),
  ])
  if (refusal)
    return (
      <Refused
        crumbs={crumbsOf(scope.account, 'roles')}
        title="Roles"
        what="You can’t list the roles of this account."
        refusal={refusal}
      />
    )
  const lastUsed = new Map(use.output?.Roles.map(({ RoleName, LastUsed }) => [RoleName, LastUsed]))
  return (
    <RolesView
      scope={scope}
      roles={output.map((role) => ({
        name: role.RoleName,
        arn: role.Arn,
        description: role.Description ?? '',
        trusts: trustedBy(documentOf(role.AssumeRolePolicyDocument)),
        lastUsed: lastUsed.get(role.RoleName),
      }))}
    />
  )
}
