'use client'

import { type FormEvent, useState } from 'react'
import { MutationError } from '#components/states.tsx'
import { Button } from '#components/ui/button.tsx'
import { Field } from '#components/ui/field.tsx'
import { Hint } from '#components/ui/hint.tsx'
import { Input } from '#components/ui/input.tsx'
import { WhenReady } from '#components/ui/when-ready.tsx'
import { NewDevice } from './new-device.tsx'
import { RecoveryCodes } from './recovery-codes.tsx'
import { useOwnSignIn } from './use-own-sign-in.ts'

type Device = { readonly SerialNumber: string; readonly Secret: string }
type Codes = { readonly RecoveryCodes: readonly string[] }
/** `who` is what the device will call this: a user at an account. */
type SetUpFactorProps = { who: string; onDone: () => void }

const CODES = [
  { name: 'first', label: 'First code', help: 'The six digits that the device shows now.' },
  { name: 'second', label: 'Second code', help: 'Those that it shows next, within half a minute.' },
] as const

/** Two codes in a row prove that the device works; only then it counts. */
function ProveDevice({ onProven }: { onProven: (codes: readonly string[]) => void }) {
  const { run, pending, refusal } = useOwnSignIn<Codes>((answer) => onProven(answer.RecoveryCodes))
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const typed = (name: string) => String(form.get(name) ?? '').replace(/\s/g, '')
    void run({
      deed: 'enable-factor',
      AuthenticationCode1: typed('first'),
      AuthenticationCode2: typed('second'),
    })
  }
  return (
    <form method="post" className="mt-5 space-y-4" onSubmit={submit}>
      {CODES.map(({ name, label, help }) => (
        <Field key={name} label={label} help={help}>
          {(control) => (
            <Input
              {...control}
              name={name}
              inputMode="numeric"
              autoComplete="one-time-code"
              maxLength={7}
              className="max-w-40"
              mono
            />
          )}
        </Field>
      ))}
      {refusal && <MutationError refusal={refusal} what="The second factor was not enabled." />}
      <WhenReady>
        <Button type="submit" size="form" variant="primary" pending={pending} pendingLabel="Enabling…">
          Enable second factor
        </Button>
      </WhenReady>
    </form>
  )
}

/** Sets up an authenticator: its secret, two codes, and the recovery codes. */
export function SetUpFactor({ who, onDone }: SetUpFactorProps) {
  const [device, setDevice] = useState<Device>()
  const [codes, setCodes] = useState<readonly string[]>()
  const { run, pending, refusal } = useOwnSignIn<Device>(setDevice)
  if (codes) return <RecoveryCodes codes={codes} who={who} onSaved={onDone} />
  if (device) {
    return (
      <>
        <NewDevice secret={device.Secret} who={who} />
        <ProveDevice onProven={setCodes} />
      </>
    )
  }
  return (
    <>
      <Hint className="mb-3">
        An authenticator app or a hardware token that shows six digits. With it, your password alone signs
        nobody in, and policies can ask for it with aws:MultiFactorAuthPresent.
      </Hint>
      {refusal && (
        <div className="mb-3">
          <MutationError refusal={refusal} what="No second factor was set up." />
        </div>
      )}
      <Button pending={pending} pendingLabel="Preparing…" onClick={() => void run({ deed: 'create-factor' })}>
        Set up a second factor
      </Button>
    </>
  )
}
