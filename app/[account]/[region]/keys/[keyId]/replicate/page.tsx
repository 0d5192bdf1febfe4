import { kindOf, membersOf, primaryOnly } from '#components/keys/key-kind.ts'
import { stateReason } from '#components/keys/state-reason.ts'
import { PageHeader } from '#components/page-header.tsx'
import { EmptyState } from '#components/states.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { tryAsk } from '#lib/console/engine.ts'
import { paths } from '#lib/console/paths.ts'
import { endpointOf, type KeyProps, loadKey, tabOf, titleOf } from '../key.ts'
import { NoKey } from '../no-key.tsx'
import { ReplicateForm } from './replicate-form.tsx'

export const generateMetadata = ({ params }: KeyProps) => titleOf('Replicate', params)

export default async function ReplicatePage({ params }: KeyProps) {
  const loaded = await loadKey(params)
  if (!loaded.key) return <NoKey place={loaded} refusal={loaded.refusal} />
  const { scope, key, reference, name, aliases, session } = loaded
  const kind = kindOf(key)
  const crumbs = [
    { label: scope.region },
    { label: 'Keys', href: paths.keys(scope) },
    { label: name, href: paths.key(scope, key.KeyId) },
    { label: 'Replicate' },
  ]
  const title = `Replicate ${name}`
  const impossible = kind.primaryRegion
    ? primaryOnly(kind)
    : 'Only a key that is created as a multi-Region key can have replicas.'
  if (impossible) {
    const primary = kind.primaryRegion && { account: scope.account, region: kind.primaryRegion }
    return (
      <>
        <PageHeader crumbs={crumbs} title={title} />
        <EmptyState
          actions={
            primary ? (
              <LinkButton variant="primary" href={paths.replicateKey(primary, key.KeyId)}>
                Replicate from {primary.region}
              </LinkButton>
            ) : (
              <LinkButton href={paths.key(scope, key.KeyId)}>Back to the key</LinkButton>
            )
          }
        >
          <p>{impossible}</p>
        </EmptyState>
      </>
    )
  }
  const [policy, endpoint] = await Promise.all([
    tryAsk('GetKeyPolicy', { KeyId: reference }, { region: scope.region }),
    endpointOf(scope.region),
  ])
  return (
    <ReplicateForm
      scope={scope}
      crumbs={crumbs}
      title={title}
      keyId={key.KeyId}
      alias={aliases[0]?.AliasName}
      regions={session.regions}
      taken={membersOf(key)}
      policy={policy.output?.Policy}
      description={key.Description}
      endpoint={endpoint}
      reason={stateReason('replicate', key.KeyState, key.Arn)}
      back={tabOf(loaded, 'regions')}
    />
  )
}
