'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useCallback, useRef, useState } from 'react'
import { type ActionResult, type RefusalView, refusalIn } from '#lib/console/messages.ts'
import { paths } from '#lib/console/paths.ts'
import { useConfirmPassword } from './confirm-password.tsx'
import { useSessionEnded } from './session-ended.tsx'
import { type Flash, useFlash } from './ui/flash.tsx'

type Options<F, T> = {
  /** Whose log the event is in. */
  account: string
  /** What was done, as a sentence: "alias/payments is disabled." Nothing is said when it gives nothing. */
  done?: (output: T, form: F) => string | undefined
  /** The inverse, where there is one: adds "Undo (Enable)" to the flash line. */
  undo?: { label: string; run: (form: F) => void }
  /** After the flash: navigate, close a dialog, clear a form. */
  after?: (output: T, form: F) => void
}

export type Mutation<F> = {
  readonly run: (form: F) => Promise<void>
  readonly pending: boolean
  /** Shown beside the control; what was typed stays. */
  readonly refusal: RefusalView | undefined
  readonly reset: () => void
}

/**
 * Runs a server action once at a time: locks, flashes with a link to its event, refreshes what is on screen. Nothing
 * is drawn as changed before the server has said so.
 */
export function useAction<F, T>(
  action: (form: F) => Promise<ActionResult<T>>,
  options: Options<F, T>,
): Mutation<F> {
  const [pending, setPending] = useState(false)
  const [refusal, setRefusal] = useState<RefusalView>()
  const running = useRef(false)
  const flash = useFlash()
  const ended = useSessionEnded()
  const confirmed = useConfirmPassword()
  const queries = useQueryClient()
  const router = useRouter()

  async function run(form: F) {
    if (running.current) return
    running.current = true
    setPending(true)
    setRefusal(undefined)
    try {
      let result = await action(form)
      // The same request once more, after the person proved again who they are.
      if (!result.ok && result.error.code === 'PasswordNeeded' && (await confirmed()))
        result = await action(form)
      if (!result.ok) {
        if (result.error.code === 'SessionEnded') ended()
        return setRefusal(result.error)
      }
      const text = options.done?.(result.output, form)
      if (text) flash(flashOf(text, result.eventId, options, form))
      await queries.invalidateQueries()
      router.refresh()
      options.after?.(result.output, form)
    } catch (thrown) {
      // The action itself gives refusals as values: this is the network between us and the console.
      setRefusal(refusalIn(thrown))
    } finally {
      running.current = false
      setPending(false)
    }
  }

  return { run, pending, refusal, reset: useCallback(() => setRefusal(undefined), []) }
}

function flashOf<F, T>(text: string, eventId: string | null, options: Options<F, T>, form: F): Flash {
  const { undo } = options
  return {
    tone: 'verdigris',
    text,
    links: eventId ? [{ label: 'View event', href: paths.event(options.account, eventId) }] : [],
    actions: undo ? [{ label: `Undo (${undo.label})`, onClick: () => undo.run(form) }] : [],
  }
}
