import { NewGrant } from '#components/grants/new-grant.tsx'
import { stateReason } from '#components/keys/state-reason.ts'
import { endpointOf, type KeyProps, loadKey, titleOf } from '../../key.ts'
import { NoKey } from '../../no-key.tsx'
import { createGrant } from './actions.ts'

export const generateMetadata = ({ params }: KeyProps) => titleOf('Create grant', params)

export default async function NewGrantPage({ params }: KeyProps) {
  const loaded = await loadKey(params)
  if (!loaded.key) return <NoKey place={loaded} refusal={loaded.refusal} />
  const { scope, key, reference, name, session } = loaded
  return (
    <NewGrant
      place={scope}
      scope={{ account: session.principal.account, region: scope.region }}
      self={session.principal.arn}
      keyId={key.KeyId}
      name={name}
      reference={reference}
      of={{ KeySpec: key.KeySpec, KeyUsage: key.KeyUsage }}
      endpoint={await endpointOf(scope.region)}
      reason={stateReason('createGrant', key.KeyState, key.Arn)}
      create={createGrant}
    />
  )
}
