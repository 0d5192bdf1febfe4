'use client'

import { type FormEvent, useState } from 'react'
import { useSessionEnded } from '#components/session-ended.tsx'
import { MutationError } from '#components/states.tsx'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { type RefusalView, refusalIn } from '#lib/console/messages.ts'
import { paths } from '#lib/console/paths.ts'
import { switchRole } from './identity-actions.ts'

/** Asks which role, and opens a session of it on this browser. `role` may be an ARN. */
export function SwitchRoleDialog({ role = '', onClose }: { role?: string; onClose: () => void }) {
  const [pending, setPending] = useState(false)
  const [refusal, setRefusal] = useState<RefusalView>()
  const ended = useSessionEnded()

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    // A portal's events bubble through React to the form behind the dialog.
    event.stopPropagation()
    const form = new FormData(event.currentTarget)
    const typed = (name: string) => String(form.get(name) ?? '')
    setPending(true)
    setRefusal(undefined)
    try {
      const result = await switchRole({ role: typed('role'), account: typed('account') })
      // A whole new page: nothing of the former identity stays in memory.
      if (result.ok) return window.location.assign(paths.home())
      if (result.error.code === 'SessionEnded') ended()
      setRefusal(result.error)
    } catch (thrown) {
      setRefusal(refusalIn(thrown))
    }
    setPending(false)
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Switch role"
      description="You act as the role until you switch back. Its trust policy and your own policies decide."
    >
      <form method="post" className="space-y-4" onSubmit={submit}>
        <Field label="Role" help="Its name, or its ARN.">
          {(control) => (
            <Input
              {...control}
              name="role"
              defaultValue={role}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              mono
              autoFocus
            />
          )}
        </Field>
        <Field label="Account" help="12 digits or an alias, where the role is in another account." optional>
          {(control) => (
            <Input
              {...control}
              name="account"
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              mono
            />
          )}
        </Field>
        {refusal && <MutationError refusal={refusal} what="The role was not switched to." />}
        <div className="flex justify-end gap-2">
          <Button size="form" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" size="form" variant="primary" pending={pending} pendingLabel="Switching…">
            Switch role
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
