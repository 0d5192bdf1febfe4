'use client'

import { useState } from 'react'
import { useOfflineReason } from '#components/connection.tsx'
import { stateReason } from '#components/keys/state-reason.ts'
import { Button } from '#components/ui/button.tsx'
import { useAction } from '#components/use-action.ts'
import type { Scope } from '#lib/console/paths.ts'
import { rotateKey } from '../../../actions.ts'
import { type DeedTarget, RotateDialog } from '../../../key-deeds.tsx'

/** Rotate now, with what is left of the on-demand rotations. */
export function RotateNow({
  scope,
  target,
  left,
}: {
  scope: Scope
  target: DeedTarget
  left: number | undefined
}) {
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
        reason={stateReason('rotateNow', target.state, target.arn) ?? spent ?? offline}
        onClick={() => {
          mutation.reset()
          setOpen(true)
        }}
      >
        Rotate now
      </Button>
      {open && (
        <RotateDialog
          target={target}
          mutation={mutation}
          {...(left !== undefined && { left })}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  )
}
