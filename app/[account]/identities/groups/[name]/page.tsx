import type { Metadata } from 'next'
import { PoliciesSection } from '#app/[account]/identities/_parts/policies-section.tsx'
import { PageHeader } from '#components/page-header.tsx'
import { Time } from '#components/time.tsx'
import { Facts } from '#components/ui/facts.tsx'
import { Identifier } from '#components/ui/identifier.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { tryAsk } from '#lib/console/engine.ts'
import { paths } from '#lib/console/paths.ts'
import { crumbsOf } from '../../crumbs.ts'
import { loadHeld } from '../../held.ts'
import { loadScope, nameIn } from '../../load.ts'
import { Refused } from '../../refused.tsx'
import { GroupMembers } from './group-members.tsx'

type Props = { params: Promise<{ name: string }> }

export const generateMetadata = async ({ params }: Props): Promise<Metadata> => ({
  title: `${await nameIn(params)} · Groups`,
})

export default async function GroupPage({ params }: Props) {
  const { scope } = await loadScope()
  const name = await nameIn(params)
  const holder = { kind: 'group', name } as const
  const crumbs = crumbsOf(scope.account, 'groups', name)
  const [{ output, refusal }, held] = await Promise.all([
    tryAsk('GetGroup', { GroupName: name, MaxItems: 1000 }),
    loadHeld(holder),
  ])
  if (refusal)
    return <Refused crumbs={crumbs} title={name} what="This group can’t be shown." refusal={refusal} />
  const { Group: group, Users } = output
  return (
    <>
      <PageHeader
        crumbs={crumbs}
        title={<span className="break-all">{name}</span>}
        fact="Group"
        actions={
          <LinkButton href={paths.identityPart(scope.account, 'groups', name, 'delete')}>
            Delete group
          </LinkButton>
        }
      />
      <Facts
        className="mb-7"
        facts={[
          { term: 'ARN', value: <Identifier value={group.Arn} name="ARN" /> },
          { term: 'Group ID', value: <Identifier value={group.GroupId} name="group ID" /> },
          { term: 'Path', value: <code className="break-all text-mono">{group.Path}</code> },
          { term: 'Created', value: <Time at={group.CreateDate} as="date" /> },
        ]}
      />
      <GroupMembers scope={scope} group={name} members={Users.map(({ UserName }) => UserName)} />
      <PoliciesSection scope={scope} holder={holder} held={held} />
    </>
  )
}
