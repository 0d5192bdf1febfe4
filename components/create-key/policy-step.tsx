'use client'

import { Button } from '#components/ui/button.tsx'
import { Hint, Note } from '#components/ui/hint.tsx'
import { formatNumber } from '#lib/console/format.ts'
import { MAX_KEY_POLICY_BYTES } from '#lib/domain/policy-grammar.ts'
import { policyFindings } from './policy-findings.ts'
import { policyOf, withPolicy } from './policy-people.ts'
import { PolicyArea } from './policy-area.tsx'
import { RefusedHere } from './refused-here.tsx'
import { policyBytes } from './step-faults.ts'
import { useWizard } from './wizard-context.tsx'
import { StepForm } from './wizard-shell.tsx'

/** Step 5: the policy that the people of steps 3 and 4 make, to be read, and edited where it must differ. */
export function PolicyStep() {
  const { draft, update, owner, principals } = useWizard()
  const policy = policyOf(draft, owner)
  const findings = policyFindings(policy, owner, principals.known)
  const edited = draft.policy !== null
  return (
    <StepForm>
      <RefusedHere />
      <Hint>
        The key policy decides who manages and who uses the key. It was made from the people you chose; edit it only for what those choices can’t say.
      </Hint>
      {edited && (
        <Note tone="brass" className="flex max-w-form flex-wrap items-center gap-x-3 gap-y-1">
          <span>This policy was edited. Changing people in steps 3 and 4 edits only the generated statements.</span>
          <Button onClick={() => update((now) => ({ ...now, policy: null }))}>Restore the generated policy</Button>
        </Note>
      )}
      <PolicyArea
        value={policy}
        findings={findings}
        onChange={(text) => update((now) => withPolicy(now, text, owner))}
        size={<PolicySize bytes={policyBytes(policy)} />}
      />
    </StepForm>
  )
}

const AMBER = 0.8

/** 2,914 of 32,768 bytes: amber from four fifths on. */
function PolicySize({ bytes }: { bytes: number }) {
  const colour = bytes > MAX_KEY_POLICY_BYTES ? 'text-vermilion' : bytes > AMBER * MAX_KEY_POLICY_BYTES ? 'text-brass' : 'text-text2'
  return (
    <span className={colour}>
      {formatNumber(bytes)} of {formatNumber(MAX_KEY_POLICY_BYTES)} bytes
    </span>
  )
}
