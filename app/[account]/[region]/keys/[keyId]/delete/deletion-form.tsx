'use client'

import { useRouter } from 'next/navigation'
import { type ReactNode, useState } from 'react'
import { useNow } from '#components/clock.tsx'
import { useOfflineReason } from '#components/connection.tsx'
import { MutationForm } from '#components/mutation-form.tsx'
import { Section } from '#components/page-header.tsx'
import { ShowAsCode } from '#components/show-as-code.tsx'
import { Field } from '#components/ui/field.tsx'
import { Textarea } from '#components/ui/input.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { useAction } from '#components/use-action.ts'
import { formatDate } from '#lib/console/format.ts'
import { paths, type Scope } from '#lib/console/paths.ts'
import { snippetsFor } from '#lib/console/snippets.ts'
import type { DeedTarget } from '../../key-deeds.tsx'
import { scheduled } from '../requests.ts'
import { useTypedConfirmation } from '../typed-confirmation.tsx'
import { scheduleDeletion } from './actions.ts'
import { DisableAndWatch } from './disable-and-watch.tsx'
import { type Part, Timeline } from './timeline.tsx'
import { useWaitingPeriod } from './waiting-period.tsx'
import { LONGEST } from './window.ts'

type DeletionFormProps = {
  scope: Scope
  keyId: string
  alias: string | undefined
  target: DeedTarget
  part: Part
  endpoint: string
  /** Why its state or its kind forbids it. */
  reason: string | undefined
  /** The key was used in the last 90 days. */
  used: boolean
  /** The shortest waiting period that policies let this person ask for. */
  shortest: number
  /** Somebody watches it at the moment. */
  watched: boolean | undefined
  /** What a watch has seen. */
  children?: ReactNode
}

const DAY_MS = 86_400_000
const MOST_WORDS = 512

/** Confirmation level 3: what will happen, how long one can turn back, and the key's own name typed. */
export function DeletionForm(props: DeletionFormProps) {
  const { scope, keyId, alias, target, part, endpoint, reason, used, shortest, watched } = props
  const router = useRouter()
  const now = useNow()
  const offline = useOfflineReason()
  const period = useWaitingPeriod(shortest)
  const [why, setWhy] = useState('')
  const days = period.days ?? LONGEST
  const date = new Date(now.getTime() + days * DAY_MS)
  const confirmation = useTypedConfirmation({ keyId, alias, lastUse: target.lastUse })
  const mutation = useAction(scheduleDeletion, {
    account: scope.account,
    done: (_, form) =>
      part.waitsFor > 0
        ? `${target.name} waits for its replicas to be deleted. It can no longer be used.`
        : `${target.name} is scheduled for deletion in ${form.days} days. It can no longer be used.`,
    after: () => router.push(paths.key(scope, keyId)),
  })
  const form = { region: scope.region, key: target.reference, days }
  // Both are asked: what is missing of either is said at once.
  const values = () =>
    confirmation.confirmed() && period.days !== undefined
      ? { ...form, ...(why.trim() !== '' && { reason: why.trim() }) }
      : undefined
  return (
    <>
      <Section title="What will happen">
        <Timeline date={date} days={days} part={part} />
      </Section>
      {watched ? (
        <Section title="Safer: watch it first">{props.children}</Section>
      ) : (
        (target.state === 'Enabled' || target.state === 'Disabled') && (
          <DisableAndWatch scope={scope} keyId={keyId} target={target} recommended={used}>
            {props.children}
          </DisableAndWatch>
        )
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
          {period.field}
          <Field
            label="Reason"
            help="Kept in the event, for whoever finds this deletion. AWS has no place for it: code leaves it out."
            optional
          >
            {(control) => (
              <Textarea
                {...control}
                maxLength={MOST_WORDS}
                rows={2}
                value={why}
                onChange={(event) => setWhy(event.target.value)}
              />
            )}
          </Field>
          {confirmation.fields}
        </MutationForm>
      </Section>
    </>
  )
}
