'use client'

import { type ReactNode, useState } from 'react'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { LONGEST, SHORTEST } from './window.ts'

type WaitingPeriod = {
  /** None while what is typed can't be one. */
  readonly days: number | undefined
  readonly field: ReactNode
}

/** The waiting period as a number and as a slider; `shortest` is what policies ask for at least. */
export function useWaitingPeriod(shortest: number): WaitingPeriod {
  const [typed, setTyped] = useState(String(LONGEST))
  const period = Number(typed)
  const valid = Number.isInteger(period) && period >= shortest && period <= LONGEST
  const asked =
    shortest > SHORTEST
      ? ` Policies ask for at least ${shortest} (kms:ScheduleKeyDeletionPendingWindowInDays).`
      : ''
  const field = (
    <Field
      label="Waiting period in days"
      help={`${shortest} to ${LONGEST}.${asked} Until it ends, deletion can be cancelled with one press.`}
      error={valid ? undefined : `The waiting period is ${shortest} to ${LONGEST} days.`}
      className="max-w-96"
    >
      {(control) => (
        <div className="flex items-center gap-3">
          <Input
            {...control}
            type="number"
            inputMode="numeric"
            min={shortest}
            max={LONGEST}
            step={1}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            className="w-20"
          />
          <input
            type="range"
            aria-label="Waiting period in days, as a slider"
            min={shortest}
            max={LONGEST}
            value={Number(typed) || LONGEST}
            onChange={(event) => setTyped(event.target.value)}
            className="h-6 min-w-0 grow accent-ink max-md:h-11"
          />
        </div>
      )}
    </Field>
  )
  return { days: valid ? period : undefined, field }
}
