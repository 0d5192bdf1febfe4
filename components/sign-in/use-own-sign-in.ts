'use client'

import { useState } from 'react'
import { type RefusalView, refusalIn } from '#lib/console/messages.ts'
import { paths } from '#lib/console/paths.ts'
import { fetchJson } from '#lib/console/queries.ts'
import { useConfirmPassword } from '../confirm-password.tsx'
import { useSessionEnded } from '../session-ended.tsx'

export type OwnDeed =
  | { readonly deed: 'create-factor' }
  | {
      readonly deed: 'enable-factor'
      readonly AuthenticationCode1: string
      readonly AuthenticationCode2: string
    }
  | { readonly deed: 'remove-factor'; readonly SerialNumber: string }
  | { readonly deed: 'recovery-codes' }
  | { readonly deed: 'show-factor'; readonly code: string }
  | { readonly deed: 'change-password'; readonly password: string; readonly next: string }

/** Changes how one signs in; asks for the password again where the engine wants it, and then once more. */
export function useOwnSignIn<T>(done: (answer: T) => void) {
  const [pending, setPending] = useState(false)
  const [refusal, setRefusal] = useState<RefusalView>()
  const confirmed = useConfirmPassword()
  const ended = useSessionEnded()

  async function run(form: OwnDeed) {
    const ask = () => fetchJson(paths.ownSignIn(), { body: form })
    setPending(true)
    setRefusal(undefined)
    try {
      const answer = await ask().catch(async (thrown: unknown) => {
        if (refusalIn(thrown).code === 'PasswordNeeded' && (await confirmed())) return ask()
        throw thrown
      })
      // Our own route handler's answer to this deed.
      done(answer as T)
    } catch (thrown) {
      const found = refusalIn(thrown)
      if (found.code === 'SessionEnded') ended()
      setRefusal(found)
    }
    setPending(false)
  }

  return { run, pending, refusal }
}
