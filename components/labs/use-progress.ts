'use client'

import { useQuery } from '@tanstack/react-query'
import { type RefusalView, refusalIn } from '#lib/console/messages.ts'
import { paths } from '#lib/console/paths.ts'
import { fetchJson } from '#lib/console/queries.ts'
import { type Checks, checksOf, type Progress } from './checks.ts'
import type { LabRun } from './lab-run.ts'
import { type LabPlace, STEPS } from './separation.ts'

/** While the page is seen; a browser does not run this in a tab that is not. */
const EVERY_MS = 4000

export type LabState = {
  readonly place: LabPlace
  readonly checks: Checks
  readonly isDone: (step: number) => boolean
  /** The first that is not done; undefined when all are. */
  readonly current: number | undefined
  readonly progress: Progress | undefined
  readonly refusal: RefusalView | undefined
}

const NOTHING: Progress = { KeyId: null, Done: [], Opened: [] }

/** How far a run is, by the log. */
export function useProgress(run: LabRun): LabState {
  const { account, region, alias, since, said } = run
  const { data, error } = useQuery({
    queryKey: ['lab', account, region, alias, since],
    // The console's own handler: LabProgress's output.
    queryFn: ({ signal }) =>
      fetchJson(paths.labProgress(region, { alias, since: String(since) }), { signal }) as Promise<Progress>,
    refetchInterval: EVERY_MS,
  })
  const progress = data ?? NOTHING
  const checks = checksOf(progress)
  const isDone = (step: number) => checks.has(step) || said.includes(step)
  return {
    place: { scope: { account, region }, alias, keyId: progress.KeyId },
    checks,
    isDone,
    current: STEPS.find(({ number }) => !isDone(number))?.number,
    progress: data,
    // One poll that failed is made up for by the next.
    refusal: error && !data ? refusalIn(error) : undefined,
  }
}
