'use client'

import { useRouter } from 'next/navigation'
import { type FormEvent, useState } from 'react'
import { KeyhouseCode } from '#components/keyhouse-code.tsx'
import { RegionChoice } from '#components/region-choice.tsx'
import { useSessionEnded } from '#components/session-ended.tsx'
import { MutationError } from '#components/states.tsx'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { type RefusalView, refusalIn } from '#lib/console/messages.ts'
import type { OutputOf } from '#lib/console/operations.ts'
import { paths } from '#lib/console/paths.ts'
import { fetchJson } from '#lib/console/queries.ts'
import { MadeAccount } from './made-account.tsx'

type Made = OutputOf<'CreateAccount'>
type Draft = {
  readonly id: string
  readonly alias: string
  readonly name: string
  readonly regions: string[]
}

const FIELDS = [
  { name: 'id', label: 'Account ID', help: '12 digits. Left empty, one is made.', optional: true },
  { name: 'alias', label: 'Alias', help: 'A name to sign in with instead of the digits.', optional: true },
  { name: 'name', label: 'First administrator', help: 'Their user name.', optional: false },
] as const

const inputOf = ({ id, alias, name, regions }: Draft) => ({
  ...(id !== '' && { AccountId: id }),
  ...(alias !== '' && { Alias: alias }),
  Regions: regions,
  AdministratorName: name,
})

function useCreate(done: (made: Made) => void) {
  const [pending, setPending] = useState(false)
  const [refusal, setRefusal] = useState<RefusalView>()
  const ended = useSessionEnded()
  async function run(draft: Draft) {
    setPending(true)
    setRefusal(undefined)
    try {
      // Our own route handler's answer: CreateAccount's output.
      done((await fetchJson(paths.newAccount(), { body: inputOf(draft) })) as Made)
    } catch (thrown) {
      const found = refusalIn(thrown)
      if (found.code === 'SessionEnded') ended()
      setRefusal(found)
    }
    setPending(false)
  }
  return { run, pending, refusal }
}

function Form({ regions, onMade }: { regions: readonly string[]; onMade: (made: Made) => void }) {
  const [draft, setDraft] = useState<Draft>({ id: '', alias: '', name: 'admin', regions: [...regions] })
  const { run, pending, refusal } = useCreate(onMade)
  function submit(event: FormEvent) {
    event.preventDefault()
    void run(draft)
  }
  return (
    <form method="post" className="space-y-4" onSubmit={submit}>
      {FIELDS.map(({ name, label, help, optional }) => (
        <Field key={name} label={label} help={help} optional={optional}>
          {(control) => (
            <Input
              {...control}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              value={draft[name]}
              onChange={(event) => setDraft({ ...draft, [name]: event.target.value.trim() })}
              mono={name !== 'name'}
            />
          )}
        </Field>
      ))}
      <RegionChoice chosen={draft.regions} onChange={(chosen) => setDraft({ ...draft, regions: chosen })} />
      {refusal && <MutationError refusal={refusal} what="The account was not created." />}
      <Button type="submit" size="form" variant="primary" pending={pending} pendingLabel="Creating…">
        Create account
      </Button>
      <KeyhouseCode operation="CreateAccount" input={inputOf(draft)} />
    </form>
  )
}

/** Makes an account with its first administrator, whose first password is shown once. */
export function NewAccount({ regions }: { regions: readonly string[] }) {
  const [open, setOpen] = useState(false)
  const [made, setMade] = useState<Made>()
  const router = useRouter()
  function change(now: boolean) {
    setOpen(now)
    if (now) return
    setMade(undefined)
    router.refresh()
  }
  return (
    <Dialog
      wide
      title={made ? 'Account created' : 'Create account'}
      trigger={<Button variant="primary">Create account</Button>}
      open={open}
      onOpenChange={change}
    >
      {made ? (
        <MadeAccount made={made} onSaved={() => change(false)} />
      ) : (
        <Form regions={regions} onMade={setMade} />
      )}
    </Dialog>
  )
}
