'use client'

import type { ReactNode } from 'react'
import { RequestCode } from '#components/request-code.tsx'
import { MutationError } from '#components/states.tsx'
import { AlertDialog } from '#components/ui/dialog.tsx'
import type { Scope } from '#lib/console/paths.ts'
import type { CodeRequest } from '#lib/console/snippets.ts'
import { useRequest } from './use-request.ts'

type ConfirmRequestProps = {
  scope: Scope
  request: CodeRequest
  /** Verb and object: "Detach payments-use from alice". */
  title: string
  confirm: string
  pendingLabel: string
  danger?: boolean
  /** What was done, as a sentence. */
  done: string
  /** What was not, when it is refused. */
  failed: string
  children: ReactNode
  after?: () => void
  onClose: () => void
}

/** Confirmation level 2 of one request of IAM. */
export function ConfirmRequest(props: ConfirmRequestProps) {
  const { scope, request, title, confirm, pendingLabel, danger, done, failed, children, after, onClose } =
    props
  const mutation = useRequest({
    account: scope.account,
    done,
    after: () => {
      onClose()
      after?.()
    },
  })
  return (
    <AlertDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={title}
      confirm={confirm}
      {...(danger && { danger })}
      pending={mutation.pending}
      pendingLabel={pendingLabel}
      onConfirm={() => void mutation.run(request)}
      more={<RequestCode scope={scope} requests={[request]} />}
      error={mutation.refusal && <MutationError refusal={mutation.refusal} what={failed} />}
    >
      {children}
    </AlertDialog>
  )
}
