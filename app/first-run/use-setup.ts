'use client'

import { useState } from 'react'
import { type RefusalView, refusalIn } from '#lib/console/messages.ts'
import { paths } from '#lib/console/paths.ts'
import { fetchJson } from '#lib/console/queries.ts'
import type { SetupFields, SetupResult } from './setup-fields.ts'

/** Posts the form once at a time. A refusal leaves it as it was typed. */
export function useSetup(onDone: (result: SetupResult) => void) {
  const [pending, setPending] = useState(false)
  const [refusal, setRefusal] = useState<RefusalView>()
  async function run(body: SetupFields & { token: string }) {
    if (pending) return
    setPending(true)
    setRefusal(undefined)
    try {
      // Our own route handler's answer.
      onDone((await fetchJson(paths.setUp(), { body })) as SetupResult)
    } catch (thrown) {
      setRefusal(refusalIn(thrown))
      setPending(false)
    }
  }
  return { run, pending, refusal }
}
