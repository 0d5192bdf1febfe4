import type { Metadata } from 'next'
import { tryAsk } from '#lib/console/engine.ts'
import { crumbsOf } from '../crumbs.ts'
import { loadAll, loadScope } from '../load.ts'
import { Refused } from '../refused.tsx'
import { Guardrails } from './guardrails.tsx'
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
          account={scope.account}
          guardrails={guardrails.output?.Guardrails ?? []}
          refusal={guardrails.refusal}
        />
      </div>
    </>
  )
}
