'use client'

import { ChevronDown } from 'lucide-react'
import { useOfflineReason } from '#components/connection.tsx'
import { canRotate, type KeyKind, primaryOnly } from '#components/keys/key-kind.ts'
import { stateReason } from '#components/keys/state-reason.ts'
import { Button } from '#components/ui/button.tsx'
import { useCopy } from '#components/ui/copy-button.tsx'
import { Menu, MenuItem, MenuRule } from '#components/ui/menu.tsx'
import { paths, type Scope } from '#lib/console/paths.ts'
import type { DeedTarget, KeyDeeds } from '../../key-deeds.tsx'
import type { ForeseenAction, Foresight } from './use-foreseen.ts'

type KeyMenuProps = {
  scope: Scope
  /** The scope of the account that is signed in: its log is the one that can be opened. */
  home: Scope
  keyId: string
  kind: KeyKind
  target: DeedTarget
  deeds: KeyDeeds
  foresight: Foresight
}

/** Said under an item that stays: its page explains the rest, and the engine decides. */
function adviceOn({ foresight, kind }: KeyMenuProps, action: ForeseenAction): string | undefined {
  const refusal = kind.managed ? undefined : foresight.of(action)
  return refusal && `You aren’t allowed kms:${action} on this key.`
}

/** Everything else that is done to a key. What its kind can never do is not there; what its state forbids says so. */
export function KeyMenu(props: KeyMenuProps) {
  const { scope, home, keyId, kind, target } = props
  const { copy } = useCopy()
  return (
    <Menu
      trigger={
        <Button>
          <span className="max-sm:hidden">Key actions</span>
          <span className="sm:hidden">Actions</span>
          <ChevronDown aria-hidden="true" className="size-4" strokeWidth={1.5} />
        </Button>
      }
    >
      {!kind.managed && (
        <>
          <Changes {...props} />
          <MenuRule />
        </>
      )}
      <MenuItem onSelect={() => copy(target.arn)}>Copy ARN</MenuItem>
      <MenuItem onSelect={() => copy(keyId)}>Copy key ID</MenuItem>
      <MenuItem href={paths.audit(home.account, { q: `key:${keyId}` })}>Open in audit log</MenuItem>
      {!kind.managed && (
        <>
          <MenuRule />
          <MenuItem
            danger
            href={paths.deleteKey(scope, keyId)}
            reason={stateReason('scheduleDeletion', target.state, target.arn)}
            advice={adviceOn(props, 'ScheduleKeyDeletion')}
          >
            Schedule deletion
          </MenuItem>
        </>
      )}
    </Menu>
  )
}

function Changes(props: KeyMenuProps) {
  const { scope, keyId, kind, target, deeds } = props
  const offline = useOfflineReason()
  const { state, arn } = target
  return (
    <>
      <MenuItem href={paths.editPolicy(scope, keyId)} advice={adviceOn(props, 'PutKeyPolicy')}>
        Edit policy
      </MenuItem>
      <MenuItem
        href={paths.newGrant(scope, keyId)}
        reason={stateReason('createGrant', state, arn)}
        advice={adviceOn(props, 'CreateGrant')}
      >
        Create grant
      </MenuItem>
      {canRotate(kind) && (
        <MenuItem
          reason={primaryOnly(kind) ?? stateReason('rotateNow', state, arn) ?? offline}
          advice={adviceOn(props, 'RotateKeyOnDemand')}
          onSelect={() => deeds.start('rotate', target)}
        >
          Rotate now
        </MenuItem>
      )}
      {kind.origin === 'EXTERNAL' && (
        <MenuItem
          href={paths.importMaterial(scope, keyId)}
          reason={stateReason('importParameters', state, arn)}
        >
          Import key material
        </MenuItem>
      )}
      {kind.primaryRegion && (
        <>
          <MenuItem
            href={paths.replicateKey(scope, keyId)}
            reason={primaryOnly(kind) ?? stateReason('replicate', state, arn)}
          >
            Replicate
          </MenuItem>
          <MenuItem
            href={paths.key(scope, keyId, 'regions')}
            reason={primaryOnly(kind) ?? stateReason('updatePrimary', state, arn)}
          >
            Change primary Region
          </MenuItem>
        </>
      )}
    </>
  )
}
