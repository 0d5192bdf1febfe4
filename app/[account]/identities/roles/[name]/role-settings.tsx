'use client'

import { useState } from 'react'
import { useRequest } from '#app/[account]/identities/_parts/use-request.ts'
import { MutationForm } from '#components/mutation-form.tsx'
import { RequestCode } from '#components/request-code.tsx'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import type { Scope } from '#lib/console/paths.ts'

const HOUR = 3600

type RoleSettingsProps = { scope: Scope; name: string; description: string; seconds: number }

/** Description and longest session of a role. */
export function RoleSettings(props: RoleSettingsProps) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button onClick={() => setOpen(true)}>Edit</Button>
      {open && <EditRole {...props} onClose={() => setOpen(false)} />}
    </>
  )
}

function EditRole({
  scope,
  name,
  description,
  seconds,
  onClose,
}: RoleSettingsProps & { onClose: () => void }) {
  const [words, setWords] = useState(description)
  const [hours, setHours] = useState(String(seconds / HOUR))
  const mutation = useRequest({ account: scope.account, done: `${name} is saved.`, after: onClose })
  const good = Number(hours) >= 1 && Number(hours) <= 12
  const request = {
    name: 'UpdateRole',
    input: {
      RoleName: name,
      Description: words,
      MaxSessionDuration: good ? Math.round(Number(hours) * HOUR) : HOUR,
    },
  } as const
  return (
    <Dialog open onOpenChange={(now) => !now && onClose()} title={`Edit ${name}`}>
      <MutationForm
        mutation={mutation}
        values={() => (good ? request : undefined)}
        submit="Save role"
        submitPending="Saving…"
      >
        <Field label="Description" optional>
          {(control) => (
            <Input
              {...control}
              maxLength={1000}
              value={words}
              onChange={(event) => setWords(event.target.value)}
            />
          )}
        </Field>
        <Field
          label="Longest session, in hours"
          help="Sessions that are open go on as long as they were made for."
          error={good ? undefined : 'A session lasts 1 to 12 hours.'}
        >
          {(control) => (
            <Input
              {...control}
              type="number"
              min={1}
              max={12}
              className="w-24"
              value={hours}
              onChange={(event) => setHours(event.target.value)}
            />
          )}
        </Field>
      </MutationForm>
      <div className="mt-4">
        <RequestCode scope={scope} requests={[request]} />
      </div>
    </Dialog>
  )
}
