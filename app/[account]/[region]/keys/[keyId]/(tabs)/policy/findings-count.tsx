'use client'

import { countsOf } from '#components/policy/findings.ts'
import { useFindings } from '#components/policy/use-findings.ts'
import type { PolicyPlace } from '../../policy/policy-place.ts'

/** How many things the checks find about the policy in force. Where they can’t be asked, nothing is claimed. */
export function FindingsCount({ place, text }: { place: PolicyPlace; text: string }) {
  const { scope, reference } = place
  const lint = {
    account: scope.account,
    region: scope.region,
    kind: 'key',
    about: { KeyId: reference },
  } as const
  const { findings, settled, refusal } = useFindings(text, lint)
  if (refusal) return null
  return <span> · {settled ? `checks: ${countsOf(findings)}` : 'checking…'}</span>
}
