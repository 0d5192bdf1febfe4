'use client'

import { type FormEvent, useState } from 'react'
import { MutationError } from '#components/states.tsx'
import { Button } from '#components/ui/button.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { WhenReady } from '#components/ui/when-ready.tsx'
import { passwordFault } from '#lib/domain/password-rules.ts'
import { useOwnSignIn } from './use-own-sign-in.ts'

/** A new password for whoever is signed in. */
export function ChangePassword({ onDone }: { onDone: () => void }) {
  const [fault, setFault] = useState<string>()
  const { run, pending, refusal } = useOwnSignIn(onDone)

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const typed = (name: string) => String(form.get(name) ?? '')
    const found =
      passwordFault(typed('next')) ??
      (typed('next') === typed('again') ? undefined : 'The two new passwords differ.')
    setFault(found)
    if (found === undefined)
      void run({ deed: 'change-password', password: typed('password'), next: typed('next') })
  }

  return (
    <form method="post" className="space-y-4" onSubmit={submit}>
      <Field label="Present password">
        {(control) => <Input {...control} name="password" type="password" autoComplete="current-password" />}
      </Field>
      <Field label="New password" help="At least 15 characters. A few words are easy to keep." error={fault}>
        {(control) => <Input {...control} name="next" type="password" autoComplete="new-password" />}
      </Field>
      <Field label="New password again">
        {(control) => <Input {...control} name="again" type="password" autoComplete="new-password" />}
      </Field>
      {refusal && <MutationError refusal={refusal} what="The password was not changed." />}
      <WhenReady>
        <Button type="submit" size="form" variant="primary" pending={pending} pendingLabel="Changing…">
          Change password
        </Button>
      </WhenReady>
    </form>
  )
}
