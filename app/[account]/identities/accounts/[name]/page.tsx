import type { Metadata } from 'next'
import { Guardrails } from '#app/[account]/identities/_parts/guardrails.tsx'
import { PageHeader } from '#components/page-header.tsx'
import { Time } from '#components/time.tsx'
import { Facts } from '#components/ui/facts.tsx'
import { Identifier } from '#components/ui/identifier.tsx'
import { formatNumber } from '#lib/console/format.ts'
import { crumbsOf } from '../../crumbs.ts'
import { loadScope, nameIn } from '../../load.ts'
import { Refused } from '../../refused.tsx'
import { aboutGuardrails, callOf, IN_FIRST } from '../account-words.ts'
import { loadGoverned } from './load-governed.ts'

type Props = { params: Promise<{ name: string }> }

export const generateMetadata = async ({ params }: Props): Promise<Metadata> => ({
  title: `${await nameIn(params)} · Accounts`,
})

/** One account of the installation, and what everybody in it may do at most. */
export default async function AccountPage({ params }: Props) {
  const { scope } = await loadScope()
  const id = await nameIn(params)
  const crumbs = crumbsOf(scope.account, 'accounts', id)
  const { of, guardrails, refusal } = await loadGoverned(id)
  if (refusal)
    return (
      <Refused
        crumbs={crumbs}
        title={`Account ${id}`}
        what="Guardrails are set by the installation’s first account, and you can’t see them."
        refusal={refusal}
      />
    )
  return (
    <>
      <PageHeader
        crumbs={crumbs}
        title={`Account ${callOf(of)}`}
        fact={of.Disabled ? 'Disabled' : undefined}
      />
      <Facts
        className="mb-7"
        facts={[
          { term: 'Account ID', value: <Identifier value={of.AccountId} name="account ID" /> },
          { term: 'Users', value: formatNumber(of.Users) },
          { term: 'Keys', value: formatNumber(of.Keys) },
          { term: 'Created', value: <Time at={of.CreateDate} as="date" /> },
          { term: 'Regions', value: of.Regions.join(', ') },
        ]}
      />
      <Guardrails
        title="Guardrails"
        guardrails={guardrails}
        about={of.Own ? IN_FIRST : aboutGuardrails(guardrails.length)}
        {...(!of.Own && { set: { by: scope.account, of: of.AccountId } })}
      />
    </>
  )
}
