import type { Metadata } from 'next'
import type { PolicyQuery } from '#app/[account]/identities/inline-policy-page.tsx'
import { PageHeader } from '#components/page-header.tsx'
import { Hint } from '#components/ui/hint.tsx'
import { crumbsOf } from '../../../crumbs.ts'
import { loadScope, nameIn } from '../../../load.ts'
import { Refused } from '../../../refused.tsx'
import { callOf, IN_FIRST } from '../../account-words.ts'
import { loadGoverned } from '../load-governed.ts'
import { GuardrailForm } from './guardrail-form.tsx'

export const metadata: Metadata = { title: 'Set guardrail' }

type Props = { params: Promise<{ name: string }>; searchParams: PolicyQuery }

/** A guardrail of an account: the one that the address names, or a new one. */
export default async function GuardrailPage({ params, searchParams }: Props) {
  const { scope } = await loadScope()
  const id = await nameIn(params)
  const { policy: asked } = await searchParams
  const { of, guardrails, refusal } = await loadGoverned(id)
  const crumbs = crumbsOf(scope.account, 'accounts', id, 'Guardrail')
  if (refusal)
    return (
      <Refused
        crumbs={crumbs}
        title="Set a guardrail"
        what="Guardrails are set by the installation’s first account, and you can’t."
        refusal={refusal}
      />
    )
  const present = guardrails.find(({ Name }) => Name === asked)
  const title = present ? `Change guardrail ${present.Name}` : `Set a guardrail of ${callOf(of)}`
  return (
    <>
      <PageHeader crumbs={crumbs} title={title} />
      {of.Own ? (
        <Hint>{IN_FIRST}</Hint>
      ) : (
        <GuardrailForm scope={scope} of={of} guardrails={guardrails} present={present} />
      )}
    </>
  )
}
