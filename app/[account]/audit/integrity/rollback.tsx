'use client'

import { useState } from 'react'
import type { LogStateView } from '#components/integrity/log-state-words.ts'
import { KeyhouseCode } from '#components/keyhouse-code.tsx'
import { MutationForm } from '#components/mutation-form.tsx'
import { Section } from '#components/page-header.tsx'
import { useAction } from '#components/use-action.ts'
import { useTypedName } from '../../identities/_parts/typed-name.tsx'
import { acknowledgeRollback } from './actions.ts'
import { CommentField } from './comment-field.tsx'

/** Confirmation level 3: what the log looks like, what going on means, and the log's own name typed. */
export function Rollback({ account, state }: { account: string; state: LogStateView }) {
  const [comment, setComment] = useState('')
  const origin = state.Keys.find(({ Until }) => Until === null)?.Origin ?? state.Checkpoint?.Origin ?? ''
  const typed = useTypedName(origin)
  const mutation = useAction(acknowledgeRollback, {
    account,
    done: ({ Origin }) => `The rollback is acknowledged. The log goes on as ${Origin}.`,
  })
  return (
    <Section title="Rollback suspected">
      <div id="rollback" className="max-w-form scroll-mt-24 space-y-3">
        <p className="text-table text-text2">
          The database is older than what was signed of it: it was restored from a backup, or somebody set it
          back. Events between the two are gone from it, and so are changes of keys, grants and identities.
          Until this is acknowledged, nothing can be changed and no checkpoint is signed.
        </p>
        <p className="text-table text-text2">
          Acknowledging lets the log go on under a new name with a new key, so that nobody can mistake the two
          for one. Everyone who keeps the public key needs the new one. The checkpoints that were signed
          before stay true of the log that was lost.
        </p>
        <MutationForm
          mutation={mutation}
          values={() => (typed.confirmed() ? { comment } : undefined)}
          danger
          submit="Acknowledge rollback"
          submitPending="Acknowledging…"
        >
          <CommentField value={comment} onChange={setComment} />
          {typed.field}
        </MutationForm>
        <KeyhouseCode
          operation="AcknowledgeRollback"
          input={comment.trim() === '' ? {} : { Comment: comment.trim() }}
        />
      </div>
    </Section>
  )
}
