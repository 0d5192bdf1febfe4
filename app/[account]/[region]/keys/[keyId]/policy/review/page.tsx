import { tryAsk } from '#lib/console/engine.ts'
import { type KeyProps, titleOf } from '../../key.ts'
import { NoKey } from '../../no-key.tsx'
import { loadPolicy } from '../load-policy.ts'
import { policyCrumbs } from '../policy-crumbs.ts'
import { PolicyRefused } from '../policy-refused.tsx'
import { ReviewPolicy } from './review-policy.tsx'

export const generateMetadata = ({ params }: KeyProps) => titleOf('Review policy', params)

export default async function ReviewPolicyPage({ params }: KeyProps) {
  const found = await loadPolicy(params)
  if ('missing' in found) return <NoKey place={found.missing} refusal={found.missing.refusal} />
  const { place, saved, refusal } = found
  const crumbs = policyCrumbs(place, 'Review')
  if (!saved)
    return (
      <PolicyRefused
        place={place}
        crumbs={crumbs}
        title="Review changes to the key policy"
        refusal={refusal}
      />
    )
  const { output } = await tryAsk('Capabilities', {}, { region: place.scope.region })
  return (
    <ReviewPolicy
      place={place}
      saved={saved}
      separated={output?.RequireSeparation ?? false}
      crumbs={crumbs}
    />
  )
}
