'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { GuardrailConsequence } from '#app/[account]/identities/_parts/guardrail-consequence.tsx'
import { FULL_ACCESS_TEXT } from '#app/[account]/identities/_parts/guardrail-effect.ts'
import type { Guardrail } from '#app/[account]/identities/_parts/guardrails.tsx'
import { nameFault } from '#app/[account]/identities/_parts/names.ts'
import { PolicyArea } from '#app/[account]/identities/_parts/policy-area.tsx'
import { useTypedName } from '#app/[account]/identities/_parts/typed-name.tsx'
import { useOfflineReason } from '#components/connection.tsx'
import { KeyhouseCode } from '#components/keyhouse-code.tsx'
import { MutationForm } from '#components/mutation-form.tsx'
import { Section } from '#components/page-header.tsx'
import { PolicyChange } from '#components/policy/policy-change.tsx'
import { Checkbox } from '#components/ui/checkbox.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { useAction } from '#components/use-action.ts'
import { count } from '#lib/console/format.ts'
import { paths, type Scope } from '#lib/console/paths.ts'
import type { ListedAccount } from '../../account-table.tsx'
import { callOf } from '../../account-words.ts'
import { putGuardrail } from '../../actions.ts'
import { putGuardrailInput } from '../../guardrail-input.ts'

const STARTING_GUARDRAIL = JSON.stringify(
  {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'KeepKeys',
        Effect: 'Deny',
        Action: ['kms:ScheduleKeyDeletion', 'kms:DeleteImportedKeyMaterial'],
        Resource: '*',
      },
    ],
  },
  null,
  2,
)

type GuardrailFormProps = {
  scope: Scope
  of: ListedAccount
  guardrails: readonly Guardrail[]
  /** The one that is changed; undefined for a new one. */
  present: Guardrail | undefined
}

/** The guardrails' texts as they would stand. */
function textsAfter({ guardrails, name, text, full }: TextsAfter): readonly string[] {
  const others = guardrails.filter((one) => one.Name !== name).map(({ Policy }) => Policy)
  return [...others, text, ...(full ? [FULL_ACCESS_TEXT] : [])]
}
type TextsAfter = { guardrails: readonly Guardrail[]; name: string; text: string; full: boolean }

function faultOf(name: string, { guardrails, present }: GuardrailFormProps): string | undefined {
  if (present) return undefined
  if (guardrails.some(({ Name }) => Name === name))
    return `There is a guardrail ${name} already. Change it on the page of the account.`
  return nameFault(name, 'guardrail', 128)
}

/** Confirmation level 3: the text, what it changes and for whom, the account's name typed. */
export function GuardrailForm(props: GuardrailFormProps) {
  const { scope, of, guardrails, present } = props
  const router = useRouter()
  const offline = useOfflineReason()
  const [typed, setTyped] = useState('')
  const [tried, setTried] = useState(false)
  const [text, setText] = useState(present?.Policy ?? STARTING_GUARDRAIL)
  const [withFull, setWithFull] = useState(true)
  const confirmation = useTypedName(callOf(of))
  const name = present?.Name ?? typed
  const fault = faultOf(name, props)
  const first = guardrails.length === 0
  const back = paths.identity(scope.account, 'accounts', of.AccountId)
  const mutation = useAction(putGuardrail, {
    account: scope.account,
    done: () => `Guardrail ${name} of account ${callOf(of)} is set.`,
    after: () => router.push(back),
  })
  const unchanged = present && text === present.Policy ? 'Nothing has changed.' : undefined
  const form = { id: of.AccountId, name, policy: text, ...(first && { withFullAccess: withFull }) }
  function values() {
    setTried(true)
    const confirmed = confirmation.confirmed()
    return confirmed && fault === undefined ? form : undefined
  }
  return (
    <>
      <MutationForm
        mutation={mutation}
        values={values}
        submit="Set guardrail"
        submitPending="Setting…"
        danger
        reason={offline ?? unchanged}
        cancel={
          <LinkButton size="form" href={back}>
            Cancel
          </LinkButton>
        }
      >
        {!present && <NameField name={typed} onName={setTyped} fault={tried ? fault : undefined} />}
        {first && (
          <Checkbox
            label="Set FullAccess beside it"
            help="Guardrails together must allow: without one that allows, nobody of the account can do anything."
            checked={withFull}
            onChange={(event) => setWithFull(event.target.checked)}
          />
        )}
        <PolicyArea
          scope={scope}
          purpose="boundary"
          label="Guardrail"
          help="JSON, as an identity policy is. It names no principals: everybody of the account is bound."
          value={text}
          onChange={setText}
          onSave={() => {
            const valid = unchanged || offline ? undefined : values()
            if (valid) void mutation.run(valid)
          }}
        />
        <Section title="What changes">
          <div className="space-y-3">
            <GuardrailConsequence
              who={callOf(of)}
              users={count(of.Users, 'user')}
              after={textsAfter({ guardrails, name, text, full: first && withFull })}
            />
            {present && !unchanged && (
              <PolicyChange
                before={present.Policy}
                after={text}
                beforeName="now"
                afterName="afterwards"
                account={of.AccountId}
              />
            )}
          </div>
        </Section>
        {confirmation.field}
      </MutationForm>
      <div className="mt-4 max-w-form">
        <KeyhouseCode operation="PutGuardrail" input={putGuardrailInput(form)} />
      </div>
    </>
  )
}

type NameFieldProps = { name: string; onName: (name: string) => void; fault: string | undefined }

const NameField = ({ name, onName, fault }: NameFieldProps) => (
  <Field label="Guardrail name" error={fault} className="max-w-96">
    {(control) => (
      <Input
        {...control}
        mono
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        maxLength={128}
        value={name}
        onChange={(event) => onName(event.target.value)}
      />
    )}
  </Field>
)
