'use client'

import Link from 'next/link'
import { useEffect, useState } from 'react'
import { Time } from '#components/time.tsx'
import { Button } from '#components/ui/button.tsx'
import { paths } from '#lib/console/paths.ts'
import { didWhat, type LabEvent } from './checks.ts'
import { keepRun, type LabRun } from './lab-run.ts'
import type { LabStep } from './separation.ts'
import type { LabState } from './use-progress.ts'

/** Whoever waits so long may want to know what the log has instead. */
const WAIT_MS = 30_000
const MOST_SHOWN = 6

type StatusProps = { step: LabStep; run: LabRun; state: LabState }

/** Whether the log has the proof of a step; until then what it waits for. */
export function LabStepStatus({ step, run, state }: StatusProps) {
  const { number, proof } = step
  const event = state.checks.get(number)
  const { account } = state.place.scope
  if (event)
    return (
      <p className="text-verdigris">
        Done <Time at={event.At} />.{' '}
        <Link href={paths.event(account, event.Id)} className="link">
          View event
        </Link>
      </p>
    )
  if (state.isDone(number)) return <p className="text-verdigris">Done, as you said.</p>
  if (number === 7)
    return (
      <>
        <p className="text-text2">
          Asking who may do what changes nothing, and leaves no event. So say it yourself.
        </p>
        <Button onClick={() => keepRun({ ...run, said: [...run.said, number] })}>I have seen it</Button>
      </>
    )
  if (state.current !== number) return <p className="text-text3">Its proof: {proof}.</p>
  return <Waiting key={number} proof={proof} done={state.progress?.Done ?? []} />
}

function Waiting({ proof, done }: { proof: string; done: readonly LabEvent[] }) {
  const [long, setLong] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), WAIT_MS)
    return () => clearTimeout(timer)
  }, [])
  const last = done.slice(-MOST_SHOWN)
  return (
    <>
      <p role="status" className="text-text2">
        Waiting for {proof}…
      </p>
      {long && (
        <details>
          <summary className="min-h-6 w-fit text-ink">Show what I did</summary>
          {last.length === 0 ? (
            <p className="pt-1">The log has nothing about the lab’s key yet.</p>
          ) : (
            <ul className="list-disc ps-5 pt-1">
              {last.map((event) => (
                <li key={event.Id}>
                  {didWhat(event)}, <Time at={event.At} />
                </li>
              ))}
            </ul>
          )}
          <p className="pt-1 text-text2">This step waits for something else: {proof}.</p>
        </details>
      )}
    </>
  )
}
