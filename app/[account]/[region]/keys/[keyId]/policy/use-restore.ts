'use client'

import { useRouter } from 'next/navigation'
import { keepPolicyDraft } from '#components/policy/policy-draft.ts'
import { paths } from '#lib/console/paths.ts'
import { draftPlaceOf, type PolicyPlace, type SavedPolicy } from './policy-place.ts'

/** Opens the review with an earlier version as the draft: nothing is restored before it was looked at. */
export function useRestore(place: PolicyPlace) {
  const router = useRouter()
  return (earlier: SavedPolicy, inForce: SavedPolicy) => {
    keepPolicyDraft(draftPlaceOf(place), {
      savedAt: Date.now(),
      text: earlier.text,
      base: inForce.text,
      baseVersion: inForce.version,
      origin: `Restores v${earlier.version}`,
    })
    router.push(paths.reviewPolicy(place.scope, place.keyId))
  }
}
