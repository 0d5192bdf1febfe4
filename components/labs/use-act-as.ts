'use client'

import { useState } from 'react'
import { useFlash } from '#components/ui/flash.tsx'
import { refusalIn } from '#lib/console/messages.ts'
import { paths } from '#lib/console/paths.ts'
import { fetchJson } from '#lib/console/queries.ts'

type ActAs = {
  /** Who is being switched to. */
  readonly pending: string | undefined
  /** Acts as one of the lab's people, and goes somewhere as a whole new page: nothing of a former identity stays. */
  readonly actAs: (name: string, href?: string) => Promise<void>
  /** Signs people in beside whoever is looked at. */
  readonly signIn: (names: readonly string[]) => Promise<void>
}

export function useActAs(): ActAs {
  const flash = useFlash()
  const [pending, setPending] = useState<string>()

  async function trying(name: string, run: () => Promise<void>) {
    if (pending) return
    setPending(name)
    try {
      await run()
    } catch (thrown) {
      flash({ tone: 'vermilion', text: refusalIn(thrown).message })
      setPending(undefined)
    }
  }

  return {
    pending,
    actAs: (name, href) =>
      trying(name, async () => {
        await fetchJson(paths.labIdentity(), { body: { name } })
        if (href === undefined) window.location.reload()
        else window.location.assign(href)
      }),
    signIn: (names) =>
      trying('', async () => {
        // One after the other: each sign-in gives the browser a new token.
        for (const name of names) await fetchJson(paths.labIdentity(), { body: { name, stay: true } })
        window.location.reload()
      }),
  }
}
