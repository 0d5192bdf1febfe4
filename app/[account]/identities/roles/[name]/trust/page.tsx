import type { Metadata } from 'next'
import { documentOf } from '#app/[account]/identities/_parts/holders.ts'
import { PageHeader } from '#components/page-header.tsx'
import { tryAsk } from '#lib/console/engine.ts'
import { crumbsOf } from '../../../crumbs.ts'
import { loadScope, nameIn } from '../../../load.ts'
import { Refused } from '../../../refused.tsx'
import { TrustForm } from './trust-form.tsx'

export const metadata: Metadata = { title: 'Trust policy' }

export default async function TrustPage({ params }: { params: Promise<{ name: string }> }) {
  const { scope } = await loadScope()
  const name = await nameIn(params)
  const crumbs = crumbsOf(scope.account, 'roles', name, 'Trust policy')
  const title = `Trust policy of ${name}`
  const { output, refusal } = await tryAsk('GetRole', { RoleName: name })
  if (refusal)
    return <Refused crumbs={crumbs} title={title} what="This role can’t be shown." refusal={refusal} />
  return (
    <>
      <PageHeader crumbs={crumbs} title={title} />
      <TrustForm scope={scope} name={name} saved={documentOf(output.Role.AssumeRolePolicyDocument)} />
    </>
  )
}
