'use client'

import Link from 'next/link'
import { Button } from '#components/ui/button.tsx'
import { cn } from '#components/ui/class-names.ts'
import type { LabRun } from './lab-run.ts'
import { LabStepStatus } from './lab-step-status.tsx'
import type { LabStep as Step } from './separation.ts'
import { useActAs } from './use-act-as.ts'
import type { LabState } from './use-progress.ts'

type LabStepProps = {
  step: Step
  run: LabRun
  state: LabState
  /** Who is looked at. */
  self: string | undefined
  open: boolean
}

/** One thing to do: as whom, where, what to see, and whether the log has it. */
export function LabStep({ step, run, state, self, open }: LabStepProps) {
  const { number, as, title, todo, see } = step
  const done = state.isDone(number)
  const current = state.current === number
  return (
    <li aria-current={current ? 'step' : undefined} className="border-b border-line">
      <details open={open}>
        <summary className="flex min-h-9 flex-wrap items-center gap-x-3 py-1.5 text-table max-md:min-h-11">
          <StepMark number={number} done={done} current={current} />
          <span className={cn('font-medium', !current && done && 'text-text2')}>{title}</span>
          <span className="text-text2">as {as}</span>
          <span className={cn('ms-auto', done ? 'text-verdigris' : 'text-text3')}>
            {done ? 'Done' : current ? 'Next' : 'To do'}
          </span>
        </summary>
        <div className="max-w-prose space-y-2 ps-9 pb-4 text-table max-sm:ps-0">
          <p>{todo}</p>
          {number === 1 && (
            <p>
              The alias: <code className="text-mono">{run.alias.replace('alias/', '')}</code>
            </p>
          )}
          <p className="text-text2">
            <span className="font-medium">What you see: </span>
            {see}
          </p>
          <Going step={step} state={state} self={self} />
          <LabStepStatus step={step} run={run} state={state} />
        </div>
      </details>
    </li>
  )
}

function StepMark({ number, done, current }: { number: number; done: boolean; current: boolean }) {
  return (
    <span
      aria-hidden="true"
      className={cn(
        'grid size-6 shrink-0 place-items-center rounded-full border text-label font-medium',
        done ? 'border-verdigris text-verdigris' : 'border-line-strong text-text2',
        current && 'border-ink bg-ink text-on-ink',
      )}
    >
      {done ? '✓' : number}
    </span>
  )
}

/** There, as whoever the step is for. */
export function Going({ step, state, self }: Pick<LabStepProps, 'step' | 'state' | 'self'>) {
  const { pending, actAs } = useActAs()
  const href = step.href(state.place)
  if (href === undefined) return <p className="text-text3">The lab’s key comes first.</p>
  if (self === step.as)
    return (
      <Link href={href} className="link inline-block min-h-6">
        Go there
      </Link>
    )
  return (
    <Button pending={pending === step.as} pendingLabel="Switching…" onClick={() => void actAs(step.as, href)}>
      Act as {step.as} and go there
    </Button>
  )
}
