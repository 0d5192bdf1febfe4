import type { Metadata } from 'next'
import { PageHeader } from '#components/page-header.tsx'
import { crumbsOf } from '../../../crumbs.ts'
import { loadScope, nameIn } from '../../../load.ts'
import { Refused } from '../../../refused.tsx'
import { loadPolicy } from '../../load-policy.ts'
import { VersionForm } from './version-form.tsx'

export const metadata: Metadata = { title: 'New version' }

export default async function NewVersionPage({ params }: { params: Promise<{ name: string }> }) {
  const { scope } = await loadScope()
  const name = await nameIn(params)
  const crumbs = crumbsOf(scope.account, 'policies', name, 'New version')
  const title = `New version of ${name}`
  const { policy, versions, refusal } = await loadPolicy(name)
  if (refusal)
    return <Refused crumbs={crumbs} title={title} what="This policy can’t be shown." refusal={refusal} />
  const inForce = versions.find((version) => version.inForce)
  return (
    <>
      <PageHeader crumbs={crumbs} title={title} />
      <VersionForm
        scope={scope}
        name={name}
        arn={policy.Arn}
        saved={inForce?.text ?? ''}
        full={versions.length >= 5}
      />
    </>
  )
}
