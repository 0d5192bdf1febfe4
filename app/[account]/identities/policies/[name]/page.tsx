import type { Metadata } from 'next'
import { PageHeader, Section } from '#components/page-header.tsx'
import { PolicyText } from '#components/policy/policy-text.tsx'
import { ErrorState } from '#components/states.tsx'
import { Time } from '#components/time.tsx'
import { Facts } from '#components/ui/facts.tsx'
import { Identifier } from '#components/ui/identifier.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { tryAsk } from '#lib/console/engine.ts'
import { paths } from '#lib/console/paths.ts'
import { crumbsOf } from '../../crumbs.ts'
import { loadScope, nameIn } from '../../load.ts'
import { Refused } from '../../refused.tsx'
import { loadPolicy } from '../load-policy.ts'
import { DeletePolicy } from './delete-policy.tsx'
import { PolicyVersions } from './policy-versions.tsx'
import { UsedBy } from './used-by.tsx'

type Props = { params: Promise<{ name: string }> }

export const generateMetadata = async ({ params }: Props): Promise<Metadata> => ({
  title: `${await nameIn(params)} · Policies`,
})

export default async function PolicyPage({ params }: Props) {
  const { scope } = await loadScope()
  const name = await nameIn(params)
  const crumbs = crumbsOf(scope.account, 'policies', name)
  const { policy, versions, refusal } = await loadPolicy(name)
  if (refusal)
    return <Refused crumbs={crumbs} title={name} what="This policy can’t be shown." refusal={refusal} />
  const entities = await tryAsk('ListEntitiesForPolicy', { PolicyArn: policy.Arn, MaxItems: 1000 })
  const inForce = versions.find((version) => version.inForce)
  return (
    <>
      <PageHeader
        crumbs={crumbs}
        title={<span className="break-all">{name}</span>}
        fact="Managed policy"
        actions={
          <>
            <DeletePolicy
              scope={scope}
              name={name}
              arn={policy.Arn}
              used={policy.AttachmentCount + policy.PermissionsBoundaryUsageCount}
              older={versions.filter((version) => !version.inForce).map(({ id }) => id)}
            />
            <LinkButton
              variant="primary"
              href={paths.identityPart(scope.account, 'policies', name, 'version')}
            >
              Edit as a new version
            </LinkButton>
          </>
        }
      />
      <Facts
        className="mb-7"
        facts={[
          { term: 'ARN', value: <Identifier value={policy.Arn} name="ARN" /> },
          { term: 'Policy ID', value: <Identifier value={policy.PolicyId} name="policy ID" /> },
          { term: 'Created', value: <Time at={policy.CreateDate} as="date" /> },
          { term: 'Changed', value: <Time at={policy.UpdateDate} /> },
          ...('Description' in policy && policy.Description
            ? [{ term: 'Description', value: policy.Description }]
            : []),
        ]}
      />
      {inForce && (
        <Section title="In force" fact={inForce.id}>
          <PolicyText text={inForce.text} label={`Policy ${name}`} />
        </Section>
      )}
      <Section title="Used by">
        {entities.refusal ? (
          <ErrorState what="Who has it couldn’t be read." refusal={entities.refusal} />
        ) : (
          <UsedBy account={scope.account} entities={entities.output} />
        )}
      </Section>
      <PolicyVersions scope={scope} name={name} arn={policy.Arn} versions={versions} />
    </>
  )
}
