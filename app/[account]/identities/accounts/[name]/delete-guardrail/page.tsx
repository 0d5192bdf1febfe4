import type { Metadata } from 'next'
import type { PolicyQuery } from '#app/[account]/identities/inline-policy-page.tsx'
import { PageHeader } from '#components/page-header.tsx'
import { PolicyText } from '#components/policy/policy-text.tsx'
import { EmptyState } from '#components/states.tsx'
import { crumbsOf } from '../../../crumbs.ts'
import { loadScope, nameIn } from '../../../load.ts'
import { Refused } from '../../../refused.tsx'
import { loadGoverned } from '../load-governed.ts'
import { RemoveGuardrail } from './remove-guardrail.tsx'

export const metadata: Metadata = { title: 'Remove guardrail' }

type Props = { params: Promise<{ name: string }>; searchParams: PolicyQuery }

/** Confirmation level 3 of taking a guardrail away: its text, and what the account can do without it. */
export default async function RemoveGuardrailPage({ params, searchParams }: Props) {
  const { scope } = await loadScope()
  const id = await nameIn(params)
  const { policy: asked } = await searchParams
  const { of, guardrails, refusal } = await loadGoverned(id)
  const crumbs = crumbsOf(scope.account, 'accounts', id, 'Remove guardrail')
  if (refusal)
    return (
      <Refused
        crumbs={crumbs}
        title="Remove guardrail"
        what="Guardrails are removed by the installation’s first account, and you can’t."
        refusal={refusal}
      />
    )
  const present = guardrails.find(({ Name }) => Name === asked)
  if (!present)
    return (
      <>
        <PageHeader crumbs={crumbs} title="Remove guardrail" />
        <EmptyState>
          <p>There is no such guardrail. It may have been removed since.</p>
        </EmptyState>
      </>
    )
  return (
    <>
      <PageHeader crumbs={crumbs} title={`Remove guardrail ${present.Name}`} />
      <div className="max-w-form space-y-4">
        <PolicyText text={present.Policy} label={`Guardrail ${present.Name}`} />
        <RemoveGuardrail
          account={scope.account}
          of={of}
          name={present.Name}
          after={guardrails.filter((one) => one !== present).map(({ Policy }) => Policy)}
        />
      </div>
    </>
  )
}
