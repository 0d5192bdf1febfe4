import { CreateGrantLink, KeyGrants } from '#components/grants/key-grants.tsx'
import { listInput } from '#components/grants/list-input.ts'
import { stateReason } from '#components/keys/state-reason.ts'
import { ShowAsCode } from '#components/show-as-code.tsx'
import { tryAsk } from '#lib/console/engine.ts'
import { paths } from '#lib/console/paths.ts'
import { snippetsFor } from '#lib/console/snippets.ts'
import { retireGrant, revokeGrant } from '../../../../grants/actions.ts'
import { endpointOf, type KeyProps, loadKey, titleOf } from '../../key.ts'

type Query = { grantee?: string | string[]; grant?: string | string[] }
type Props = KeyProps & { searchParams: Promise<Query> }

export const generateMetadata = ({ params }: KeyProps) => titleOf('Grants', params)

const text = (value: string | string[] | undefined) => (typeof value === 'string' ? value : '')

export default async function GrantsPage({ params, searchParams }: Props) {
  const loaded = await loadKey(params)
  if (!loaded.key) return null
  const { scope, key, reference, session } = loaded
  const { grantee, grant } = await searchParams
  // Names typed short are the viewer's own account's.
  const own = { account: session.principal.account, region: scope.region }
  const input = listInput(reference, { grantee: text(grantee), grant: text(grant) }, own)
  const [first, endpoint] = await Promise.all([
    tryAsk('ListGrants', input, { region: scope.region }),
    endpointOf(scope.region),
  ])
  return (
    <KeyGrants
      scope={own}
      self={session.principal.arn}
      reference={reference}
      aliases={loaded.aliases.map(({ AliasName }) => AliasName)}
      first={{ ...first, input }}
      calls={{ revoke: revokeGrant, retire: retireGrant }}
      create={
        <CreateGrantLink
          href={paths.newGrant(scope, key.KeyId)}
          reason={stateReason('createGrant', key.KeyState, key.Arn)}
        />
      }
      asCode={
        <ShowAsCode
          snippets={snippetsFor([{ name: 'ListGrants', input: { KeyId: reference } }], {
            endpoint,
            region: scope.region,
          })}
        />
      }
    />
  )
}
