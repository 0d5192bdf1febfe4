'use client'

import {
  createContext,
  type FormEvent,
  type ReactNode,
  useCallback,
  useContext,
  useRef,
  useState,
} from 'react'
import { type RefusalView, refusalIn } from '#lib/console/messages.ts'
import { paths } from '#lib/console/paths.ts'
import { fetchJson } from '#lib/console/queries.ts'
import { MutationError } from './states.tsx'
import { Button } from './ui/button.tsx'
import { Dialog } from './ui/dialog.tsx'
import { Field } from './ui/field.tsx'
import { Input } from './ui/input.tsx'

type Confirm = () => Promise<boolean>

const Confirmed = createContext<Confirm>(async () => false)

/** Asks for the password over whatever is on screen; gives whether it was right. Nothing typed behind it is lost. */
export const useConfirmPassword = () => useContext(Confirmed)

export function ConfirmPasswordProvider({ children }: { children: ReactNode }) {
  const [open, setOpen] = useState(false)
  const waiting = useRef<(right: boolean) => void>(undefined)
  const confirm = useCallback<Confirm>(() => {
    setOpen(true)
    return new Promise((resolve) => {
      waiting.current = resolve
    })
  }, [])
  function settle(right: boolean) {
    setOpen(false)
    waiting.current?.(right)
    waiting.current = undefined
  }
  return (
    <Confirmed value={confirm}>
      {children}
      <Dialog
        open={open}
        onOpenChange={(now) => !now && settle(false)}
        title="Confirm your password"
        description="You signed in more than five minutes ago, and this takes something away from others."
      >
        {open && <PasswordForm onRight={() => settle(true)} onCancel={() => settle(false)} />}
      </Dialog>
    </Confirmed>
  )
}

function PasswordForm({ onRight, onCancel }: { onRight: () => void; onCancel: () => void }) {
  const [pending, setPending] = useState(false)
  const [refusal, setRefusal] = useState<RefusalView>()

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    // A portal's events bubble through React to the form behind the dialog.
    event.stopPropagation()
    const password = String(new FormData(event.currentTarget).get('password') ?? '')
    setPending(true)
    try {
      await fetchJson(paths.confirm(), { body: { password } })
      onRight()
    } catch (thrown) {
      setRefusal(refusalIn(thrown))
      setPending(false)
    }
  }

  return (
    <form method="post" className="space-y-4" onSubmit={submit}>
      <Field label="Password">
        {(control) => (
          <Input
            {...control}
            name="password"
            type="password"
            autoComplete="current-password"
            required
            autoFocus
          />
        )}
      </Field>
      {refusal && <MutationError refusal={refusal} />}
      <div className="flex justify-end gap-2">
        <Button size="form" onClick={onCancel}>
          Cancel
        </Button>
        <Button type="submit" size="form" variant="primary" pending={pending} pendingLabel="Checking…">
          Confirm
        </Button>
      </div>
    </form>
  )
}
