'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useConfirmPassword } from '#components/confirm-password.tsx'
import { useSessionEnded } from '#components/session-ended.tsx'
import { type RefusalView, refusalIn } from '#lib/console/messages.ts'
import { paths } from '#lib/console/paths.ts'
import { fetchJson } from '#lib/console/queries.ts'

export type CredentialDeed =
  | { readonly deed: 'access-key'; readonly user: string }
  | {
      readonly deed: 'new-password' | 'other-password'
      readonly user: string
      readonly password: string
      readonly reset: boolean
    }

type Confirmed = () => Promise<boolean>

/** Posts it, once more after the person's password where the engine asks for that. Throws EngineRefusal. */
export async function makeCredential(form: CredentialDeed, confirmed: Confirmed): Promise<unknown> {
  const ask = () => fetchJson(paths.credential(), { body: form })
  return ask().catch(async (thrown: unknown) => {
    if (refusalIn(thrown).code === 'PasswordNeeded' && (await confirmed())) return ask()
    throw thrown
  })
}

/** Makes a credential for a user. Its answer is handed to `done` and kept nowhere else. */
export function useCredential<T>(done: (answer: T) => void) {
  const [pending, setPending] = useState(false)
  const [refusal, setRefusal] = useState<RefusalView>()
  const confirmed = useConfirmPassword()
  const ended = useSessionEnded()
  const queries = useQueryClient()
  const router = useRouter()

  async function run(form: CredentialDeed) {
    if (pending) return
    setPending(true)
    setRefusal(undefined)
    try {
      // Our own route handler's answer to this deed.
      done((await makeCredential(form, confirmed)) as T)
      await queries.invalidateQueries()
      router.refresh()
    } catch (thrown) {
      const found = refusalIn(thrown)
      if (found.code === 'SessionEnded') ended()
      setRefusal(found)
    }
    setPending(false)
  }

  return { run, pending, refusal }
}
