'use client'

import { KeyhouseCode } from '#components/keyhouse-code.tsx'
import { MutationError } from '#components/states.tsx'
import { AlertDialog } from '#components/ui/dialog.tsx'
import { useAction } from '#components/use-action.ts'
import { count } from '#lib/console/format.ts'
import type { ListedAccount } from './account-table.tsx'
import { disableAccount, enableAccount } from './actions.ts'

export type AccountDialogProps = { account: string; of: ListedAccount; onClose: () => void }

/** Confirmation level 2. */
export function DisableAccount({ account, of, onClose }: AccountDialogProps) {
  const enable = useAction(enableAccount, { account, done: (_, { id }) => `Account ${id} is enabled.` })
  const mutation = useAction(disableAccount, {
    account,
    done: (_, { id }) => `Account ${id} is disabled.`,
    undo: { label: 'Enable', run: (form) => void enable.run(form) },
    after: onClose,
  })
  return (
    <AlertDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Disable account ${of.AccountId}`}
      confirm="Disable account"
      danger
      pending={mutation.pending}
      pendingLabel="Disabling…"
      onConfirm={() => void mutation.run({ id: of.AccountId })}
      more={<KeyhouseCode operation="DisableAccount" input={{ AccountId: of.AccountId }} />}
      error={
        mutation.refusal && <MutationError refusal={mutation.refusal} what="The account was not disabled." />
      }
    >
      <p>
        {count(of.Users, 'user')} will be signed out and can’t sign in; programs of the account are refused.
      </p>
      <p>
        Its {count(of.Keys, 'key')} stay, and accounts that its key policies name go on using them. Enabling
        undoes this.
      </p>
    </AlertDialog>
  )
}
