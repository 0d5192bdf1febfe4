import type { Metadata } from 'next'
import Link from 'next/link'
import { Guardrails } from '#app/[account]/identities/_parts/guardrails.tsx'
import { tryAsk } from '#lib/console/engine.ts'
import { paths } from '#lib/console/paths.ts'
import { crumbsOf } from '../crumbs.ts'
import { loadAll, loadScope } from '../load.ts'
import { Refused } from '../refused.tsx'
import { PoliciesView } from './policies-view.tsx'

export const metadata: Metadata = { title: 'Policies' }

export default async function PoliciesPage() {
  const { scope } = await loadScope()
  const [{ output, refusal }, guardrails] = await Promise.all([
    loadAll('ListPolicies', { Scope: 'Local' }, ({ Policies }) => Policies),
    tryAsk('ListGuardrails', {}),
  ])
  return (
    <>
      {refusal ? (
        <Refused
          crumbs={crumbsOf(scope.account, 'policies')}
          title="Policies"
          what="You can’t list the policies of this account."
          refusal={refusal}
        />
      ) : (
        <PoliciesView
          scope={scope}
          policies={output.map((policy) => ({
            name: policy.PolicyName,
            arn: policy.Arn,
            version: policy.DefaultVersionId,
            attached: policy.AttachmentCount,
            bounds: policy.PermissionsBoundaryUsageCount,
            updatedAt: policy.UpdateDate,
          }))}
        />
      )}
      <div className="mt-8">
        <Guardrails
          title="Guardrails of this account"
          guardrails={guardrails.output?.Guardrails ?? []}
          refusal={guardrails.refusal}
          about={
            <>
              The installation’s first account sets guardrails for the others, on its page{' '}
              <Link className="link" href={paths.identities(scope.account, 'accounts')}>
                Accounts
              </Link>
              ; it is itself not bound. Without a guardrail, what policies allow is allowed.
            </>
          }
        />
      </div>
    </>
  )
}
