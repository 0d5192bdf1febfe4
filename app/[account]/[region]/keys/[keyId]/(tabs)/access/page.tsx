import { Prefetch } from '#app/_frame/prefetch.tsx'
import { KeyAccess } from '#components/access/key-access.tsx'
import { type KeyProps, loadKey, titleOf } from '../../key.ts'
import { ForeignAccess } from './foreign-access.tsx'

export const generateMetadata = ({ params }: KeyProps) => titleOf('Access', params)

export default async function AccessPage({ params }: KeyProps) {
  const loaded = await loadKey(params)
  if (!loaded.key) return null
  const { scope, key, name, foreign, session } = loaded
  // Who can what is for the key's own account to see.
  if (foreign) return <ForeignAccess owner={scope.account} />
  const { KeyId } = key
  return (
    <Prefetch account={scope.account} region={scope.region} reads={[{ name: 'WhoCan', input: { KeyId } }]}>
      <KeyAccess scope={scope} keyId={KeyId} keyName={name} self={session.principal.arn} />
    </Prefetch>
  )
}
