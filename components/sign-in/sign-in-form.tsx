'use client'

import { signIn } from 'next-auth/react'
import { type FormEvent, useEffect, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Field } from '#components/ui/field.tsx'
import { Note } from '#components/ui/hint.tsx'
import { Input } from '#components/ui/input.tsx'
import { WhenReady } from '#components/ui/when-ready.tsx'
import { HELP } from '#lib/console/messages.ts'

// One text for every wrong part, so that it tells nothing about which one was right.
const WRONG = 'The account, the user or the password isn’t right.'

const WRONG_CODE = 'The code isn’t right, or it was used already.'

type Trouble = { readonly text: string; readonly waitSeconds: number }

/** next-auth carries a refusal as one string: Throttled:12, CodeWrong, EngineUnreachable, OriginRefused, anything else. */
function troubleOf(error: string): Trouble {
  const [code, seconds] = error.split(':')
  if (code === 'Throttled') return { text: 'Too many tries.', waitSeconds: Number(seconds) || 30 }
  if (code === 'CodeWrong') return { text: WRONG_CODE, waitSeconds: 0 }
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

/** Comes when the password was right, so that it is where one types next. */
function CodeField() {
  return (
    <Field label="Code" help="The six digits that your device shows, or a recovery code.">
      {(control) => (
        <Input
          {...control}
          name="code"
          autoComplete="one-time-code"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={32}
          autoFocus
          mono
        />
      )}
    </Field>
  )
}

type SignInFormProps = {
  account: string
  /** Set where only this user may go on. */
  user?: string
  onDone: () => void
}

/** Account, user, password, and a code where one is needed. */
export function SignInForm({ account, user, onDone }: SignInFormProps) {
  const [pending, setPending] = useState(false)
  const [trouble, setTrouble] = useState<Trouble>()
  const [needsCode, setNeedsCode] = useState(false)
  const left = useCountdown(trouble)

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    // A portal's events bubble through React to the form behind the dialog.
    event.stopPropagation()
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
        code: typed('code').trim(),
      })
      if (result?.ok) return onDone()
      const error = result?.error ?? ''
      if (error === 'CodeNeeded') {
        setNeedsCode(true)
        setTrouble(undefined)
      } else setTrouble(troubleOf(error))
    } catch {
      setTrouble({ text: HELP.EngineUnreachable, waitSeconds: 0 })
    }
    setPending(false)
  }

  return (
    <form method="post" className="mt-5 space-y-4" onSubmit={submit}>
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
            readOnly={user !== undefined}
            mono
          />
        )}
      </Field>
      <Field label="User">
        {(control) => (
          <Input
            {...control}
            name="user"
            defaultValue={user}
            readOnly={user !== undefined}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            autoFocus={account !== '' && user === undefined}
          />
        )}
      </Field>
      <Field label="Password">
        {(control) => (
          <Input
            {...control}
            name="password"
            type="password"
            autoComplete="current-password"
            autoFocus={user !== undefined}
          />
        )}
      </Field>
      {needsCode && <CodeField />}
      {trouble && (
        <Note tone="vermilion" role="alert">
          {trouble.text}
          {left > 0 && (
            // The number moves every second: it is read once, when it appears.
            <span aria-live="off"> Try again in {left}&nbsp;s.</span>
          )}
        </Note>
      )}
      <WhenReady>
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
      </WhenReady>
    </form>
  )
}
