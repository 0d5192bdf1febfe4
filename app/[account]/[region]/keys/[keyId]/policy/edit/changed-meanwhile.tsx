'use client'

import { useQuery } from '@tanstack/react-query'
import { PolicyText } from '#components/policy/policy-text.tsx'
import { ErrorState } from '#components/states.tsx'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { Note } from '#components/ui/hint.tsx'
import { principalLabel } from '#lib/console/format.ts'
import { refusalIn } from '#lib/console/messages.ts'
import type { Scope } from '#lib/console/paths.ts'
import { read } from '#lib/console/queries.ts'
import { keyIdIn } from './key-reference.ts'

type ChangedMeanwhileProps = {
  scope: Scope
  reference: string
  /** Goes on with the draft, which then replaces what is saved now. */
  onKeep: (saved: string) => void
  /** Gives the draft up for what is saved now. */
  onTake: (saved: string) => void
}

/** Someone else saved first: nothing was written, and both texts are here to choose from. */
export function ChangedMeanwhile({ scope, reference, onKeep, onTake }: ChangedMeanwhileProps) {
  const { data, error, refetch } = useQuery({
    ...read(scope.account, scope.region, 'GetKeyPolicy', { KeyId: reference }),
    staleTime: 0,
  })
  const Filter = `key:${keyIdIn(reference)} event:PutKeyPolicy outcome:ok`
  const events = useQuery({
    ...read(scope.account, scope.region, 'SearchEvents', { Filter, Limit: 1 }),
    staleTime: 0,
  })
  const by = events.data?.Events[0]
  return (
    <Note tone="brass" role="alert" className="mb-3 max-w-form space-y-2">
      <p>
        <span className="font-semibold">
          The key policy was changed{by && ` by ${principalLabel(by.actorArn)}`} while you were editing.
        </span>{' '}
        Nothing was saved; your draft is still here.
      </p>
      {error && (
        <ErrorState
          what="What is saved now couldn’t be read."
          refusal={refusalIn(error)}
          onRetry={() => void refetch()}
        />
      )}
      {data && (
        <div className="flex flex-wrap gap-2">
          <Dialog
            wide
            title="The policy as it is saved now"
            trigger={<Button>Show what is saved now</Button>}
          >
            <PolicyText text={data.Policy} label="Saved key policy" />
          </Dialog>
          <Button onClick={() => onKeep(data.Policy)}>Keep my draft, replace theirs on saving</Button>
          <Button onClick={() => onTake(data.Policy)}>Discard my draft, edit theirs</Button>
        </div>
      )}
    </Note>
  )
}
