'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useSessionEnded } from '#components/session-ended.tsx'
import { type RefusalView, refusalIn } from '#lib/console/messages.ts'
import type { WizardStep } from '#lib/console/paths.ts'
import { aliasName, type Draft } from './draft.ts'
import type { Made } from './made.ts'
import { createKeyInput } from './requests.ts'
import { type Calls, useWizard } from './wizard-context.tsx'

/** Which call is on its way. */
export type Progress = 'idle' | 'key' | 'alias'

/** Letters of chance; crypto.randomUUID is missing on plain http beyond this machine. */
const newToken = () =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('')

/** The step at which a refusal of CreateKey can be put right; review itself when it is none of the form's. */
export function stepOf({ code, message }: RefusalView): WizardStep {
  if (code === 'MalformedPolicyDocumentException') return 'policy'
  if (code === 'LimitExceededException' && message.includes('policy')) return 'policy'
  if (code === 'TagException') return 'labels'
  if (code === 'UnsupportedOperationException') return 'configure'
  if (code !== 'ValidationException') return 'review'
  if (/'(tags|description)/.test(message)) return 'labels'
  return message.includes("'policy'") ? 'policy' : 'review'
}

/** Names the key that was made. */
async function nameKey(calls: Calls, made: Made, region: string): Promise<Made> {
  try {
    const result = await calls.createAlias({ region, alias: made.alias, keyId: made.keyId })
    return result.ok
      ? { ...made, aliasDone: true, aliasEvent: result.eventId, aliasRefusal: null }
      : { ...made, aliasEvent: result.error.eventId, aliasRefusal: result.error }
  } catch (thrown) {
    return { ...made, aliasRefusal: refusalIn(thrown) }
  }
}

/** CreateKey, then CreateAlias; what happened is told, whichever of them failed. */
export function useCreation() {
  const { setting, owner, draft, setMade, refuse } = useWizard()
  const { calls, scope } = setting
  const [progress, setProgress] = useState<Progress>('idle')
  const running = useRef(false)
  const token = useRef<string>(undefined)
  const ended = useSessionEnded()
  const queries = useQueryClient()

  /** One at a time: a second click while the first is answered does nothing. */
  async function alone(run: () => Promise<void>) {
    if (running.current) return
    running.current = true
    try {
      await run()
    } finally {
      running.current = false
      setProgress('idle')
      await queries.invalidateQueries()
    }
  }

  async function makeKey(from: Draft): Promise<Made | undefined> {
    token.current ??= newToken()
    const result = await calls
      .createKey({ region: scope.region, token: token.current, input: createKeyInput(from, owner) })
      .catch((thrown: unknown) => ({ ok: false, error: refusalIn(thrown) }) as const)
    if (!result.ok) {
      if (result.error.code === 'SessionEnded') ended()
      refuse({ step: stepOf(result.error), refusal: result.error })
      return undefined
    }
    const { KeyId: keyId, Arn: arn } = result.output.KeyMetadata
    return {
      keyId,
      arn,
      keyEvent: result.eventId,
      alias: aliasName(from),
      aliasDone: false,
      aliasEvent: null,
      aliasRefusal: null,
    }
  }

  const create = () =>
    alone(async () => {
      refuse(undefined)
      setProgress('key')
      const made = await makeKey(draft)
      if (!made) return
      setProgress('alias')
      setMade(await nameKey(calls, made, scope.region))
    })

  const retryAlias = (made: Made, alias: string) =>
    alone(async () => {
      setProgress('alias')
      setMade(await nameKey(calls, { ...made, alias }, scope.region))
    })

  return { progress, create, retryAlias }
}
