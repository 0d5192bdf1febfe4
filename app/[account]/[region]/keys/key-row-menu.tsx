'use client'

import { Ellipsis } from 'lucide-react'
import { useOfflineReason } from '#components/connection.tsx'
import { stateReason } from '#components/keys/state-reason.ts'
import { operationFor } from '#components/playground/fitting-operation.ts'
import { Button } from '#components/ui/button.tsx'
import { useCopy } from '#components/ui/copy-button.tsx'
import { Menu, MenuItem, MenuRule } from '#components/ui/menu.tsx'
import { paths, type Scope } from '#lib/console/paths.ts'
import type { KeyUsageName } from '#lib/domain/key-spec.ts'
import type { DeedTarget, KeyDeed } from './key-deeds.tsx'

type KeyRowMenuProps = {
  scope: Scope
  keyId: string
  usage: KeyUsageName
  target: DeedTarget
  start: (deed: KeyDeed, target: DeedTarget) => void
}

/** What can be done with a key of the list. What its state forbids says so, and stays. */
export function KeyRowMenu({ scope, keyId, usage, target, start }: KeyRowMenuProps) {
  const { copy } = useCopy()
  const offline = useOfflineReason()
  const { state, arn, name } = target
  const pendingDeletion = state === 'PendingDeletion' || state === 'PendingReplicaDeletion'
  return (
    <Menu
      trigger={
        <Button
          variant="quiet"
          size="icon"
          aria-label={`Actions for ${name}`}
          className="size-6 text-text2 max-md:size-11 max-md:justify-end"
        >
          <Ellipsis aria-hidden="true" className="size-4" strokeWidth={1.5} />
        </Button>
      }
    >
      <MenuItem
        href={paths.playground(scope, operationFor(usage), { key: keyId })}
        reason={stateReason('use', state, arn)}
      >
        Try it
      </MenuItem>
      <MenuItem onSelect={() => copy(arn)}>Copy ARN</MenuItem>
      <MenuItem href={paths.key(scope, keyId, 'tags')}>Edit tags</MenuItem>
      <MenuRule />
      {state === 'Disabled' ? (
        <MenuItem reason={offline} onSelect={() => start('enable', target)}>
          Enable
        </MenuItem>
      ) : (
        <MenuItem
          reason={stateReason('enableOrDisable', state, arn) ?? offline}
          onSelect={() => start('disable', target)}
        >
          Disable
        </MenuItem>
      )}
      <MenuItem
        reason={stateReason('rotateNow', state, arn) ?? offline}
        onSelect={() => start('rotate', target)}
      >
        Rotate now
      </MenuItem>
      <MenuRule />
      {pendingDeletion ? (
        <MenuItem reason={offline} onSelect={() => start('cancelDeletion', target)}>
          Cancel deletion
        </MenuItem>
      ) : (
        <MenuItem
          danger
          href={paths.deleteKey(scope, keyId)}
          reason={stateReason('scheduleDeletion', state, arn)}
        >
          Schedule deletion
        </MenuItem>
      )}
    </Menu>
  )
}
