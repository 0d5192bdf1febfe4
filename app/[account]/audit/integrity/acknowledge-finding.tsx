'use client'

import { useState } from 'react'
import type { FindingView } from '#components/integrity/log-state-words.ts'
import { KeyhouseCode } from '#components/keyhouse-code.tsx'
import { MutationError } from '#components/states.tsx'
import { AlertDialog } from '#components/ui/dialog.tsx'
import { useAction } from '#components/use-action.ts'
import { acknowledgeFinding } from './actions.ts'
import { CommentField } from './comment-field.tsx'

type Props = { account: string; finding: FindingView; name: string; onClose: () => void }

/** Confirmation level 2. Who is signed in is who acknowledges. */
export function AcknowledgeFinding({ account, finding, name, onClose }: Props) {
  const [comment, setComment] = useState('')
  const mutation = useAction(acknowledgeFinding, {
    account,
    done: () => `The ${name} is acknowledged. It stays listed.`,
    after: onClose,
  })
  const form = { id: finding.Id, comment }
  return (
    <AlertDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Acknowledge ${name}`}
      confirm="Acknowledge"
      danger
      pending={mutation.pending}
      pendingLabel="Acknowledging…"
      onConfirm={() => void mutation.run(form)}
      more={
        <div className="space-y-3">
          <CommentField value={comment} onChange={setComment} />
          <KeyhouseCode
            operation="AcknowledgeFinding"
            input={{ Id: finding.Id, ...(comment.trim() !== '' && { Comment: comment.trim() }) }}
          />
        </div>
      }
      error={
        mutation.refusal && (
          <MutationError refusal={mutation.refusal} what="The finding was not acknowledged." />
        )
      }
    >
      <p>{finding.Sentence}</p>
      <p>
        Acknowledging makes nothing right and can’t be taken back. The banner goes, the finding stays listed
        with your name, and the log records that you saw it.
      </p>
    </AlertDialog>
  )
}
