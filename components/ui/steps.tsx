import Link from 'next/link'
import { cn } from './class-names.ts'

export type Step = {
  readonly label: string
  readonly state: 'done' | 'current' | 'invalid' | 'ahead'
  /** Visited steps are links. */
  readonly href?: string
}

const WORDS = {
  done: 'done',
  current: 'current step',
  invalid: 'needs attention',
  ahead: 'not started',
} as const

function Mark({ state, number }: { state: Step['state']; number: number }) {
  const style = {
    done: 'border-verdigris text-verdigris',
    current: 'border-ink bg-ink text-on-ink',
    invalid: 'border-vermilion text-vermilion',
    ahead: 'border-line-strong text-text3',
  }[state]
  return (
    <span
      aria-hidden="true"
      className={cn('grid size-5 shrink-0 place-items-center rounded-full border text-label', style)}
    >
      {state === 'done' ? '✓' : state === 'invalid' ? '!' : number}
    </span>
  )
}

/** The steps of something longer than one page, and where one is. */
export function Steps({ label, steps }: { label: string; steps: readonly Step[] }) {
  return (
    <nav aria-label={label}>
      <ol className="space-y-1">
        {steps.map((step, index) => {
          const content = (
            <>
              <Mark state={step.state} number={index + 1} />
              <span className={cn(step.state === 'current' && 'font-medium text-text')}>{step.label}</span>
              <span className="sr-only">, {WORDS[step.state]}</span>
            </>
          )
          const style =
            'flex min-h-7 items-center gap-2 rounded-control px-2 text-table text-text2 max-md:min-h-11'
          return (
            <li key={step.label} aria-current={step.state === 'current' ? 'step' : undefined}>
              {step.href && step.state !== 'current' ? (
                <Link href={step.href} className={cn(style, 'hover:bg-hover')}>
                  {content}
                </Link>
              ) : (
                <span className={style}>{content}</span>
              )}
            </li>
          )
        })}
      </ol>
    </nav>
  )
}
