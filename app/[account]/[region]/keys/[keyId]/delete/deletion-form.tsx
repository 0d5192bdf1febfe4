'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useNow } from '#components/clock.tsx'
import { useOfflineReason } from '#components/connection.tsx'
import { MutationForm } from '#components/mutation-form.tsx'
import { Section } from '#components/page-header.tsx'
import { ShowAsCode } from '#components/show-as-code.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { useAction } from '#components/use-action.ts'
import { formatDate } from '#lib/console/format.ts'
import { paths, type Scope } from '#lib/console/paths.ts'
import { snippetsFor } from '#lib/console/snippets.ts'
import type { DeedTarget } from '../../key-deeds.tsx'
import { scheduled } from '../requests.ts'
import { useTypedConfirmation } from '../typed-confirmation.tsx'
import { scheduleDeletion } from './actions.ts'
import { DisableInstead } from './disable-instead.tsx'
import { type Part, Timeline } from './timeline.tsx'

type DeletionFormProps = {
  scope: Scope
  keyId: string
  alias: string | undefined
  target: DeedTarget
  part: Part
  endpoint: string
  /** Why its state or its kind forbids it. */
  reason: string | undefined
}

// ScheduleKeyDeletion takes 7 to 30 (facts 2.46).
const SHORTEST = 7
const LONGEST = 30
const DAY_MS = 86_400_000

/** Confirmation level 3: what will happen, how long one can turn back, and the key's own name typed. */
export function DeletionForm({ scope, keyId, alias, target, part, endpoint, reason }: DeletionFormProps) {
  const router = useRouter()
  const now = useNow()
  const offline = useOfflineReason()
  const [days, setDays] = useState(String(LONGEST))
  const period = Number(days)
  const valid = Number.isInteger(period) && period >= SHORTEST && period <= LONGEST
  const date = new Date(now.getTime() + (valid ? period : LONGEST) * DAY_MS)
  const confirmation = useTypedConfirmation({ keyId, alias, lastUse: target.lastUse })
  const mutation = useAction(scheduleDeletion, {
    account: scope.account,
    done: (_, form) =>
      part.waitsFor > 0
        ? `${target.name} waits for its replicas to be deleted. It can no longer be used.`
        : `${target.name} is scheduled for deletion in ${form.days} days. It can no longer be used.`,
    after: () => router.push(paths.key(scope, keyId)),
  })
  const form = { region: scope.region, key: target.reference, days: valid ? period : LONGEST }
  // Both are asked: what is missing of either is said at once.
  const values = () => (confirmation.confirmed() && valid ? form : undefined)
  return (
    <>
      <Section title="What will happen">
        <Timeline date={date} days={valid ? period : LONGEST} part={part} />
      </Section>
      {target.state === 'Enabled' && (
        <DisableInstead scope={scope} keyId={keyId} target={target} recommended={confirmation.recent} />
      )}
      <Section title="Schedule">
        <MutationForm
          mutation={mutation}
          values={values}
          danger
          submit={part.waitsFor > 0 ? 'Schedule deletion' : `Schedule deletion for ${formatDate(date)}`}
          submitPending="Scheduling…"
          reason={reason ?? offline}
          cancel={
            <>
              <LinkButton size="form" href={paths.key(scope, keyId)}>
                Cancel
              </LinkButton>
              <ShowAsCode
                size="form"
                snippets={snippetsFor([{ name: 'ScheduleKeyDeletion', input: scheduled(form) }], {
                  endpoint,
                  region: scope.region,
                })}
              />
            </>
          }
        >
          <WaitingPeriod
            days={days}
            onChange={setDays}
            error={valid ? undefined : `The waiting period is ${SHORTEST} to ${LONGEST} days.`}
          />
          {confirmation.fields}
        </MutationForm>
      </Section>
    </>
  )
}

function WaitingPeriod({
  days,
  onChange,
  error,
}: {
  days: string
  onChange: (days: string) => void
  error: string | undefined
}) {
  return (
    <Field
      label="Waiting period in days"
      help="7 to 30. Until it ends, deletion can be cancelled with one press."
      error={error}
      className="max-w-96"
    >
      {(control) => (
        <div className="flex items-center gap-3">
          <Input
            {...control}
            type="number"
            inputMode="numeric"
            min={SHORTEST}
            max={LONGEST}
            step={1}
            value={days}
            onChange={(event) => onChange(event.target.value)}
            className="w-20"
          />
          <input
            type="range"
            aria-label="Waiting period in days, as a slider"
            min={SHORTEST}
            max={LONGEST}
            value={Number(days) || LONGEST}
            onChange={(event) => onChange(event.target.value)}
            className="h-6 min-w-0 grow accent-ink max-md:h-11"
          />
        </div>
      )}
    </Field>
  )
}
