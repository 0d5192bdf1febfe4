'use client'

import { Section } from '#components/page-header.tsx'
import { Button } from '#components/ui/button.tsx'
import { Note } from '#components/ui/hint.tsx'
import { useTypedConfirmation } from '../../typed-confirmation.tsx'

type Props = {
  keyId: string
  alias: string | undefined
  pending: boolean
  /** What else must be done first. */
  reason: string | undefined
  onSave: () => void
}

/** Confirmation level 3: saving what its author can’t change again takes the key’s own name, typed. */
export function BypassLockout({ keyId, alias, pending, reason, onSave }: Props) {
  const confirmation = useTypedConfirmation({ keyId, alias, lastUse: undefined })
  return (
    <Section title="Save without the lockout check">
      <form
        method="post"
        className="max-w-form space-y-3"
        onSubmit={(event) => {
          event.preventDefault()
          if (confirmation.confirmed()) onSave()
        }}
      >
        <Note tone="vermilion">
          You couldn’t change this policy after saving it (LOCK-01): somebody else would have to. Keyhouse
          refuses such a policy unless the check is bypassed with BypassPolicyLockoutSafetyCheck, which the
          log records.
        </Note>
        {confirmation.fields}
        <Button
          size="form"
          type="submit"
          variant="danger"
          pending={pending}
          pendingLabel="Saving…"
          reason={reason}
        >
          Save without the lockout check
        </Button>
      </form>
    </Section>
  )
}
