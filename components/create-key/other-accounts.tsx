'use client'

import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Chip } from '#components/ui/chip.tsx'
import { Field } from '#components/ui/field.tsx'
import { Note } from '#components/ui/hint.tsx'
import { Input } from '#components/ui/input.tsx'
import { FaultList } from './paste-arns.tsx'
import { type PastedArns, readAccounts } from './pasted-arns.ts'
import { useWizard } from './wizard-context.tsx'

/** Accounts whose people may use the key, if their own account lets them too. */
export function OtherAccounts({
  accounts,
  onChange,
}: {
  accounts: readonly string[]
  onChange: (accounts: string[]) => void
}) {
  const { owner } = useWizard()
  const [text, setText] = useState('')
  const [faults, setFaults] = useState<PastedArns['faults']>([])

  function add() {
    const found = readAccounts(text, owner.account, accounts)
    setFaults(found.faults)
    setText(found.faults.map((fault) => fault.text).join(' '))
    if (found.arns.length > 0) onChange([...accounts, ...found.arns])
  }
  return (
    <section className="max-w-form">
      <h2 className="mb-2 border-b border-line pb-1 text-section">Other AWS accounts</h2>
      {accounts.length > 0 && (
        <>
          <ul aria-label="Other accounts, chosen" className="mb-2 flex flex-wrap gap-1.5">
            {accounts.map((account) => (
              <li key={account}>
                <Chip
                  onRemove={() => onChange(accounts.filter((one) => one !== account))}
                  removeLabel={`Remove account ${account}`}
                >
                  {account}
                </Chip>
              </li>
            ))}
          </ul>
          <Note tone="brass" className="mb-3">
            Everyone in {accounts.length === 1 ? 'this account' : 'these accounts'} whom an identity policy
            there allows can use this key.
          </Note>
        </>
      )}
      <Field
        label="Account ID"
        optional
        help="12 digits; several apart by spaces. Access for another account also needs an identity policy in that account."
        error={faults.length > 0 && <FaultList faults={faults} />}
      >
        {(control) => (
          <span className="flex gap-2">
            <Input
              {...control}
              mono
              inputMode="numeric"
              autoComplete="off"
              className="max-w-80"
              value={text}
              onChange={(event) => setText(event.target.value)}
              onKeyDown={(event) => {
                if (event.key !== 'Enter') return
                event.preventDefault()
                add()
              }}
            />
            <Button
              size="form"
              reason={text.trim() === '' ? 'Enter an account ID first.' : undefined}
              onClick={add}
            >
              Add account
            </Button>
          </span>
        )}
      </Field>
    </section>
  )
}
