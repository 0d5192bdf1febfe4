'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { paths } from '#lib/console/paths.ts'
import { type LabRun, useLabRun } from './lab-run.ts'
import { Going } from './lab-step.tsx'
import { STEPS } from './separation.ts'
import { useProgress } from './use-progress.ts'

/** While a lab runs: its next step, under every page of its account. */
export function LabBar({ account, self }: { account: string; self: string }) {
  const run = useLabRun()
  const pathname = usePathname()
  if (run?.account !== account || pathname.startsWith(paths.labs())) return null
  return <Running run={run} self={self} />
}

function Running({ run, self }: { run: LabRun; self: string }) {
  const state = useProgress(run)
  const step = STEPS.find(({ number }) => number === state.current)
  const last = STEPS.findLast(({ number }) => state.isDone(number) && number < (state.current ?? 11))
  if (!state.progress) return null
  return (
    <section
      aria-label="Lab"
      className="no-print sticky bottom-0 z-20 flex flex-wrap items-center gap-x-4 gap-y-1.5 border-t border-line-strong bg-surface px-5 py-2 text-table max-sm:px-4"
    >
      <p role="status" className="min-w-0">
        {last && <span className="text-verdigris">Step {last.number} is done. </span>}
        {step ? (
          <>
            <span className="font-medium">
              Step {step.number} of {STEPS.length}, as {step.as}: {step.title}.
            </span>{' '}
            <span className="text-text2 max-md:hidden">{step.todo}</span>
          </>
        ) : (
          <span className="font-medium">All ten steps are done.</span>
        )}
      </p>
      <div className="ms-auto flex flex-wrap items-center gap-x-4 gap-y-1">
        {step && <Going step={step} state={state} self={self} />}
        <Link href={paths.lab('separation', step?.number)} className="link inline-block min-h-6">
          Open the lab
        </Link>
      </div>
    </section>
  )
}
