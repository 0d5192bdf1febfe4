'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useEffect, useRef, useState } from 'react'
import { useConfirmPassword } from '#components/confirm-password.tsx'
import { useSessionEnded } from '#components/session-ended.tsx'
import { BATCH, type BulkDeed, type BulkLine, type BulkOptions } from '#lib/console/bulk.ts'
import { EngineRefusal, refusalIn } from '#lib/console/messages.ts'
import { paths } from '#lib/console/paths.ts'

type Job = { deed: BulkDeed; region: string; keys: readonly string[] } & BulkOptions

export type Run = {
  readonly phase: 'ready' | 'running' | 'done'
  readonly lines: readonly BulkLine[]
  /** Keys whose result is not known, because the run was stopped: at most one of them was tried. */
  readonly untried: number
  readonly start: (job: Job) => void
  readonly stop: () => void
}

/** The lines of one batch, as they come. */
async function* linesOf(job: Job, signal: AbortSignal): AsyncGenerator<BulkLine> {
  const answer = await fetch(paths.bulk(), { method: 'POST', body: JSON.stringify(job), signal })
  if (!answer.ok || !answer.body) {
    const body: unknown = await answer.json().catch(() => undefined)
    const error = typeof body === 'object' && body !== null && 'error' in body ? body.error : undefined
    throw new EngineRefusal(refusalIn(error))
  }
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader()
  let rest = ''
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    const lines = (rest + part.value).split('\n')
    rest = lines.pop() ?? ''
    // Written by our own route, one JSON object a line.
    for (const line of lines) yield JSON.parse(line) as BulkLine
  }
}

/** Runs a deed over keys, batch by batch, and tells each key's result when it is known. */
export function useRun(): Run {
  const [phase, setPhase] = useState<Run['phase']>('ready')
  const [lines, setLines] = useState<readonly BulkLine[]>([])
  const [total, setTotal] = useState(0)
  const stopped = useRef<AbortController>(undefined)
  const confirmed = useConfirmPassword()
  const ended = useSessionEnded()
  const queries = useQueryClient()
  const router = useRouter()
  // Leaving the page stops what has not begun.
  useEffect(() => () => stopped.current?.abort(), [])

  /** Does one batch; gives the keys that are left of it, and whether to go on. */
  async function batch(job: Job, signal: AbortSignal): Promise<readonly string[] | undefined> {
    let left = job.keys
    for await (const line of linesOf(job, signal)) {
      const code = line.ok ? undefined : line.error.code
      if (code === 'PasswordNeeded') return (await confirmed()) ? left : undefined
      if (code === 'SessionEnded') {
        ended()
        return undefined
      }
      setLines((before) => [...before, line])
      left = left.filter((key) => key !== line.key)
      if (code === 'EngineUnreachable') return undefined
    }
    return left
  }

  async function runAll(job: Job, signal: AbortSignal) {
    let left = job.keys
    while (left.length > 0 && !signal.aborted) {
      const keys = left.slice(0, BATCH)
      const undone = await batch({ ...job, keys }, signal)
      if (!undone) return
      left = [...undone, ...left.slice(BATCH)]
    }
  }

  async function start(job: Job) {
    const control = new AbortController()
    stopped.current = control
    setTotal(job.keys.length)
    setPhase('running')
    try {
      await runAll(job, control.signal)
    } catch (thrown) {
      const [key = ''] = job.keys
      if (!control.signal.aborted)
        setLines((before) => [...before, { key, ok: false, error: refusalIn(thrown) }])
    }
    setPhase('done')
    await queries.invalidateQueries()
    router.refresh()
  }

  return {
    phase,
    lines,
    untried: phase === 'done' ? Math.max(0, total - lines.length) : 0,
    start: (job) => void start(job),
    stop: () => stopped.current?.abort(),
  }
}
