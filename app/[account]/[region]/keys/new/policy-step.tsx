'use client'

import { policyOf, withPolicy } from '#components/create-key/policy-people.ts'
import { RefusedHere } from '#components/create-key/refused-here.tsx'
import { useDraftFindings } from '#components/create-key/use-preview.ts'
import { useWizard } from '#components/create-key/wizard-context.tsx'
import { StepForm } from '#components/create-key/wizard-shell.tsx'
import { Button } from '#components/ui/button.tsx'
import { Hint, Note } from '#components/ui/hint.tsx'
import { PolicyArea } from './policy-area.tsx'

/** Step 5: the policy that the people of steps 3 and 4 make, to be read, and edited where it must differ. */
export function PolicyStep() {
  const { draft, update, owner } = useWizard()
  const findings = useDraftFindings()
  return (
    <StepForm>
      <RefusedHere />
      <Hint>
        The key policy decides who manages and who uses the key. It was made from the people you chose; edit
        it only for what those choices can’t say.
      </Hint>
      {draft.policy !== null && (
        <Note tone="brass" className="flex max-w-form flex-wrap items-center gap-x-3 gap-y-1">
          <span>
            This policy was edited. Changing people in steps 3 and 4 edits only the generated statements.
          </span>
          <Button onClick={() => update((now) => ({ ...now, policy: null }))}>
            Restore the generated policy
          </Button>
        </Note>
      )}
      <PolicyArea
        value={policyOf(draft, owner)}
        findings={findings}
        onChange={(text) => update((now) => withPolicy(now, text, owner))}
      />
    </StepForm>
  )
}
