import type { Metadata } from 'next'
import { BoundarySection } from '#app/[account]/identities/_parts/boundary-section.tsx'
import { documentOf } from '#app/[account]/identities/_parts/holders.ts'
import { PoliciesSection } from '#app/[account]/identities/_parts/policies-section.tsx'
import { TagsSection } from '#app/[account]/identities/_parts/tags-section.tsx'
import { trustedBy } from '#app/[account]/identities/_parts/trust.ts'
import { PrincipalKeys } from '#components/access/principal-keys.tsx'
import { PageHeader, Section } from '#components/page-header.tsx'
import { PolicyText } from '#components/policy/policy-text.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { tryAsk } from '#lib/console/engine.ts'
import { paths } from '#lib/console/paths.ts'
import { crumbsOf } from '../../crumbs.ts'
import { loadHeld } from '../../held.ts'
import { loadScope, nameIn } from '../../load.ts'
import { Refused } from '../../refused.tsx'
import { RoleFacts } from './role-facts.tsx'
import { RoleSettings } from './role-settings.tsx'
import { SwitchToRole } from './switch-to-role.tsx'

type Props = { params: Promise<{ name: string }> }

export const generateMetadata = async ({ params }: Props): Promise<Metadata> => ({
  title: `${await nameIn(params)} · Roles`,
})

export default async function RolePage({ params }: Props) {
  const { scope } = await loadScope()
  const name = await nameIn(params)
  const holder = { kind: 'role', name } as const
  const crumbs = crumbsOf(scope.account, 'roles', name)
  const [{ output, refusal }, held] = await Promise.all([
    tryAsk('GetRole', { RoleName: name }),
    loadHeld(holder),
  ])
  if (refusal)
    return <Refused crumbs={crumbs} title={name} what="This role can’t be shown." refusal={refusal} />
  const { Role: role } = output
  const trust = documentOf(role.AssumeRolePolicyDocument)
  return (
    <>
      <PageHeader
        crumbs={crumbs}
        title={<span className="break-all">{name}</span>}
        fact="Role"
        actions={
          <>
            <SwitchToRole scope={scope} arn={role.Arn} />
            <RoleSettings
              scope={scope}
              name={name}
              description={role.Description ?? ''}
              seconds={role.MaxSessionDuration}
            />
            <LinkButton href={paths.identityPart(scope.account, 'roles', name, 'delete')}>
              Delete role
            </LinkButton>
          </>
        }
      />
      <RoleFacts role={role} />
      <Section
        title="Who can assume it"
        fact={trustedBy(trust).join(', ') || 'nobody'}
        actions={
          <LinkButton href={paths.identityPart(scope.account, 'roles', name, 'trust')}>
            Edit trust policy
          </LinkButton>
        }
      >
        <PolicyText text={trust} label="Trust policy" />
      </Section>
      <PoliciesSection scope={scope} holder={holder} held={held} />
      <BoundarySection
        scope={scope}
        holder={holder}
        boundary={role.PermissionsBoundary?.PermissionsBoundaryArn}
      />
      <TagsSection scope={scope} holder={holder} tags={role.Tags ?? []} />
      <Section title="Keys this role can reach" fact={`in ${scope.region}`}>
        <PrincipalKeys scope={scope} principal={role.Arn} />
      </Section>
    </>
  )
}
