'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useOfflineReason } from '#components/connection.tsx'
import { MutationForm } from '#components/mutation-form.tsx'
import { RequestCode } from '#components/request-code.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import type { Scope } from '#lib/console/paths.ts'
import type { CodeRequest } from '#lib/console/snippets.ts'
import { type Holder, putPolicy } from './holders.ts'
import { nameFault } from './names.ts'
import { PolicyArea, type PolicyPurpose } from './policy-area.tsx'
import { useRequest } from './use-request.ts'

type PolicyFormProps = {
  scope: Scope
  purpose: PolicyPurpose
  label: string
  help: string
  saved: string
  submit: string
  done: string
  /** What saving says will happen. */
  effect: string
  back: string
  requestFor: (text: string) => CodeRequest | undefined
  /** Of a new one: nothing has to be changed before it can be saved. */
  isNew?: boolean
  children?: React.ReactNode
}

/** A policy of an identity as a form: text, findings, save. */
export function PolicyForm(props: PolicyFormProps) {
  const { scope, purpose, label, help, saved, submit, done, effect, back, requestFor, isNew, children } =
    props
  const router = useRouter()
  const offline = useOfflineReason()
  const [text, setText] = useState(saved)
  const mutation = useRequest({ account: scope.account, done, after: () => router.push(back) })
  const request = requestFor(text)
  const reason = offline ?? (!isNew && text === saved ? 'Nothing has changed.' : undefined)
  const save = () => {
    if (!reason && request) void mutation.run(request)
  }
  return (
    <>
      <MutationForm
        mutation={mutation}
        values={() => request}
        submit={submit}
        submitPending="Saving…"
        reason={reason}
        effect={effect}
        cancel={
          <LinkButton size="form" href={back}>
            Cancel
          </LinkButton>
        }
      >
        {children}
        <PolicyArea
          scope={scope}
          purpose={purpose}
          label={label}
          help={help}
          value={text}
          onChange={setText}
          onSave={save}
        />
      </MutationForm>
      {request && (
        <div className="mt-4 max-w-form">
          <RequestCode scope={scope} requests={[request]} />
        </div>
      )}
    </>
  )
}

type InlinePolicyFormProps = {
  scope: Scope
  holder: Holder
  /** Undefined for a new one. */
  policy: string | undefined
  saved: string
  back: string
}

/** An inline policy of a user, group or role: its name where it is new, and its text. */
export function InlinePolicyForm({ scope, holder, policy, saved, back }: InlinePolicyFormProps) {
  const [typed, setTyped] = useState('')
  const name = policy ?? typed
  const fault = nameFault(name, 'policy', 128)
  return (
    <PolicyForm
      scope={scope}
      purpose="identity"
      label="Inline policy"
      help="JSON. It belongs to this one alone and is deleted with it."
      saved={saved}
      submit="Save policy"
      done={`${name} of ${holder.name} is saved.`}
      effect="Calls are decided by it from the next one on."
      back={back}
      isNew={policy === undefined}
      requestFor={(text) => (fault ? undefined : putPolicy(holder, name, text))}
    >
      {policy === undefined && (
        <Field label="Policy name" error={typed === '' ? undefined : fault} className="max-w-96">
          {(control) => (
            <Input
              {...control}
              mono
              autoComplete="off"
              autoCapitalize="off"
              spellCheck={false}
              maxLength={128}
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
            />
          )}
        </Field>
      )}
    </PolicyForm>
  )
}
