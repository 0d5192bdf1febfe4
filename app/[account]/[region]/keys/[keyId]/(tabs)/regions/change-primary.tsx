'use client'

import { useState } from 'react'
import { RequestCode } from '#components/request-code.tsx'
import { MutationError } from '#components/states.tsx'
import { AlertDialog } from '#components/ui/dialog.tsx'
import { FieldGroup } from '#components/ui/field.tsx'
import { useAction } from '#components/use-action.ts'
import type { Scope } from '#lib/console/paths.ts'
import type { DeedTarget } from '../../../key-deeds.tsx'
import { ledFrom } from '../../requests.ts'
import { changePrimary } from './actions.ts'

type ChangePrimaryProps = {
  scope: Scope
  target: DeedTarget
  replicas: readonly string[]
  onClose: () => void
}

/** Confirmation level 2: which replica leads from now on, and what that changes. */
export function ChangePrimary({ scope, target, replicas, onClose }: ChangePrimaryProps) {
  const [primary, setPrimary] = useState(replicas.length === 1 ? replicas[0] : undefined)
  const [tried, setTried] = useState(false)
  const mutation = useAction(changePrimary, {
    account: scope.account,
    done: (_, form) => `The primary of ${target.name} is in ${form.primary} now.`,
    after: onClose,
  })
  const key = { region: scope.region, key: target.reference }
  return (
    <AlertDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Change the primary Region of ${target.name}`}
      confirm="Change primary Region"
      pending={mutation.pending}
      pendingLabel="Changing…"
      onConfirm={() => (primary ? void mutation.run({ ...key, primary }) : setTried(true))}
      more={
        <RequestCode
          scope={scope}
          requests={[
            { name: 'UpdatePrimaryRegion', input: ledFrom({ ...key, primary: primary ?? '<Region>' }) },
          ]}
        />
      }
      error={
        mutation.refusal && (
          <MutationError refusal={mutation.refusal} what="The primary Region was not changed." />
        )
      }
    >
      <FieldGroup
        legend="New primary Region"
        error={tried && !primary ? 'Choose the Region that leads from now on.' : undefined}
      >
        {replicas.map((region) => (
          <label key={region} className="flex min-h-8 items-center gap-2 text-text max-md:min-h-11">
            <input
              type="radio"
              name="primary"
              className="size-4 shrink-0 accent-ink"
              checked={primary === region}
              onChange={() => setPrimary(region)}
            />
            {region}
          </label>
        ))}
      </FieldGroup>
      <p>
        The key there becomes the primary, the one in {scope.region} a replica. From then on the family is
        replicated, rotated and scheduled there.
      </p>
      <p>
        Both are Updating for a moment. They encrypt and decrypt meanwhile; enabling, disabling, rotating and
        scheduling deletion have to wait. No key ID, ARN, alias or policy changes, and nothing is
        re-encrypted.
      </p>
    </AlertDialog>
  )
}
