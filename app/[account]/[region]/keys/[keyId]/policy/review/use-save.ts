'use client'

import { useRouter } from 'next/navigation'
import { dropPolicyDraft } from '#components/policy/policy-draft.ts'
import { useFlash } from '#components/ui/flash.tsx'
import { useAction } from '#components/use-action.ts'
import { paths } from '#lib/console/paths.ts'
import { savePolicy } from '../actions.ts'
import { draftPlaceOf, type PolicyPlace, type SavedPolicy } from '../policy-place.ts'
import { useRestore } from '../use-restore.ts'

type Draft = { readonly text: string; readonly base: string; readonly baseVersion: number }

/** Saves the draft, says so with the way back, and leads to the policy. */
export function useSave(place: PolicyPlace, draft: Draft) {
  const { scope, keyId, reference } = place
  const router = useRouter()
  const flash = useFlash()
  const restore = useRestore(place)
  const mutation = useAction(savePolicy, {
    account: scope.account,
    after: ({ version, eventId }, { policy }) => {
      dropPolicyDraft(draftPlaceOf(place))
      const [now, before]: SavedPolicy[] = [
        { text: policy, version },
        { text: draft.base, version: draft.baseVersion },
      ]
      flash({
        tone: 'verdigris',
        text: `Policy v${version} saved.`,
        links: eventId ? [{ label: 'View event', href: paths.event(scope.account, eventId) }] : [],
        actions: [
          { label: `Restore v${before?.version}`, onClick: () => now && before && restore(before, now) },
        ],
      })
      router.push(paths.key(scope, keyId, 'policy'))
    },
  })
  return {
    ...mutation,
    save: (bypass: boolean) =>
      void mutation.run({
        region: scope.region,
        key: reference,
        policy: draft.text,
        expected: draft.baseVersion,
        bypass,
      }),
  }
}
