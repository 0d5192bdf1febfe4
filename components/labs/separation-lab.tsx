'use client'

import { Section } from '#components/page-header.tsx'
import { ErrorState } from '#components/states.tsx'
import { Button } from '#components/ui/button.tsx'
import { Hint, Note } from '#components/ui/hint.tsx'
import { LabPeople, type LabPerson } from './lab-people.tsx'
import { keepRun, type LabRun, newRun, useLabRun } from './lab-run.ts'
import { LabStep } from './lab-step.tsx'
import { ResetLab } from './reset-lab.tsx'
import { EXAM, GOAL, HONEST, STEPS } from './separation.ts'
import { useProgress } from './use-progress.ts'

type LabProps = {
  place: { readonly account: string; readonly region: string }
  people: readonly LabPerson[]
  self: string | undefined
  administrator: boolean
  /** The step that the address names. */
  step: number | undefined
}

/** The lab about separation of duties, from its goal to what is asked about it. */
export function SeparationLab({ place, people, self, administrator, step }: LabProps) {
  const run = useLabRun()
  // One that was begun in a sample account that is gone is nobody's any more.
  const running = run?.account === place.account ? run : undefined
  return (
    <div className="max-w-[860px]">
      <Section title="Goal">
        <p className="max-w-prose text-body">{GOAL}</p>
        <Hint className="mt-2">{HONEST}</Hint>
        <Hint className="mt-2">
          It runs in the sample account {place.account}, in {place.region}. Every call is a real one, made as
          a real user, and recorded.
        </Hint>
      </Section>
      <Section title="The people">
        <LabPeople people={people} self={self} administrator={administrator} />
      </Section>
      {running ? (
        <Steps run={running} self={self} step={step} />
      ) : (
        <Section title="Steps" fact="10 steps, about 15 minutes">
          <Hint>
            You begin with a key of your own. Each step checks itself by the event that the log then has.
          </Hint>
          <Button
            className="mt-3"
            size="form"
            variant="primary"
            onClick={() => keepRun(newRun(place))}
            reason={
              people.some(({ signedIn }) => signedIn) ? undefined : 'Sign somebody of the lab in first.'
            }
          >
            Start the lab
          </Button>
        </Section>
      )}
      <Section title="What the exam asks">
        <ul className="max-w-prose list-disc space-y-1.5 ps-5 text-table">
          {EXAM.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      </Section>
    </div>
  )
}

function Steps({ run, self, step }: { run: LabRun; self: string | undefined; step: number | undefined }) {
  const state = useProgress(run)
  const done = STEPS.filter(({ number }) => state.isDone(number)).length
  return (
    <Section
      title="Steps"
      fact={`${done} of ${STEPS.length} done`}
      actions={<ResetLab run={run} keyId={state.place.keyId} />}
    >
      {state.refusal && <ErrorState what="How far you are couldn’t be read." refusal={state.refusal} />}
      {done === STEPS.length && (
        <Note tone="verdigris" role="status" className="mb-3">
          All ten steps are done, and the log has the proof of each.
        </Note>
      )}
      <ol>
        {STEPS.map((one) => (
          <LabStep
            // Opens by itself when its turn comes.
            key={`${one.number} ${state.current === one.number}`}
            step={one}
            run={run}
            state={state}
            self={self}
            open={one.number === (step ?? state.current)}
          />
        ))}
      </ol>
    </Section>
  )
}
