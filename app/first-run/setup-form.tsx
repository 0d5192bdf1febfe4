'use client'

import { useEffect, useState } from 'react'
import { RegionChoice } from '#components/region-choice.tsx'
import { MutationError } from '#components/states.tsx'
import { Button } from '#components/ui/button.tsx'
import { Checkbox } from '#components/ui/checkbox.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { PASSWORD_MIN } from '#lib/domain/password-rules.ts'
import {
  checkSetup,
  newAccountId,
  type SetupErrors,
  type SetupFields,
  type SetupResult,
} from './setup-fields.ts'
import { useSetup } from './use-setup.ts'

const EMPTY: SetupFields = {
  accountId: '',
  alias: '',
  regions: ['eu-west-1'],
  name: 'admin',
  password: '',
  sampleData: true,
}

/** First run's one form: everything on one page, because it is done once. */
export function SetupForm({ token, onDone }: { token: string; onDone: (result: SetupResult) => void }) {
  const [fields, setFields] = useState(EMPTY)
  const [errors, setErrors] = useState<SetupErrors>({})
  const { run, pending, refusal } = useSetup(onDone)
  const set = (change: Partial<SetupFields>) => setFields((before) => ({ ...before, ...change }))
  // Made in the browser: chance on the server would differ from it.
  useEffect(() => setFields((before) => ({ ...before, accountId: before.accountId || newAccountId() })), [])

  function submit() {
    const found = checkSetup(fields)
    setErrors(found)
    if (Object.keys(found).length === 0) void run({ ...fields, token })
  }

  return (
    <form
      method="post"
      noValidate
      className="mt-6"
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <fieldset disabled={pending} className="space-y-5">
        <h2 className="border-b border-line pb-1 text-section">Account</h2>
        <div className="grid gap-5 md:grid-cols-2">
          <Field
            label="Account ID"
            help="12 digits. It stands in every ARN and can’t be changed later."
            error={errors.accountId}
          >
            {(control) => (
              <Input
                {...control}
                mono
                inputMode="numeric"
                autoComplete="off"
                value={fields.accountId}
                onChange={(event) => set({ accountId: event.target.value.trim() })}
              />
            )}
          </Field>
          <Field
            label="Account alias"
            optional
            help="A name to sign in with instead of the digits."
            error={errors.alias}
          >
            {(control) => (
              <Input
                {...control}
                autoComplete="off"
                autoCapitalize="none"
                spellCheck={false}
                value={fields.alias}
                onChange={(event) => set({ alias: event.target.value.trim() })}
              />
            )}
          </Field>
        </div>
        <RegionChoice
          chosen={fields.regions}
          error={errors.regions}
          onChange={(regions) => set({ regions })}
        />
        <h2 className="border-b border-line pb-1 text-section">First administrator</h2>
        <div className="grid gap-5 md:grid-cols-2">
          <Field label="User name" error={errors.name}>
            {(control) => (
              <Input
                {...control}
                autoComplete="username"
                autoCapitalize="none"
                spellCheck={false}
                value={fields.name}
                onChange={(event) => set({ name: event.target.value.trim() })}
              />
            )}
          </Field>
          <Field
            label="Password"
            help={`At least ${PASSWORD_MIN} characters. Any characters count.`}
            error={errors.password}
          >
            {(control) => (
              <Input
                {...control}
                type="password"
                autoComplete="new-password"
                value={fields.password}
                onChange={(event) => set({ password: event.target.value })}
              />
            )}
          </Field>
        </div>
        <Checkbox
          label="Load sample data"
          help="A second account, marked as sample, where alice manages keys, bob uses them and carol reads the log. Their calls are real ones. It can be removed in one step."
          checked={fields.sampleData}
          onChange={(event) => set({ sampleData: event.target.checked })}
        />
      </fieldset>
      {refusal && (
        <div className="mt-4">
          <MutationError refusal={refusal} what="Keyhouse wasn’t set up." />
        </div>
      )}
      <Button
        type="submit"
        size="form"
        variant="primary"
        className="mt-5"
        pending={pending}
        pendingLabel="Setting up…"
      >
        Set up Keyhouse
      </Button>
    </form>
  )
}
