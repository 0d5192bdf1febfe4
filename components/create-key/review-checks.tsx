'use client'

import { FindingsPanel } from '#components/policy/findings-panel.tsx'
import type { Findings } from '#components/policy/use-findings.ts'
import { policyOf } from './policy-people.ts'
import { useWizard } from './wizard-context.tsx'

/** Findings of the drafted policy, and whether whoever creates the key could change it afterwards. */
export function ReviewChecks({ state }: { state: Findings }) {
  const { draft, owner } = useWizard()
  return (
    <div className="mb-7 max-w-form">
      <FindingsPanel title="Findings" text={policyOf(draft, owner)} state={state} />
      <p className="py-2 text-table" role="status">
        You will be able to change this policy: <span className="font-medium">{lockoutWords(state)}</span>
      </p>
    </div>
  )
}

/** LOCK-01: whoever saves the policy could not change it again. */
function lockoutWords({ findings, settled, refusal }: Findings): string {
  if (refusal) return 'not known. Keyhouse checks it again when it creates the key.'
  if (!settled) return 'checking…'
  return findings.some(({ Id }) => Id === 'LOCK-01') ? 'no' : 'yes'
}

/** Why the key cannot be created, as far as its policy goes. */
export function blockedBy({ findings }: Findings, requireSeparation: boolean): string | undefined {
  const blocking = findings.find(
    ({ Id, Severity }) => Severity === 'error' || (requireSeparation && Id === 'SOD-01'),
  )
  return blocking && `Put right first: ${blocking.Message} (${blocking.Id})`
}
