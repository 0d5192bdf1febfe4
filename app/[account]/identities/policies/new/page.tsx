import type { Metadata } from 'next'
import { PageHeader } from '#components/page-header.tsx'
import { crumbsOf } from '../../crumbs.ts'
import { loadScope } from '../../load.ts'
import { NewPolicy } from './new-policy.tsx'

export const metadata: Metadata = { title: 'Create policy' }

export default async function NewPolicyPage() {
  const { scope } = await loadScope()
  return (
    <>
      <PageHeader crumbs={crumbsOf(scope.account, 'policies', 'New')} title="Create policy" />
      <NewPolicy scope={scope} />
    </>
  )
}
