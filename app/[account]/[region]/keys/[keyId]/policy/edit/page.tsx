import { Denied } from '#components/denied.tsx'
import { KeyName } from '#components/key-name.tsx'
import { MANAGED_REASON } from '#components/keys/key-kind.ts'
import { PageHeader } from '#components/page-header.tsx'
import { EmptyState, ErrorState } from '#components/states.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { isDenied } from '#lib/console/messages.ts'
import { paths } from '#lib/console/paths.ts'
import { type KeyProps, titleOf } from '../../key.ts'
import { NoKey } from '../../no-key.tsx'
import { loadPolicy, mayChange } from '../load-policy.ts'
import { policyCrumbs } from '../policy-crumbs.ts'
import { EditPolicy } from './edit-policy.tsx'
import { OwnSimulation } from './own-simulation.tsx'

export const generateMetadata = ({ params }: KeyProps) => titleOf('Edit policy', params)

type Props = KeyProps & { searchParams: Promise<{ line?: string }> }

export default async function EditPolicyPage({ params, searchParams }: Props) {
  const found = await loadPolicy(params)
  if ('missing' in found) return <NoKey place={found.missing} refusal={found.missing.refusal} />
  const { loaded, place, saved, refusal } = found
  const { key } = loaded
  const back = paths.key(place.scope, place.keyId, 'policy')
  const crumbs = policyCrumbs(place, 'Edit')
  const header = (
    <PageHeader
      crumbs={crumbs}
      title="Edit the key policy"
      actions={<LinkButton href={back}>Back to the key</LinkButton>}
    />
  )
  if (key.KeyManager === 'AWS') {
    return (
      <>
        {header}
        <EmptyState actions={<LinkButton href={back}>View its policy</LinkButton>}>
          <p>{MANAGED_REASON}</p>
        </EmptyState>
      </>
    )
  }
  if (saved) {
    const line = Number((await searchParams).line)
    return (
      <EditPolicy
        place={place}
        saved={saved}
        may={await mayChange(place)}
        line={Number.isInteger(line) && line > 0 ? line : undefined}
        crumbs={crumbs}
      />
    )
  }
  const resource = <KeyName keyId={key.KeyId} alias={place.alias} className="align-bottom" />
  return (
    <>
      {header}
      {isDenied(refusal) ? (
        <>
          <Denied
            size="page"
            refusal={refusal}
            what="You can’t view this key’s policy, so it can’t be edited here."
            resource={resource}
          />
          <OwnSimulation place={place} />
        </>
      ) : (
        <ErrorState what="The key policy couldn’t be loaded." refusal={refusal} />
      )}
    </>
  )
}
