import { tryAsk } from '#lib/console/engine.ts'
import { type KeyProps, titleOf } from '../../key.ts'
import { NoKey } from '../../no-key.tsx'
import { loadPolicy } from '../load-policy.ts'
import { policyCrumbs } from '../policy-crumbs.ts'
import { PolicyRefused } from '../policy-refused.tsx'
import { PolicyHistory } from './policy-history.tsx'

export const generateMetadata = ({ params }: KeyProps) => titleOf('Policy history', params)

export default async function PolicyHistoryPage({ params }: KeyProps) {
  const found = await loadPolicy(params)
  if ('missing' in found) return <NoKey place={found.missing} refusal={found.missing.refusal} />
  const { loaded, place, saved } = found
  const crumbs = policyCrumbs(place, 'History')
  const first = await tryAsk('ListPolicyVersions', { KeyId: place.reference }, { region: place.scope.region })
  const refusal = found.refusal ?? first.refusal
  if (!saved || refusal || !first.output)
    return refusal && <PolicyRefused place={place} crumbs={crumbs} title="Policy history" refusal={refusal} />
  return (
    <PolicyHistory
      place={place}
      saved={saved}
      first={first.output}
      managed={loaded.key.KeyManager === 'AWS'}
      crumbs={crumbs}
    />
  )
}
