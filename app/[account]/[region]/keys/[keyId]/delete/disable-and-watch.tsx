'use client'

import { useRouter } from 'next/navigation'
import { type ReactNode, useState } from 'react'
import { useOfflineReason } from '#components/connection.tsx'
import { KeyhouseCode } from '#components/keyhouse-code.tsx'
import { Section } from '#components/page-header.tsx'
import { RequestCode } from '#components/request-code.tsx'
import { MutationError } from '#components/states.tsx'
import { Button } from '#components/ui/button.tsx'
import { Field } from '#components/ui/field.tsx'
import { Select } from '#components/ui/input.tsx'
import { useAction } from '#components/use-action.ts'
import { paths, type Scope } from '#lib/console/paths.ts'
import type { DeedTarget } from '../../key-deeds.tsx'
import { ofKey, watched } from '../requests.ts'
import { disableAndWatch, type WatchForm, type Watching } from './actions.ts'

const WATCHES = [7, 14, 30] as const

type DisableAndWatchProps = {
  scope: Scope
  keyId: string
  target: DeedTarget
  /** The key was used lately: this is what to do. */
  recommended: boolean
  /** What an earlier watch has seen. */
  children?: ReactNode
}

function doneWords(name: string, { watched: watching, why }: Watching, { days, disable }: WatchForm): string {
  const state = disable ? `${name} is disabled` : `${name} stays disabled`
  return watching ? `${state} and watched for ${days} days.` : `${state}, but nobody watches: ${why}`
}

/** The step that can be taken back: what still uses the key then fails where one can see it. */
export function DisableAndWatch({ scope, keyId, target, recommended, children }: DisableAndWatchProps) {
  const router = useRouter()
  const offline = useOfflineReason()
  const [days, setDays] = useState<number>(14)
  const disable = target.state === 'Enabled'
  const mutation = useAction(disableAndWatch, {
    account: scope.account,
    done: (output, form) => doneWords(target.name, output, form),
    after: () => router.push(paths.key(scope, keyId, 'activity')),
  })
  const form = { region: scope.region, key: target.reference, days, disable }
  const verb = disable ? 'Disable and watch' : 'Watch'
  return (
    <Section
      title={disable ? 'Safer: disable and watch' : 'Safer: watch it first'}
      fact={recommended ? 'Recommended: the key was used in the last 90 days' : undefined}
    >
      {children}
      <p className="mb-3 max-w-prose text-table text-text2">
        {disable ? 'A disabled key refuses' : 'The key is disabled: it refuses'} calls with DisabledException
        and can be enabled again at any time. A watch counts those calls and who makes them, here and on the
        overview. Delete the key when nobody has asked for it.
      </p>
      <Field label="Watch for" className="mb-3 max-w-48">
        {(control) => (
          <Select {...control} value={days} onChange={(event) => setDays(Number(event.target.value))}>
            {WATCHES.map((choice) => (
              <option key={choice} value={choice}>
                {choice} days
              </option>
            ))}
          </Select>
        )}
      </Field>
      {mutation.refusal && (
        <div className="mb-2">
          <MutationError refusal={mutation.refusal} what="Nothing was done." />
        </div>
      )}
      <Button
        className="mb-3"
        size="form"
        variant={recommended ? 'primary' : 'secondary'}
        pending={mutation.pending}
        pendingLabel={disable ? 'Disabling…' : 'Starting…'}
        reason={offline}
        onClick={() => void mutation.run(form)}
      >
        {verb} for {days} days
      </Button>
      {disable ? (
        <RequestCode
          scope={scope}
          requests={[{ name: 'DisableKey', input: ofKey(form) }]}
          note={`The watch is Keyhouse’s own: ./keyhouse call Keyhouse StartKeyWatch '${JSON.stringify(watched(form))}'`}
        />
      ) : (
        <KeyhouseCode operation="StartKeyWatch" input={watched(form)} />
      )}
    </Section>
  )
}
