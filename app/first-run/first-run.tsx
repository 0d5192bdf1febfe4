'use client'

import { useEffect, useState } from 'react'
import { Note } from '#components/ui/hint.tsx'
import { SetupDone } from './setup-done.tsx'
import type { SetupResult } from './setup-fields.ts'
import { SetupForm } from './setup-form.tsx'

// The token of the link, between the first render, which takes it out of the address, and the answer.
let taken: string | undefined

function takeToken(): string {
  const token = window.location.hash.slice(1)
  if (token !== '') {
    taken = token
    // Out of the address bar, its history and anything that is copied from it.
    window.history.replaceState(null, '', window.location.pathname)
  }
  return taken ?? ''
}

/** Set-up: the link's token is read here, in the browser; a fragment never travels to a server by itself. */
export function FirstRun() {
  const [token, setToken] = useState<string>()
  const [done, setDone] = useState<SetupResult>()
  useEffect(() => {
    const take = () => setToken(takeToken())
    take()
    // A link that is pasted into this very tab changes the fragment alone.
    window.addEventListener('hashchange', take)
    return () => window.removeEventListener('hashchange', take)
  }, [])
  if (done) return <SetupDone result={done} />
  return (
    <>
      <h1 className="text-page">Set up Keyhouse</h1>
      <p className="mt-1 max-w-prose text-body text-text2">
        An account, the Regions its keys live in, and the first person who administers it.
      </p>
      {token === '' ? (
        <Note tone="brass" className="mt-5 space-y-1">
          <p className="font-semibold">This page needs the set-up link.</p>
          <p>
            Keyhouse printed it when it started. It can be used once. For a new one, run{' '}
            <code className="text-mono">./keyhouse setup-link</code> where Keyhouse runs.
          </p>
        </Note>
      ) : (
        <SetupForm token={token ?? ''} onDone={setDone} />
      )}
    </>
  )
}
