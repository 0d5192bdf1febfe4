import { cn } from '#components/ui/class-names.ts'
import { Note } from '#components/ui/hint.tsx'
import { outcomeOf, type ProofStep } from './proof-check.ts'
import { OUTCOMES } from './use-check.ts'

const MARKS = {
  holds: { path: 'M2 6.500 4.800 9.300 10 3.500', colour: 'text-verdigris', spoken: 'holds' },
  fails: { path: 'M2.500 2.500l7 7M9.500 2.500l-7 7', colour: 'text-vermilion', spoken: 'fails' },
  unknown: { path: 'M2.500 6h7', colour: 'text-brass', spoken: 'not checked' },
} as const

const markOf = ({ holds }: ProofStep) => MARKS[holds === 'unknown' ? 'unknown' : holds ? 'holds' : 'fails']

function Step({ step }: { step: ProofStep }) {
  const { path, colour, spoken } = markOf(step)
  return (
    <li className="grid grid-cols-[20px_minmax(0,1fr)] border-b border-line py-2 text-table">
      <svg aria-hidden="true" viewBox="0 0 12 12" className={cn('mark mt-[3px] size-3', colour)}>
        <path d={path} fill="none" stroke="currentColor" strokeWidth="1.600" />
      </svg>
      <div className="min-w-0">
        <p className="font-medium">
          {step.name}
          <span className="sr-only"> {spoken}</span>
        </p>
        <p className={step.holds === false ? 'text-vermilion' : 'text-text2'}>{step.sentence}</p>
        {step.values.length > 0 && (
          <details open={step.holds === false} className="mt-0.5">
            <summary className="min-h-6 w-fit text-ink">
              What was compared<span className="sr-only"> for {step.name}</span>
            </summary>
            <Values step={step} />
          </details>
        )}
      </div>
    </li>
  )
}

function Values({ step: { values } }: { step: ProofStep }) {
  return (
    <dl className="space-y-1 pt-1">
      {values.map(({ name, value }) => (
        <div key={name}>
          <dt className="break-all text-label text-text2">{name}</dt>
          <dd className="break-all font-mono text-mono">{value}</dd>
        </div>
      ))}
    </dl>
  )
}

const TONES = { holds: 'verdigris', fails: 'vermilion', incomplete: 'brass' } as const

/** Every step of a check, what was compared in it, and how the whole ended. */
export function ProofSteps({ steps }: { steps: readonly ProofStep[] }) {
  const outcome = outcomeOf(steps)
  const failed = steps.filter(({ holds }) => holds === false)
  return (
    <section aria-label="Verification in this browser">
      <Note tone={TONES[outcome]} className="space-y-1">
        <p className="font-semibold">{OUTCOMES[outcome]}</p>
        {failed.map(({ name, sentence }) => (
          <p key={name}>{sentence}</p>
        ))}
      </Note>
      <ol className="mt-1">
        {steps.map((step) => (
          <Step key={step.name} step={step} />
        ))}
      </ol>
    </section>
  )
}
