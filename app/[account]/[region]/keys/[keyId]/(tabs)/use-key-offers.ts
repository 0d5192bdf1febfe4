'use client'

import { useOfflineReason } from '#components/connection.tsx'
import { canRotate, type KeyKind, MANAGED_REASON, primaryOnly } from '#components/keys/key-kind.ts'
import { stateReason } from '#components/keys/state-reason.ts'
import { operationFor } from '#components/playground/fitting-operation.ts'
import { type PageAction, usePageActions } from '#components/shortcuts/page-actions.tsx'
import { useShortcuts } from '#components/shortcuts/shortcuts.tsx'
import { useCopy } from '#components/ui/copy-button.tsx'
import { paths, type Scope } from '#lib/console/paths.ts'
import type { DeedTarget, KeyDeeds } from '../../key-deeds.tsx'

type Offers = { scope: Scope; home: Scope; keyId: string; kind: KeyKind; target: DeedTarget; deeds: KeyDeeds }

/** What a key's page offers to the palette, with the reasons of what cannot be done, and the key that copies its ARN. */
export function useKeyOffers({ scope, home, keyId, kind, target, deeds }: Offers): void {
  const offline = useOfflineReason()
  const { copy } = useCopy()
  const { arn, name, state, reference } = target
  const managed = kind.managed ? MANAGED_REASON : undefined
  const able = (deed: Parameters<typeof stateReason>[0]) => managed ?? stateReason(deed, state, arn)
  const pending = state === 'PendingDeletion' || state === 'PendingReplicaDeletion'
  const run = (deed: Parameters<KeyDeeds['start']>[0]) => () => deeds.start(deed, target)
  const rotation: PageAction[] = canRotate(kind)
    ? [
        {
          label: `Rotate ${name} now`,
          run: run('rotate'),
          reason: primaryOnly(kind) ?? able('rotateNow') ?? offline,
        },
      ]
    : []
  usePageActions([
    {
      label: `Try ${name}`,
      href: paths.playground(home, operationFor(kind.usage), { key: reference }),
      reason: stateReason('use', state, arn),
    },
    state === 'Disabled'
      ? { label: `Enable ${name}`, run: run('enable'), reason: managed ?? offline }
      : { label: `Disable ${name}`, run: run('disable'), reason: able('enableOrDisable') ?? offline },
    { label: `Edit the policy of ${name}`, href: paths.editPolicy(scope, keyId), reason: managed },
    ...rotation,
    { label: 'Copy its ARN', run: () => copy(arn) },
    { label: 'Copy its key ID', run: () => copy(keyId) },
    { label: 'Open it in the audit log', href: paths.audit(home.account, { q: `key:${keyId}` }) },
    pending
      ? { label: `Cancel deletion of ${name}`, run: run('cancelDeletion'), reason: offline }
      : {
          label: `Schedule deletion of ${name}`,
          href: paths.deleteKey(scope, keyId),
          reason: able('scheduleDeletion'),
        },
  ])
  useShortcuts([{ keys: ['Shift+y'], label: 'Copy the key’s ARN', group: 'This page', run: () => copy(arn) }])
}
