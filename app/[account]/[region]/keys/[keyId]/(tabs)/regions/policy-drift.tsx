import { Section } from '#components/page-header.tsx'
import { laidOut } from '#components/policy/line-diff.ts'
import { PolicyDiff } from '#components/policy/policy-diff.tsx'
import type { Member } from './members.ts'

/** The key policy of each replica that differs from the primary's, line by line. */
export function PolicyDrift({ members }: { members: readonly Member[] }) {
  const primary = members.find((member) => member.primary)
  const policy = primary?.policy
  if (!primary || policy === undefined) return null
  return members.map((member) =>
    member.policy === undefined || laidOut(member.policy) === laidOut(policy) ? null : (
      <Section
        key={member.region}
        title={`Key policy in ${member.region}`}
        fact={`against the primary’s, in ${primary.region}`}
      >
        <PolicyDiff
          label={`Key policy in ${member.region} against ${primary.region}`}
          before={policy}
          after={member.policy}
          beforeName={primary.region}
          afterName={member.region}
        />
      </Section>
    ),
  )
}
