'use client'

import { type FormEvent, useId } from 'react'
import { Section } from '#components/page-header.tsx'
import { MutationError } from '#components/states.tsx'
import { Button } from '#components/ui/button.tsx'
import { Input } from '#components/ui/input.tsx'
import { useAction } from '#components/use-action.ts'
import type { OutputOf } from '#lib/console/operations.ts'
import { putNumber, putSetting } from './actions.ts'

type Setting = OutputOf<'GetSettings'>['Settings'][number]
type RowProps = { account: string; setting: Setting }

const FLAGS = ['requireMfa', 'requireSeparation'] as const
const NUMBERS = ['sessionHours', 'idleMinutes'] as const
const TITLES = {
  requireMfa: 'Require a second factor',
  requireSeparation: 'Require separation of duties',
  sessionHours: 'Session length, hours',
  idleMinutes: 'Idle time, minutes',
} as const

function Flag({ account, setting, name }: RowProps & { name: (typeof FLAGS)[number] }) {
  const on = setting.Value === 'true'
  const title = TITLES[name]
  const mutation = useAction(putSetting, { account, done: () => `${title} is ${on ? 'off' : 'on'}.` })
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 py-2">
      <div className="min-w-0 basis-72 grow">
        <p className="text-table font-medium">
          {title}: {on ? 'on' : 'off'}
        </p>
        <p className="text-table text-text2">{setting.Says}</p>
        {mutation.refusal && <MutationError refusal={mutation.refusal} />}
      </div>
      <Button
        aria-label={`Turn ${on ? 'off' : 'on'}: ${title}`}
        pending={mutation.pending}
        pendingLabel="Saving…"
        onClick={() => void mutation.run({ name, on: !on })}
      >
        Turn {on ? 'off' : 'on'}
      </Button>
    </li>
  )
}

function Amount({ account, setting, name }: RowProps & { name: (typeof NUMBERS)[number] }) {
  const id = useId()
  const title = TITLES[name]
  const mutation = useAction(putNumber, { account, done: () => `${title}: saved.` })
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    void mutation.run({ name, value: Number(new FormData(event.currentTarget).get('value')) })
  }
  return (
    <li className="py-2">
      <form method="post" className="flex flex-wrap items-center gap-x-4 gap-y-1" onSubmit={submit}>
        <div className="min-w-0 basis-72 grow">
          <label htmlFor={id} className="text-table font-medium">
            {title}
          </label>
          <p className="text-table text-text2">{setting.Says}</p>
          {mutation.refusal && <MutationError refusal={mutation.refusal} />}
        </div>
        <Input
          id={id}
          name="value"
          type="number"
          required
          min={1}
          max={60}
          defaultValue={setting.Value}
          className="w-20"
        />
        <Button type="submit" pending={mutation.pending} pendingLabel="Saving…" aria-label={`Save ${title}`}>
          Save
        </Button>
      </form>
    </li>
  )
}

type InstallationSettingsProps = { account: string; settings: readonly Setting[] }

/** What holds for everyone who signs in here. Only the first account sees it. */
export function InstallationSettings({ account, settings }: InstallationSettingsProps) {
  const named = (name: string) => settings.find(({ Name }) => Name === name)
  return (
    <Section title="For everyone in this installation">
      <ul className="divide-y divide-line">
        {FLAGS.map((name) => {
          const setting = named(name)
          return setting && <Flag key={name} name={name} account={account} setting={setting} />
        })}
        {NUMBERS.map((name) => {
          const setting = named(name)
          return setting && <Amount key={name} name={name} account={account} setting={setting} />
        })}
      </ul>
    </Section>
  )
}
