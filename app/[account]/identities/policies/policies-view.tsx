'use client'

import { IdentityList } from '#app/[account]/identities/_parts/identity-list.tsx'
import type { ListColumn } from '#app/[account]/identities/_parts/list-table.tsx'
import { SEVERITY_WORDS } from '#components/policy/findings.ts'
import { SeverityMark } from '#components/policy/severity-mark.tsx'
import { Time } from '#components/time.tsx'
import { MenuItem } from '#components/ui/menu.tsx'
import { count } from '#lib/console/format.ts'
import { paths, type Scope } from '#lib/console/paths.ts'
import { type PolicyFindings, usePolicyFindings } from './use-policy-findings.ts'

export type ListedPolicy = {
  readonly name: string
  readonly arn: string
  readonly version: string
  readonly attached: number
  readonly bounds: number
  readonly updatedAt: number
}

type FindingsOf = ReturnType<typeof usePolicyFindings>

const columnsOf = ({ found, pending }: FindingsOf): readonly ListColumn<ListedPolicy>[] => [
  { head: 'Attached to', narrow: 'end', cell: ({ attached }) => attached },
  { head: 'Bounds', from: 'lg', cell: ({ bounds }) => bounds },
  { head: 'In force', cell: ({ version }) => version },
  {
    head: 'Findings',
    narrow: 'fact',
    cell: ({ name }) => (pending ? '…' : <FindingsCell of={found?.get(name)} />),
  },
  { head: 'Changed', from: 'lg', cell: ({ updatedAt }) => <Time at={updatedAt} /> },
]

/** How many, and how grave the gravest is. Of a text that one may not read, nothing. */
function FindingsCell({ of }: { of: PolicyFindings | undefined }) {
  if (!of)
    return (
      <span className="text-text3">
        <span aria-hidden="true">–</span>
        <span className="sr-only">Not known</span>
      </span>
    )
  // Where there are no heads, the words say what it is.
  const noun = <span className="md:hidden"> {of.Findings === 1 ? 'finding' : 'findings'}</span>
  if (!of.Severity)
    return (
      <span className="text-text3">
        <span className="max-md:hidden">None</span>
        <span className="md:hidden">No findings</span>
      </span>
    )
  const said = SEVERITY_WORDS[of.Severity].toLowerCase()
  return (
    <span className="inline-flex items-center gap-1.5" title={`The gravest: ${said}`}>
      <SeverityMark severity={of.Severity} />
      <span>
        {of.Findings}
        {noun}
      </span>
      <span className="sr-only">, the gravest: {said}</span>
    </span>
  )
}

/** The managed policies of the account. Inline ones stand with their owner. */
export function PoliciesView({ scope, policies }: { scope: Scope; policies: readonly ListedPolicy[] }) {
  const findings = usePolicyFindings(scope.account)
  return (
    <IdentityList
      scope={scope}
      list="policies"
      noun="policy"
      title="Policies"
      caption="Managed policies"
      fact={count(policies.length, 'managed policy', 'managed policies')}
      rows={policies}
      columns={columnsOf(findings)}
      empty="A managed policy is written once and attached to many. A policy for one alone can be inline, on its own page."
      menu={({ name }) => (
        <MenuItem href={paths.identityPart(scope.account, 'policies', name, 'version')}>
          Edit as a new version
        </MenuItem>
      )}
    />
  )
}
