'use client'

import { useState } from 'react'
import { useOfflineReason } from '#components/connection.tsx'
import { MutationForm } from '#components/mutation-form.tsx'
import { RequestCode } from '#components/request-code.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { useAction } from '#components/use-action.ts'
import { shortId } from '#lib/console/format.ts'
import type { Scope } from '#lib/console/paths.ts'
import { createAlias } from './actions.ts'
import { faultOf, wholeAlias } from './alias-name.ts'
import { type ChosenKey, KeyChoice } from './key-choice.tsx'

type CreateAliasDialogProps = { scope: Scope; onClose: () => void }

/** A name and the key it is for. */
export function CreateAliasDialog({ scope, onClose }: CreateAliasDialogProps) {
  const [typed, setTyped] = useState('')
  const [chosen, setChosen] = useState<ChosenKey>()
  const [tried, setTried] = useState(false)
  const offline = useOfflineReason()
  const alias = wholeAlias(typed)
  const fault = faultOf(alias)
  const mutation = useAction(createAlias, {
    account: scope.account,
    done: (_, form) => `${form.alias} points at key ${shortId(form.key)}.`,
    after: onClose,
  })
  function values() {
    setTried(true)
    return fault || !chosen ? undefined : { region: scope.region, alias, key: chosen.id }
  }
  const input = { AliasName: alias, TargetKeyId: chosen?.id ?? '<key ID>' }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Create alias"
      description={`A name for a key in ${scope.region}. It can be repointed later.`}
    >
      <MutationForm
        mutation={mutation}
        values={values}
        submit="Create alias"
        submitPending="Creating…"
        reason={offline}
      >
        <Field
          label="Alias"
          help="alias/ is put before it."
          error={tried || typed !== '' ? fault : undefined}
        >
          {(control) => (
            <Input
              {...control}
              // A dialog that asks for a name begins in it.
              autoFocus
              mono
              autoComplete="off"
              autoCapitalize="off"
              spellCheck={false}
              maxLength={250}
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
            />
          )}
        </Field>
        <KeyChoice
          scope={scope}
          find="Find the key"
          legend="Key"
          among="-state:PendingDeletion,PendingReplicaDeletion"
          none="No key matches."
          missing={tried && !chosen ? 'Choose the key that the alias will point at.' : undefined}
          chosen={chosen}
          onChoose={setChosen}
        />
      </MutationForm>
      <div className="mt-4">
        <RequestCode scope={scope} requests={[{ name: 'CreateAlias', input }]} />
      </div>
    </Dialog>
  )
}
