import { Denied } from '#components/denied.tsx'
import { KeyName } from '#components/key-name.tsx'
import { MANAGED_REASON } from '#components/keys/key-kind.ts'
import { PageHeader } from '#components/page-header.tsx'
import { EmptyState, ErrorState } from '#components/states.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { tryAsk } from '#lib/console/engine.ts'
import { isDenied } from '#lib/console/messages.ts'
import { paths } from '#lib/console/paths.ts'
import { endpointOf, type KeyProps, loadKey, tabOf, titleOf } from '../../key.ts'
import { NoKey } from '../../no-key.tsx'
import { EditPolicy } from './edit-policy.tsx'

export const generateMetadata = ({ params }: KeyProps) => titleOf('Edit policy', params)

export default async function EditPolicyPage({ params }: KeyProps) {
  const loaded = await loadKey(params)
  if (!loaded.key) return <NoKey place={loaded} refusal={loaded.refusal} />
  const { scope, key, reference, name, aliases } = loaded
  const [{ output, refusal }, endpoint] = await Promise.all([
    tryAsk('GetKeyPolicy', { KeyId: reference }, { region: scope.region }),
    endpointOf(scope.region),
  ])
  const back = tabOf(loaded, 'policy')
  const crumbs = [
    { label: scope.region },
    { label: 'Keys', href: paths.keys(scope) },
    { label: name, href: paths.key(scope, key.KeyId) },
    { label: 'Key policy', href: back },
    { label: 'Edit' },
  ]
  if (key.KeyManager === 'AWS') {
    return (
      <>
        <PageHeader crumbs={crumbs} title="Edit the key policy" />
        <EmptyState actions={<LinkButton href={back}>View its policy</LinkButton>}>
          <p>{MANAGED_REASON}</p>
        </EmptyState>
      </>
    )
  }
  if (!refusal) {
    return (
      <EditPolicy
        scope={scope}
        reference={reference}
        name={name}
        saved={output.Policy}
        back={back}
        crumbs={crumbs}
        endpoint={endpoint}
      />
    )
  }
  const resource = <KeyName keyId={key.KeyId} alias={aliases[0]?.AliasName} className="align-bottom" />
  return (
    <>
      <PageHeader
        crumbs={crumbs}
        title="Edit the key policy"
        actions={<LinkButton href={back}>Back to the key</LinkButton>}
      />
      {isDenied(refusal) ? (
        <Denied
          size="page"
          refusal={refusal}
          what="You can’t view this key’s policy, so it can’t be edited here."
          resource={resource}
        />
      ) : (
        <ErrorState what="The key policy couldn’t be loaded." refusal={refusal} />
      )}
    </>
  )
}
