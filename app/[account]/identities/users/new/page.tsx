import type { Metadata } from 'next'
import { PageHeader } from '#components/page-header.tsx'
import { crumbsOf } from '../../crumbs.ts'
import { loadAll, loadScope } from '../../load.ts'
import { NewUser } from './new-user.tsx'

export const metadata: Metadata = { title: 'Create user' }

export default async function NewUserPage() {
  const { scope } = await loadScope()
  const [groups, policies] = await Promise.all([
    loadAll('ListGroups', {}, ({ Groups }) => Groups),
    loadAll('ListPolicies', { Scope: 'Local' }, ({ Policies }) => Policies),
  ])
  return (
    <>
      <PageHeader crumbs={crumbsOf(scope.account, 'users', 'New')} title="Create user" />
      <NewUser
        scope={scope}
        // Whoever may not list them can still make a user without.
        groups={(groups.output ?? []).map(({ GroupName }) => GroupName)}
        policies={(policies.output ?? []).map(({ PolicyName, Arn }) => ({ name: PolicyName, arn: Arn }))}
      />
    </>
  )
}
