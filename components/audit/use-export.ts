'use client'

import { useState } from 'react'
import { type RefusalView, refusalIn } from '#lib/console/messages.ts'
import { type EventsExport, paths } from '#lib/console/paths.ts'
import { fetchJson } from '#lib/console/queries.ts'
import type { ExportCheck } from '#lib/domain/events-export.ts'

/** Lets the browser save an answer that says of itself that it is a file. */
function save(address: string): void {
  const link = document.createElement('a')
  link.href = address
  link.download = ''
  link.click()
}

export type Exporting = {
  /** Asks first whether it can be, so that a refusal is said here and not saved as a file. */
  readonly start: (question: EventsExport) => void
  readonly busy: boolean
  readonly refusal: RefusalView | undefined
  /** The question of the file that is being saved: pinned, so that the manifest is of the same events. */
  readonly started: EventsExport | undefined
}

export function useExport(): Exporting {
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<RefusalView>()
  const [started, setStarted] = useState<EventsExport>()

  async function start(question: EventsExport): Promise<void> {
    setBusy(true)
    setRefusal(undefined)
    setStarted(undefined)
    try {
      const check = await fetchJson(paths.exportEvents({ ...question, part: 'check' }))
      // The route's answer is ours.
      const { Size, To } = check as ExportCheck
      const pinned = {
        ...question,
        size: String(Size),
        ...(question.ids === undefined && { to: String(To) }),
      }
      save(paths.exportEvents(pinned))
      setStarted(pinned)
    } catch (thrown) {
      setRefusal(refusalIn(thrown))
    } finally {
      setBusy(false)
    }
  }

  return { start: (question) => void start(question), busy, refusal, started }
}
