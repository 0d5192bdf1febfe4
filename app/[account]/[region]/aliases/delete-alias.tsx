'use client'

import { RequestCode } from '#components/request-code.tsx'
import { MutationError } from '#components/states.tsx'
import { Time } from '#components/time.tsx'
import { AlertDialog } from '#components/ui/dialog.tsx'
import { useAction } from '#components/use-action.ts'
import { principalLabel } from '#lib/console/format.ts'
import type { Scope } from '#lib/console/paths.ts'
import type { DeedTarget } from '../keys/key-deeds.tsx'
import { deleteAlias } from './actions.ts'

export type AliasDialogProps = { scope: Scope; target: DeedTarget; alias: string; onClose: () => void }

/** When and by whom the key was last used: what an alias's users are known by. */
export function LastUseLine({ target }: { target: DeedTarget }) {
  if (!target.lastUse)
    return (
      <p>
        {target.lastUse === null
          ? 'No use of this key has been recorded.'
          : 'The key’s last use can’t be read.'}
      </p>
    )
  return (
    <p>
      The key was last used <Time at={target.lastUse.ts} /> by {principalLabel(target.lastUse.actor)} (
      {target.lastUse.operation}).
    </p>
  )
}

/** Confirmation level 2. */
export function DeleteAlias({ scope, target, alias, onClose }: AliasDialogProps) {
  const mutation = useAction(deleteAlias, {
    account: scope.account,
    done: () => `${alias} is deleted. Its key is unchanged.`,
    after: onClose,
  })
  return (
    <AlertDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Delete ${alias}`}
      confirm="Delete alias"
      danger
      pending={mutation.pending}
      pendingLabel="Deleting…"
      onConfirm={() => void mutation.run({ region: scope.region, alias })}
      more={<RequestCode scope={scope} requests={[{ name: 'DeleteAlias', input: { AliasName: alias } }]} />}
      error={
        mutation.refusal && <MutationError refusal={mutation.refusal} what="The alias was not deleted." />
      }
    >
      <p>
        Calls that name {alias} will fail with NotFoundException. The key and its other aliases stay; data
        under it still decrypts.
      </p>
      <LastUseLine target={target} />
    </AlertDialog>
  )
}
