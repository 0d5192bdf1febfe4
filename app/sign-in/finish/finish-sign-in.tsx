'use client'

import type { FormEvent } from 'react'
import { ChangePassword } from '#components/sign-in/change-password.tsx'
import { SetUpFactor } from '#components/sign-in/set-up-factor.tsx'
import { useOwnSignIn } from '#components/sign-in/use-own-sign-in.ts'
import { MutationError } from '#components/states.tsx'
import { Button } from '#components/ui/button.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { WhenReady } from '#components/ui/when-ready.tsx'
import type { Duty } from '#lib/console/session.ts'

/** A whole new page: the server says what comes next. */
const reload = () => window.location.reload()

function ShowFactor() {
  const { run, pending, refusal } = useOwnSignIn(reload)
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const code = String(new FormData(event.currentTarget).get('code') ?? '').trim()
    void run({ deed: 'show-factor', code })
  }
  return (
    <form method="post" className="space-y-4" onSubmit={submit}>
      <Field label="Code" help="The six digits that your device shows, or a recovery code.">
        {(control) => (
          <Input
            {...control}
            name="code"
            autoComplete="one-time-code"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={32}
            mono
          />
        )}
      </Field>
      {refusal && <MutationError refusal={refusal} />}
      <WhenReady>
        <Button type="submit" size="form" variant="primary" pending={pending} pendingLabel="Checking…">
          Go on
        </Button>
      </WhenReady>
    </form>
  )
}

/** What is due, and nothing else. */
export function FinishSignIn({ duty, who }: { duty: Duty; who: string }) {
  if (duty === 'new-password') return <ChangePassword onDone={reload} />
  if (duty === 'set-up-factor') return <SetUpFactor who={who} onDone={reload} />
  return <ShowFactor />
}
