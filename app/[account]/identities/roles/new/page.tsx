import type { Metadata } from 'next'
import { PageHeader } from '#components/page-header.tsx'
import { tryAsk } from '#lib/console/engine.ts'
import { crumbsOf } from '../../crumbs.ts'
import { loadAll, loadScope } from '../../load.ts'
import { NewRole } from './new-role.tsx'

export const metadata: Metadata = { title: 'Create role' }

export default async function NewRolePage() {
  const { scope } = await loadScope()
  // Whoever may not list one of these can still write the policy as JSON.
  const [users, roles, policies, providers] = await Promise.all([
    loadAll('ListUsers', {}, ({ Users }) => Users),
    loadAll('ListRoles', {}, ({ Roles }) => Roles),
    loadAll('ListPolicies', { Scope: 'Local' }, ({ Policies }) => Policies),
    tryAsk('ListOpenIDConnectProviders', {}),
  ])
  return (
    <>
      <PageHeader crumbs={crumbsOf(scope.account, 'roles', 'New')} title="Create role" />
      <NewRole
        scope={scope}
        principals={[...(users.output ?? []), ...(roles.output ?? [])].map(({ Arn }) => Arn)}
        policies={(policies.output ?? []).map(({ PolicyName, Arn }) => ({ name: PolicyName, arn: Arn }))}
        providers={(providers.output?.OpenIDConnectProviderList ?? []).map(({ Arn }) => Arn)}
      />
    </>
  )
}
