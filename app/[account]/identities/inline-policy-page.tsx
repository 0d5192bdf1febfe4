import { type Holder, LIST_OF } from '#app/[account]/identities/_parts/holders.ts'
import { InlinePolicyForm } from '#app/[account]/identities/_parts/policy-form.tsx'
import { STARTING_POLICY } from '#app/[account]/identities/_parts/starting-policy.ts'
import { PageHeader } from '#components/page-header.tsx'
import { paths } from '#lib/console/paths.ts'
import { crumbsOf } from './crumbs.ts'
import { loadInline } from './held.ts'
import { loadScope } from './load.ts'
import { Refused } from './refused.tsx'

export type PolicyQuery = Promise<{ policy?: string | string[] }>

/** An inline policy of a user, group or role: the one that the address names, or a new one. */
export async function InlinePolicyPage({
  holder,
  searchParams,
}: {
  holder: Holder
  searchParams: PolicyQuery
}) {
  const { scope } = await loadScope()
  const { policy: asked } = await searchParams
  const policy = typeof asked === 'string' ? asked : undefined
  const list = LIST_OF[holder.kind]
  const title =
    policy === undefined ? `Add an inline policy to ${holder.name}` : `${policy} of ${holder.name}`
  const crumbs = crumbsOf(scope.account, list, holder.name, policy ?? 'New inline policy')
  const loaded = policy === undefined ? { text: STARTING_POLICY } : await loadInline(holder, policy)
  if (loaded.refusal)
    return (
      <Refused crumbs={crumbs} title={title} what="This policy can’t be shown." refusal={loaded.refusal} />
    )
  return (
    <>
      <PageHeader crumbs={crumbs} title={title} />
      <InlinePolicyForm
        scope={scope}
        holder={holder}
        policy={policy}
        saved={loaded.text}
        back={paths.identity(scope.account, list, holder.name)}
      />
    </>
  )
}
