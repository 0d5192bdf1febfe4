'use client'

import { useState } from 'react'
import { useOfflineReason } from '#components/connection.tsx'
import type { MaterialKind } from '#components/keys/material-kind.ts'
import type { Material } from '#components/keys/materials.ts'
import { stateReason } from '#components/keys/state-reason.ts'
import { Button } from '#components/ui/button.tsx'
import { useAction } from '#components/use-action.ts'
import type { Scope } from '#lib/console/paths.ts'
import { rotateKey } from '../../../actions.ts'
import { type DeedTarget, RotateDialog } from '../../../key-deeds.tsx'

type RotateNowProps = {
  scope: Scope
  target: DeedTarget
  left: number | undefined
  kind: MaterialKind
  /** The Region of the primary, where a family rotates. */
  primary: string
  /** The state of the material that waits, if one does. */
  pending: Material['state'] | undefined
}

/** Why this kind of key cannot rotate now, whatever its state. */
function kindReason({ kind, primary, scope, pending }: RotateNowProps): string | undefined {
  if (primary !== scope.region) return `The primary key in ${primary} rotates, for all of its replicas.`
  if (kind !== 'imported') return undefined
  if (pending === undefined) return 'No key material is pending rotation. Import new material first.'
  if (pending === 'PENDING_MULTI_REGION_IMPORT_AND_ROTATION')
    return 'The new material is not in every Region yet. Import the same bytes into each replica first.'
  return undefined
}

/** Rotate now, with what is left of the on-demand rotations. */
export function RotateNow(props: RotateNowProps) {
  const { scope, target, left } = props
  const [open, setOpen] = useState(false)
  const offline = useOfflineReason()
  const mutation = useAction(
    (asked: DeedTarget) => rotateKey({ region: scope.region, key: asked.reference }),
    {
      account: scope.account,
      done: () => `${target.name} is rotated: new encryptions use new material.`,
      after: () => setOpen(false),
    },
  )
  const spent =
    left === 0 ? 'LimitExceededException: all 25 on-demand rotations of this key are used.' : undefined
  return (
    <>
      <Button
        reason={stateReason('rotateNow', target.state, target.arn) ?? kindReason(props) ?? spent ?? offline}
        onClick={() => {
          mutation.reset()
          setOpen(true)
        }}
      >
        Rotate now
      </Button>
      {open && (
        <RotateDialog
          scope={scope}
          target={target}
          mutation={mutation}
          {...(left !== undefined && { left })}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  )
}
