'use client'

import { useRouter } from 'next/navigation'
import { usePrincipals } from '#components/create-key/use-principals.ts'
import { Section } from '#components/page-header.tsx'
import { keepPolicyDraft } from '#components/policy/policy-draft.ts'
import { PolicyText } from '#components/policy/policy-text.tsx'
import { StructuredPolicy } from '#components/policy/structured-policy.tsx'
import { paths } from '#lib/console/paths.ts'
import { draftPlaceOf, type PolicyPlace, type SavedPolicy } from '../../policy/policy-place.ts'

type ViewPolicyProps = { place: PolicyPlace; saved: SavedPolicy; editable: boolean }

/** The policy in words and as it is written, beside each other. An edit in words goes to the review. */
export function ViewPolicy({ place, saved, editable }: ViewPolicyProps) {
  const router = useRouter()
  const { scope, keyId } = place
  const people = usePrincipals(scope.account)
  function review(text: string) {
    keepPolicyDraft(draftPlaceOf(place), {
      savedAt: Date.now(),
      text,
      base: saved.text,
      baseVersion: saved.version,
    })
    router.push(paths.reviewPolicy(scope, keyId))
  }
  return (
    <div className="grid grid-cols-1 gap-x-7 xl:grid-cols-2">
      <Section title="Structured">
        <StructuredPolicy
          text={saved.text}
          account={scope.account}
          principals={(people.list ?? []).flatMap(({ arn, kind }) => (kind === 'root' ? [] : [arn]))}
          {...(editable && {
            onEdit: review,
            editAt: (line: number) => paths.editPolicy(scope, keyId, { line: String(line) }),
          })}
        />
      </Section>
      <Section title="JSON">
        <PolicyText text={saved.text} label="Key policy" />
      </Section>
    </div>
  )
}
