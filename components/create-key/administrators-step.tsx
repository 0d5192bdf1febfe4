'use client'

import { Button } from '#components/ui/button.tsx'
import { Checkbox } from '#components/ui/checkbox.tsx'
import { Hint, Note } from '#components/ui/hint.tsx'
import { EditedPolicyNote } from './edited-policy-note.tsx'
import { PrincipalPicker } from './principal-picker.tsx'
import { usePeople } from './use-people.ts'
import { useWizard } from './wizard-context.tsx'
import { StepForm } from './wizard-shell.tsx'

const STRICT_WORDS =
  'Names each action of an administrator instead of wildcards, leaves out kms:CreateGrant, and denies administrators the use of the key. They could still change the policy; then they must remove that Deny first, and the log has it.'

/** Step 3: who manages the key. Nobody is a choice too. */
export function AdministratorsStep() {
  const { setting } = useWizard()
  const { people, readable, change } = usePeople()
  const { administrators, allowDeletion, strict } = people
  return (
    <StepForm>
      <Hint>
        Administrators manage the key. They can’t encrypt or decrypt with it. They can change the policy, so
        they could give themselves use; that change is logged and shown.
      </Hint>
      <EditedPolicyNote readable={readable} />
      {readable && (
        <>
          <PrincipalPicker
            label="Key administrators"
            chosen={administrators}
            onChange={(arns) => change({ administrators: arns })}
          />
          {administrators.length === 0 && (
            <Note tone="brass" className="max-w-form">
              Nobody is chosen. The key is then managed by whoever an identity policy of this account allows,
              through the policy’s account statement.
            </Note>
          )}
          {administrators.length > 0 && !administrators.includes(setting.self) && (
            <p className="flex max-w-form flex-wrap items-center gap-x-3 gap-y-1 text-table text-text2">
              You aren’t among the administrators.
              <Button onClick={() => change({ administrators: [...administrators, setting.self] })}>
                Add yourself
              </Button>
            </p>
          )}
          <Checkbox
            label="Allow administrators to delete this key"
            help="Deletion waits 7 to 30 days and can be cancelled until then."
            checked={allowDeletion}
            onChange={(event) => change({ allowDeletion: event.target.checked })}
          />
          <Checkbox
            label="Strict separation"
            help={setting.requireSeparation ? `${STRICT_WORDS} This installation requires it.` : STRICT_WORDS}
            checked={strict}
            disabled={setting.requireSeparation}
            onChange={(event) => change({ strict: event.target.checked })}
          />
        </>
      )}
    </StepForm>
  )
}
