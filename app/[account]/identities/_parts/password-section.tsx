'use client'

import { useState } from 'react'
import { Section } from '#components/page-header.tsx'
import { RequestCode } from '#components/request-code.tsx'
import { ErrorState, MutationError } from '#components/states.tsx'
import { Time } from '#components/time.tsx'
import { Button } from '#components/ui/button.tsx'
import { Checkbox } from '#components/ui/checkbox.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { Field } from '#components/ui/field.tsx'
import { Hint } from '#components/ui/hint.tsx'
import { Input } from '#components/ui/input.tsx'
import type { RefusalView } from '#lib/console/messages.ts'
import type { Scope } from '#lib/console/paths.ts'
import { passwordFault } from '#lib/domain/password-rules.ts'
import { ConfirmRequest } from './confirm-request.tsx'
import { useCredential } from './use-credential.ts'

/** Whether there is a password; null for none. */
export type LoginProfileView = { readonly since: number; readonly reset: boolean } | null

type PasswordSectionProps = {
  scope: Scope
  user: string
  profile: LoginProfileView | undefined
  refusal: RefusalView | undefined
}

/** The password of a user: with it they sign in to this console. */
export function PasswordSection({ scope, user, profile, refusal }: PasswordSectionProps) {
  const [asked, setAsked] = useState<'set' | 'remove'>()
  const close = () => setAsked(undefined)
  return (
    <Section
      title="Console password"
      actions={
        profile !== undefined && (
          <>
            <Button onClick={() => setAsked('set')}>{profile ? 'Reset password' : 'Set password'}</Button>
            {profile && <Button onClick={() => setAsked('remove')}>Remove password</Button>}
          </>
        )
      }
    >
      {refusal && <ErrorState what="Whether there is a password couldn’t be read." refusal={refusal} />}
      {profile === null && <Hint>No password: {user} can’t sign in to this console.</Hint>}
      {profile && (
        <p className="text-table">
          {user} signs in with a password of <Time at={profile.since} as="date" />.
          {profile.reset && ' A new one must be chosen at the next sign-in.'}
        </p>
      )}
      {asked === 'set' && <SetPassword scope={scope} user={user} isNew={profile === null} onClose={close} />}
      {asked === 'remove' && (
        <ConfirmRequest
          scope={scope}
          request={{ name: 'DeleteLoginProfile', input: { UserName: user } }}
          title={`Remove the password of ${user}`}
          confirm="Remove password"
          pendingLabel="Removing…"
          danger
          done={`${user} can’t sign in to the console any more.`}
          failed="The password was not removed."
          onClose={close}
        >
          <p>{user} can’t sign in any more, and is signed out everywhere. Access keys go on working.</p>
        </ConfirmRequest>
      )}
    </Section>
  )
}

type SetPasswordProps = { scope: Scope; user: string; isNew: boolean; onClose: () => void }

function SetPassword({ scope, user, isNew, onClose }: SetPasswordProps) {
  const [password, setPassword] = useState('')
  const [reset, setReset] = useState(true)
  const [tried, setTried] = useState(false)
  const { run, pending, refusal } = useCredential(onClose)
  const fault = passwordFault(password)
  const input = { UserName: user, Password: '', PasswordResetRequired: reset }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`${isNew ? 'Set' : 'Reset'} the password of ${user}`}
      description="Tell it to them in person. It is kept as a hash and can’t be read again."
    >
      <form
        method="post"
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault()
          // A portal's events bubble through React to the form behind the dialog.
          event.stopPropagation()
          setTried(true)
          if (!fault) void run({ deed: isNew ? 'new-password' : 'other-password', user, password, reset })
        }}
      >
        <PasswordFields
          password={password}
          onPassword={setPassword}
          reset={reset}
          onReset={setReset}
          fault={tried ? fault : undefined}
        />
        {refusal && <MutationError refusal={refusal} what="The password was not set." />}
        <div className="flex justify-end gap-2">
          <Button size="form" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" size="form" variant="primary" pending={pending} pendingLabel="Saving…">
            {isNew ? 'Set password' : 'Reset password'}
          </Button>
        </div>
      </form>
      <div className="mt-4">
        <RequestCode
          scope={scope}
          requests={[{ name: isNew ? 'CreateLoginProfile' : 'UpdateLoginProfile', input }]}
        />
      </div>
    </Dialog>
  )
}

type PasswordFieldsProps = {
  password: string
  onPassword: (password: string) => void
  reset: boolean
  onReset: (reset: boolean) => void
  fault: string | undefined
}

/** A first password and whether it must be changed at the next sign-in. */
export function PasswordFields({ password, onPassword, reset, onReset, fault }: PasswordFieldsProps) {
  return (
    <>
      <Field
        label="New password"
        help="Long, and not one that everybody tries first."
        error={fault}
        className="max-w-96"
      >
        {(control) => (
          <Input
            {...control}
            type="password"
            autoComplete="new-password"
            value={password}
            onChange={(event) => onPassword(event.target.value)}
          />
        )}
      </Field>
      <Checkbox
        label="A new password must be chosen at the next sign-in"
        checked={reset}
        onChange={(event) => onReset(event.target.checked)}
      />
    </>
  )
}
