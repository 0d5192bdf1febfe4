'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useConfirmPassword } from '#components/confirm-password.tsx'
import { useSessionEnded } from '#components/session-ended.tsx'
import { type ActionResult, type RefusalView, refusalIn } from '#lib/console/messages.ts'
import type { CodeRequest } from '#lib/console/snippets.ts'
import { changeIdentity } from '../actions.ts'
import { type CredentialDeed, makeCredential } from './use-credential.ts'

/** One of several requests that belong together. */
export type Step = {
  /** "Add to payments": said of it when it fails. */
  readonly label: string
  /** What is shown as code, and sent unless there is a credential. */
  readonly request: CodeRequest
  /** Sent instead: a password goes another way. */
  readonly credential?: CredentialDeed
}

export type Steps = {
  readonly run: (steps: readonly Step[]) => Promise<void>
  readonly pending: boolean
  /** How many were done; the next one was refused. */
  readonly done: number
  readonly failed: { readonly label: string; readonly refusal: RefusalView } | undefined
}

/**
 * Sends requests one after another and stops at the first that is refused; when it is run again it goes on there. AWS
 * has no request that makes a user with everything.
 */
export function useSteps(onDone: () => void): Steps {
  const [pending, setPending] = useState(false)
  const [done, setDone] = useState(0)
  const [failed, setFailed] = useState<Steps['failed']>()
  const at = useRef(0)
  const confirmed = useConfirmPassword()
  const ended = useSessionEnded()
  const queries = useQueryClient()

  async function send({ request, credential }: Step): Promise<RefusalView | undefined> {
    try {
      if (credential) {
        await makeCredential(credential, confirmed)
        return undefined
      }
      let result: ActionResult<unknown> = await changeIdentity(request)
      if (!result.ok && result.error.code === 'PasswordNeeded' && (await confirmed()))
        result = await changeIdentity(request)
      return result.ok ? undefined : result.error
    } catch (thrown) {
      return refusalIn(thrown)
    }
  }

  async function run(steps: readonly Step[]) {
    if (pending) return
    setPending(true)
    setFailed(undefined)
    for (const step of steps.slice(at.current)) {
      const refusal = await send(step)
      if (refusal) {
        if (refusal.code === 'SessionEnded') ended()
        setFailed({ label: step.label, refusal })
        setPending(false)
        return
      }
      at.current += 1
      setDone(at.current)
    }
    await queries.invalidateQueries()
    setPending(false)
    onDone()
  }

  return { run, pending, done, failed }
}
