'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { ConfirmRequest } from '#app/[account]/identities/_parts/confirm-request.tsx'
import { Button } from '#components/ui/button.tsx'
import { paths, type Scope } from '#lib/console/paths.ts'

type DeletePolicyProps = {
  scope: Scope
  name: string
  arn: string
  /** How many have it or are bounded by it. */
  used: number
  /** Versions that are not in force: AWS wants them deleted before. */
  older: readonly string[]
}

function reasonOf({ used, older }: DeletePolicyProps): string | undefined {
  if (used > 0) return 'DeleteConflict: somebody has this policy. Detach it first.'
  if (older.length > 0) return `DeleteConflict: it has older versions. Delete ${older.join(', ')} first.`
  return undefined
}

export function DeletePolicy(props: DeletePolicyProps) {
  const { scope, name, arn } = props
  const [open, setOpen] = useState(false)
  const router = useRouter()
  return (
    <>
      <Button reason={reasonOf(props)} onClick={() => setOpen(true)}>
        Delete policy
      </Button>
      {open && (
        <ConfirmRequest
          scope={scope}
          request={{ name: 'DeletePolicy', input: { PolicyArn: arn } }}
          title={`Delete ${name}`}
          confirm="Delete policy"
          pendingLabel="Deleting…"
          danger
          done={`${name} is deleted.`}
          failed="The policy was not deleted."
          after={() => router.push(paths.identities(scope.account, 'policies'))}
          onClose={() => setOpen(false)}
        >
          <p>Nobody has it, so nobody loses anything. Its text is gone.</p>
        </ConfirmRequest>
      )}
    </>
  )
}
