import type { Metadata } from 'next'
import { PageHeader } from '#components/page-header.tsx'
import { crumbsOf } from '../../crumbs.ts'
import { loadAll, loadScope } from '../../load.ts'
import { NewGroup } from './new-group.tsx'

export const metadata: Metadata = { title: 'Create group' }

export default async function NewGroupPage() {
  const { scope } = await loadScope()
  const [users, policies] = await Promise.all([
    loadAll('ListUsers', {}, ({ Users }) => Users),
    loadAll('ListPolicies', { Scope: 'Local' }, ({ Policies }) => Policies),
  ])
  return (
    <>
      <PageHeader crumbs={crumbsOf(scope.account, 'groups', 'New')} title="Create group" />
      <NewGroup
        scope={scope}
        users={(users.output ?? []).map(({ UserName }) => UserName)}
        policies={(policies.output ?? []).map(({ PolicyName, Arn }) => ({ name: PolicyName, arn: Arn }))}
      />
    </>
  )
}
