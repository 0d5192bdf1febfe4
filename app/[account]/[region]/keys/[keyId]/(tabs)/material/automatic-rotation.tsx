'use client'

import { useState } from 'react'
import { useNow } from '#components/clock.tsx'
import { useOfflineReason } from '#components/connection.tsx'
import { stateReason } from '#components/keys/state-reason.ts'
import { MutationForm } from '#components/mutation-form.tsx'
import { RequestCode } from '#components/request-code.tsx'
import { Time } from '#components/time.tsx'
import { Checkbox } from '#components/ui/checkbox.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { useAction } from '#components/use-action.ts'
import { formatDate, toDate } from '#lib/console/format.ts'
import type { Scope } from '#lib/console/paths.ts'
import type { DeedTarget } from '../../../key-deeds.tsx'
import { ofKey, rotated } from '../../requests.ts'
import { disableRotation, enableRotation } from './actions.ts'

type AutomaticRotationProps = {
  scope: Scope
  target: DeedTarget
  enabled: boolean
  days: number | undefined
  next: number | undefined
}

type Form = { region: string; key: string; on: boolean; days: number }

const DEFAULT_DAYS = 365
const wrong = (days: number) =>
  Number.isInteger(days) && days >= 90 && days <= 2560 ? undefined : 'The period is 90 to 2,560 days.'

/** The schedule: on or off, its period, and the date that follows from it. Saving is one press, with its effect beside. */
export function AutomaticRotation({ scope, target, enabled, days: saved, next }: AutomaticRotationProps) {
  const [on, setOn] = useState(enabled)
  const [typed, setTyped] = useState(String(saved ?? DEFAULT_DAYS))
  const now = useNow()
  const offline = useOfflineReason()
  const days = Number(typed)
  const error = on ? wrong(days) : undefined
  const changed = on !== enabled || (on && days !== (saved ?? DEFAULT_DAYS))
  const mutation = useAction(
    ({ on: turnOn, days: period, ...key }: Form) =>
      turnOn ? enableRotation({ ...key, days: period }) : disableRotation(key),
    {
      account: scope.account,
      done: (_, form) =>
        form.on
          ? `${target.name} rotates every ${form.days} days.`
          : `Automatic rotation of ${target.name} is off.`,
    },
  )
  const first = formatDate(new Date(now.getTime() + days * 86_400_000))
  const effect = on
    ? `The first rotation is on ${first}. Old data still decrypts; nothing is re-encrypted.`
    : 'The schedule ends. Materials that exist stay and keep decrypting.'
  const form = { region: scope.region, key: target.reference, on, days }
  return (
    <div className="max-w-form space-y-3">
      <MutationForm
        mutation={mutation}
        values={() => (error ? undefined : form)}
        submit="Save rotation"
        submitPending="Saving…"
        reason={
          stateReason('rotation', target.state, target.arn) ??
          offline ??
          (changed ? undefined : 'Nothing has changed.')
        }
        effect={changed && !error ? effect : undefined}
      >
        <Checkbox
          label="Rotate the key material automatically"
          help={
            enabled && next ? (
              <>
                Next on <Time at={toDate(next)} as="date" />.
              </>
            ) : (
              'It is off now.'
            )
          }
          checked={on}
          onChange={(event) => setOn(event.target.checked)}
        />
        {on && (
          <Field
            label="Period in days"
            help="90 to 2,560; 365 where nothing is chosen."
            error={error}
            className="max-w-64"
          >
            {(control) => (
              <Input
                {...control}
                type="number"
                inputMode="numeric"
                min={90}
                max={2560}
                step={1}
                value={typed}
                onChange={(event) => setTyped(event.target.value)}
              />
            )}
          </Field>
        )}
      </MutationForm>
      <RequestCode
        scope={scope}
        requests={[
          on
            ? { name: 'EnableKeyRotation', input: rotated({ ...form, days: error ? DEFAULT_DAYS : days }) }
            : { name: 'DisableKeyRotation', input: ofKey(form) },
        ]}
      />
    </div>
  )
}
