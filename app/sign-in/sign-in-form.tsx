'use client'

import { signIn } from 'next-auth/react'
import { type FormEvent, useEffect, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Field } from '#components/ui/field.tsx'
import { Note } from '#components/ui/hint.tsx'
import { Input } from '#components/ui/input.tsx'
import { HELP } from '#lib/console/messages.ts'

// One text for every wrong part, so that it tells nothing about which one was right.
const WRONG = 'The account, the user or the password isn’t right.'

type Trouble = { readonly text: string; readonly waitSeconds: number }

/** next-auth carries a refusal as one string: Throttled:12, EngineUnreachable, OriginRefused, or anything else. */
function troubleOf(error: string): Trouble {
  const [code, seconds] = error.split(':')
  if (code === 'Throttled') return { text: WRONG, waitSeconds: Number(seconds) || 30 }
  if (code === 'EngineUnreachable' || code === 'OriginRefused') return { text: HELP[code], waitSeconds: 0 }
  return { text: WRONG, waitSeconds: 0 }
}

function useCountdown(trouble: Trouble | undefined): number {
  const [left, setLeft] = useState(0)
  useEffect(() => {
    setLeft(trouble?.waitSeconds ?? 0)
    if (!trouble?.waitSeconds) return
    const timer = setInterval(() => setLeft((seconds) => Math.max(0, seconds - 1)), 1000)
    return () => clearInterval(timer)
  }, [trouble])
  return left
}

/** `next` is a checked path of this console. */
export function SignInForm({ account, next }: { account: string; next: string }) {
  const [pending, setPending] = useState(false)
  const [trouble, setTrouble] = useState<Trouble>()
  const left = useCountdown(trouble)

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    if (pending || left > 0) return
    const form = new FormData(event.currentTarget)
    const typed = (name: string) => String(form.get(name) ?? '')
    setPending(true)
    try {
      const result = await signIn('credentials', {
        redirect: false,
        account: typed('account'),
        user: typed('user'),
        password: typed('password'),
      })
      // A whole new page: nothing of a former session stays in memory.
      if (result?.ok) return window.location.assign(next)
      setTrouble(troubleOf(result?.error ?? ''))
    } catch {
      setTrouble({ text: HELP.EngineUnreachable, waitSeconds: 0 })
    }
    setPending(false)
  }

  return (
    <form className="mt-5 space-y-4" onSubmit={submit}>
      <Field label="Account" help="Its 12 digits, or its alias.">
        {(control) => (
          <Input
            {...control}
            name="account"
            defaultValue={account}
            autoComplete="organization"
            autoCapitalize="none"
            spellCheck={false}
            autoFocus={account === ''}
            mono
          />
        )}
      </Field>
      <Field label="User">
        {(control) => (
          <Input
            {...control}
            name="user"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            autoFocus={account !== ''}
          />
        )}
      </Field>
      <Field label="Password">
        {(control) => <Input {...control} name="password" type="password" autoComplete="current-password" />}
      </Field>
      {trouble && (
        <Note tone="vermilion" role="alert">
          {trouble.text}
          {left > 0 && (
            // The number moves every second: it is read once, when it appears.
            <span aria-live="off"> Try again in {left}&nbsp;s.</span>
          )}
        </Note>
      )}
      <Button
        type="submit"
        variant="primary"
        size="form"
        pending={pending}
        pendingLabel="Signing in…"
        reason={left > 0 ? `Try again in ${left} s.` : undefined}
      >
        Sign in
      </Button>
    </form>
  )
}
