import { notFound } from 'next/navigation'
import { tryAsk } from '#lib/console/engine.ts'
import { paths } from '#lib/console/paths.ts'
import { type KeyParams, titleOf } from '../../../key.ts'
import { NoKey } from '../../../no-key.tsx'
import { loadPolicy } from '../../load-policy.ts'
import { policyCrumbs } from '../../policy-crumbs.ts'
import { PolicyRefused } from '../../policy-refused.tsx'
import { OneVersion } from './one-version.tsx'

type Props = { params: Promise<KeyParams & { version: string }> }

export async function generateMetadata({ params }: Props) {
  const { version } = await params
  return titleOf(`Policy v${version}`, params)
}

export default async function PolicyVersionPage({ params }: Props) {
  const Version = Number((await params).version)
  if (!Number.isInteger(Version) || Version < 1) notFound()
  const found = await loadPolicy(params)
  if ('missing' in found) return <NoKey place={found.missing} refusal={found.missing.refusal} />
  const { loaded, place, saved } = found
  const { scope, keyId, reference } = place
  const history = { label: 'History', href: paths.policyHistory(scope, keyId) }
  const crumbs = [...policyCrumbs(place), history, { label: `v${Version}` }]
  const { output, refusal } = await tryAsk(
    'GetPolicyVersion',
    { KeyId: reference, Version },
    { region: scope.region },
  )
  if (!saved || !output)
    return (
      <PolicyRefused
        place={place}
        crumbs={crumbs}
        title={`Key policy v${Version}`}
        // One of the two is why.
        refusal={
          found.refusal ??
          refusal ?? { code: 'NotFoundException', message: '', requestId: null, eventId: null }
        }
      />
    )
  return (
    <OneVersion
      place={place}
      saved={saved}
      version={output}
      managed={loaded.key.KeyManager === 'AWS'}
      crumbs={crumbs}
    />
  )
}
