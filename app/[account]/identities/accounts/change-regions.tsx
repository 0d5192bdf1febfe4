'use client'

import { type FormEvent, useState } from 'react'
import { KeyhouseCode } from '#components/keyhouse-code.tsx'
import { RegionChoice } from '#components/region-choice.tsx'
import { MutationError } from '#components/states.tsx'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { useAction } from '#components/use-action.ts'
import { updateRegions } from './actions.ts'
import type { AccountDialogProps } from './disable-account.tsx'

/** Adds Regions to an account, or takes away those in which it has no keys. */
export function ChangeRegions({ account, of, onClose }: AccountDialogProps) {
  const [regions, setRegions] = useState<string[]>([...of.Regions])
  const mutation = useAction(updateRegions, {
    account,
    done: () => `The Regions of account ${of.AccountId} are changed.`,
    after: onClose,
  })
  function submit(event: FormEvent) {
    event.preventDefault()
    event.stopPropagation()
    void mutation.run({ id: of.AccountId, regions })
  }
  return (
    <Dialog
      wide
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Regions of account ${of.AccountId}`}
      description="A Region in which the account has keys can’t be taken away."
    >
      <form method="post" className="space-y-4" onSubmit={submit}>
        <RegionChoice chosen={regions} onChange={setRegions} />
        {mutation.refusal && (
          <MutationError refusal={mutation.refusal} what="The Regions were not changed." />
        )}
        <div className="flex justify-end gap-2">
          <Button size="form" onClick={onClose}>
            Cancel
          </Button>
          <Button
            type="submit"
            size="form"
            variant="primary"
            pending={mutation.pending}
            pendingLabel="Saving…"
          >
            Save Regions
          </Button>
        </div>
        <KeyhouseCode
          operation="UpdateAccountRegions"
          input={{ AccountId: of.AccountId, Regions: regions }}
        />
      </form>
    </Dialog>
  )
}
