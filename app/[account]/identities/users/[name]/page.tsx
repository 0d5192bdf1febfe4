import type { Metadata } from 'next'
import { BoundarySection } from '#app/[account]/identities/_parts/boundary-section.tsx'
import { PasswordSection } from '#app/[account]/identities/_parts/password-section.tsx'
import { PoliciesSection } from '#app/[account]/identities/_parts/policies-section.tsx'
import { TagsSection } from '#app/[account]/identities/_parts/tags-section.tsx'
import { PrincipalKeys } from '#components/access/principal-keys.tsx'
import { PageHeader, Section } from '#components/page-header.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { tryAsk } from '#lib/console/engine.ts'
import { paths } from '#lib/console/paths.ts'
import { crumbsOf } from '../../crumbs.ts'
import { loadScope, nameIn } from '../../load.ts'
import { Refused } from '../../refused.tsx'
import { loadParts } from './load-user.ts'
import { UserAccessKeys } from './user-access-keys.tsx'
import { UserDevices } from './user-devices.tsx'
import { UserFacts } from './user-facts.tsx'
import { UserGroups } from './user-groups.tsx'

type Props = { params: Promise<{ name: string }> }

export const generateMetadata = async ({ params }: Props): Promise<Metadata> => ({
  title: `${await nameIn(params)} · Users`,
})

export default async function UserPage({ params }: Props) {
  const { scope } = await loadScope()
  const name = await nameIn(params)
  const crumbs = crumbsOf(scope.account, 'users', name)
  const [{ output, refusal }, parts] = await Promise.all([
    tryAsk('GetUser', { UserName: name }),
    loadParts(name),
  ])
  if (refusal)
    return <Refused crumbs={crumbs} title={name} what="This user can’t be shown." refusal={refusal} />
  const { User: user } = output
  const boundary =
    'PermissionsBoundary' in user ? user.PermissionsBoundary?.PermissionsBoundaryArn : undefined
  const tags = 'Tags' in user ? (user.Tags ?? []) : []
  const holder = { kind: 'user', name } as const
  return (
    <>
      <PageHeader
        crumbs={crumbs}
        title={<span className="break-all">{name}</span>}
        fact="User"
        actions={
          <>
            <LinkButton href={paths.audit(scope.account, { q: `actor:user/${name} outcome:denied` })}>
              Recent denied
            </LinkButton>
            <LinkButton href={paths.identityPart(scope.account, 'users', name, 'delete')}>
              Delete user
            </LinkButton>
          </>
        }
      />
      <UserFacts user={user} groups={parts.groups.output} />
      <PoliciesSection scope={scope} holder={holder} held={parts.held} />
      <UserGroups
        scope={scope}
        user={name}
        groups={parts.groups.output ?? []}
        refusal={parts.groups.refusal}
      />
      <UserAccessKeys
        scope={scope}
        user={name}
        keys={parts.accessKeys.keys}
        refusal={parts.accessKeys.refusal}
      />
      <PasswordSection scope={scope} user={name} {...parts.login} />
      <UserDevices
        scope={scope}
        user={name}
        devices={(parts.devices.output ?? []).map(({ SerialNumber, EnableDate }) => ({
          serial: SerialNumber,
          since: EnableDate,
        }))}
        refusal={parts.devices.refusal}
      />
      <BoundarySection scope={scope} holder={holder} boundary={boundary} />
      <TagsSection scope={scope} holder={holder} tags={tags} />
      <Section title="Keys this user can reach" fact={`in ${scope.region}`}>
        <PrincipalKeys scope={scope} principal={user.Arn} />
      </Section>
    </>
  )
}
