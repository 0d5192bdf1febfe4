'use client'

import { useRef, useState } from 'react'
import { useAnnounce } from '#components/ui/live-region.tsx'
import { refusalIn } from '#lib/console/messages.ts'
import type { InputOf } from '#lib/console/operations.ts'
import { paths } from '#lib/console/paths.ts'
import type { PlayedAs } from '#lib/console/play-as.ts'
import { fetchJson } from '#lib/console/queries.ts'
import type { SessionView } from '#lib/console/session.ts'
import type { Played } from './played.ts'
import { usePlaying } from './playing.tsx'

export type SideAnswer = { readonly session: SessionView; readonly played: PlayedAs }

export type SideBySide<N extends Played> = {
  readonly name: N
  readonly run: (sessions: readonly SessionView[], input: InputOf<N>) => Promise<void>
  readonly pending: boolean
  readonly answers: readonly SideAnswer[]
  readonly clear: () => void
}

/** A network that failed is told in the column whose call it was. */
const lost = (thrown: unknown): PlayedAs => ({
  result: { ok: false, error: refusalIn(thrown) },
  explanation: null,
  milliseconds: 0,
})

/** The same request as several sessions at the same time. The answers live in this component and nowhere else. */
export function useSideBySide<N extends Played>(name: N): SideBySide<N> {
  const { scope } = usePlaying()
  const [pending, setPending] = useState(false)
  const [answers, setAnswers] = useState<readonly SideAnswer[]>([])
  const latest = useRef(0)
  const announce = useAnnounce()

  async function playAs(session: SessionView, input: InputOf<N>): Promise<SideAnswer> {
    const body = { session: session.id, region: scope.region, name, input }
    // The console's own handler: what it answers is typed where it is made.
    const played = await (fetchJson(paths.playAs(), { body }) as Promise<PlayedAs>).catch(lost)
    return { session, played }
  }

  async function run(sessions: readonly SessionView[], input: InputOf<N>) {
    if (pending) return
    const turn = ++latest.current
    setPending(true)
    const now = await Promise.all(sessions.map((session) => playAs(session, input)))
    if (turn === latest.current) setAnswers(now)
    setPending(false)
    announce(
      now
        .map(
          ({ session, played: { result } }) =>
            `${session.principal.name}: ${result.ok ? 'OK' : result.error.code}`,
        )
        .join('. '),
    )
  }

  return {
    name,
    run,
    pending,
    answers,
    clear: () => {
      latest.current++
      setAnswers([])
    },
  }
}
