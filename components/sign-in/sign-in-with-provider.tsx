'use client'

import { signIn } from 'next-auth/react'
import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Note } from '#components/ui/hint.tsx'
import { WhenReady } from '#components/ui/when-ready.tsx'
import { HELP } from '#lib/console/messages.ts'

/** What the engine refused, by its code; the rest is the provider's, or happened on the way. */
const REFUSED: Record<string, (name: string) => string> = {
  AccessDeniedException: (name) =>
    `${name} knows you, but the role that people get here does not let you in (Not authorized to perform sts:AssumeRoleWithWebIdentity). Ask an administrator.`,
  ExpiredIdentityTokenException: (name) =>
    `What ${name} said of you has expired already. Perhaps a clock is wrong: its own, or this server’s.`,
  IDPRejectedClaim: (name) =>
    `What ${name} said of you is not valid yet. Perhaps a clock is wrong: its own, or this server’s.`,
  IDPCommunicationError: (name) =>
    `The engine cannot get the keys of ${name}. Try again; if it stays so, tell an administrator.`,
  InvalidIdentityToken: (name) =>
    `The engine does not accept what ${name} said of you. An administrator finds why in the audit log, with ConsoleLogin.`,
  EngineUnreachable: () => HELP.EngineUnreachable,
  OAuthSignin: (name) => `${name} cannot be reached. Try again; if it stays so, tell an administrator.`,
}

/** next-auth has one word for a provider that says no and for a way back that comes too late or does not fit. */
const notFinished = (name: string) =>
  `${name} did not let you in, or the way back from it took too long. Try again; if it stays so, tell an administrator.`

function wordsOf(error: string, name: string): string {
  const [code = '', seconds] = error.split(':')
  if (code === 'Throttled') return `Too many tries. Wait ${Number(seconds) || 30} seconds, then try again.`
  const words = Object.hasOwn(REFUSED, code) ? REFUSED[code] : undefined
  return (words ?? notFinished)(name)
}

type SignInWithProviderProps = {
  name: string
  /** A checked path of this console. */
  next: string
  /** Somebody is signed in here: the provider asks who it is, and for proof, though it may remember. */
  again: boolean
  /** Why the last try came back. */
  error?: string
}

/** The way in by the installation's identity provider. */
export function SignInWithProvider({ name, next, again, error }: SignInWithProviderProps) {
  const [pending, setPending] = useState(false)
  const [lost, setLost] = useState(false)
  async function go() {
    setPending(true)
    try {
      const callbackUrl = new URL(next, window.location.origin).href
      await signIn('oidc', { callbackUrl }, again ? { prompt: 'login' } : undefined)
    } catch {
      setLost(true)
      setPending(false)
    }
  }
  const trouble = lost ? HELP.EngineUnreachable : error && wordsOf(error, name)
  return (
    <div className="mt-8 space-y-4 border-t border-line pt-4">
      {trouble && (
        <Note tone="vermilion" role="alert">
          {trouble}
        </Note>
      )}
      <WhenReady>
        <Button size="form" pending={pending} pendingLabel={`Going to ${name}…`} onClick={() => void go()}>
          Sign in with {name}
        </Button>
      </WhenReady>
    </div>
  )
}
