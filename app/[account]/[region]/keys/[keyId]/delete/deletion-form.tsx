'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useNow } from '#components/clock.tsx'
import { useOfflineReason } from '#components/connection.tsx'
import { MutationForm } from '#components/mutation-form.tsx'
import { Section } from '#components/page-header.tsx'
import { ShowAsCode } from '#components/show-as-code.tsx'
import { Checkbox } from '#components/ui/checkbox.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { useAction } from '#components/use-action.ts'
import { formatDate, formatRelative, principalLabel, toDate } from '#lib/console/format.ts'
import { paths, type Scope } from '#lib/console/paths.ts'
import { snippetsFor } from '#lib/console/snippets.ts'
import type { DeedTarget } from '../../key-deeds.tsx'
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
const RECENT_DAYS = 30

/** Confirmation level 3: what will happen, how long one can turn back, and the key's own name typed. */
export function DeletionForm({ scope, keyId, alias, target, part, endpoint, reason }: DeletionFormProps) {
  const router = useRouter()
  const now = useNow()
  const offline = useOfflineReason()
  const [days, setDays] = useState(String(LONGEST))
  const [typed, setTyped] = useState('')
  const [known, setKnown] = useState(false)
  const [tried, setTried] = useState(false)
  const word = alias ?? keyId.slice(-8)
  const period = Number(days)
  const valid = Number.isInteger(period) && period >= SHORTEST && period <= LONGEST
  const date = new Date(now.getTime() + (valid ? period : LONGEST) * DAY_MS)
  const { lastUse } = target
  const recent =
    lastUse && now.getTime() - toDate(lastUse.ts).getTime() < RECENT_DAYS * DAY_MS ? lastUse : undefined
  const mutation = useAction(scheduleDeletion, {
    account: scope.account,
    done: (_, form) =>
      part.waitsFor > 0
        ? `${target.name} waits for its replicas to be deleted. It can no longer be used.`
        : `${target.name} is scheduled for deletion in ${form.days} days. It can no longer be used.`,
    after: () => router.push(paths.key(scope, keyId)),
  })
  function values() {
    setTried(true)
    const ready = valid && typed.trim() === word && (!recent || known)
    return ready ? { region: scope.region, key: target.reference, days: period } : undefined
  }
  return (
    <>
      <Section title="What will happen">
        <Timeline date={date} days={valid ? period : LONGEST} part={part} />
      </Section>
      {target.state === 'Enabled' && (
        <DisableInstead scope={scope} keyId={keyId} target={target} recommended={recent !== undefined} />
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
                snippets={snippetsFor(
                  [
                    {
                      name: 'ScheduleKeyDeletion',
                      input: { KeyId: target.reference, PendingWindowInDays: valid ? period : LONGEST },
                    },
                  ],
                  { endpoint, region: scope.region },
                )}
              />
            </>
          }
        >
          <WaitingPeriod
            days={days}
            onChange={setDays}
            error={valid ? undefined : `The waiting period is ${SHORTEST} to ${LONGEST} days.`}
          />
          {recent && (
            <Checkbox
              label={`I know ${principalLabel(recent.actor)} used this key ${formatRelative(toDate(recent.ts), now)}`}
              help={
                tried && !known ? (
                  <span className="text-vermilion">
                    Tick this to go on: the key was used in the last 30 days.
                  </span>
                ) : undefined
              }
              checked={known}
              onChange={(event) => setKnown(event.target.checked)}
            />
          )}
          <Field
            label={
              alias
                ? `Type ${alias} to confirm`
                : `Type the last 8 characters of the key ID to confirm: ${word}`
            }
            error={tried && typed.trim() !== word ? `Type exactly: ${word}` : undefined}
            className="max-w-96"
          >
            {(control) => (
              <Input
                {...control}
                mono
                autoComplete="off"
                autoCapitalize="off"
                spellCheck={false}
                value={typed}
                onChange={(event) => setTyped(event.target.value)}
              />
            )}
          </Field>
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
