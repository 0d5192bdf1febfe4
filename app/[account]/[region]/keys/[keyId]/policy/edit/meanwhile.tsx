'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { MergeView } from '#components/policy/merge-view.tsx'
import { ErrorState } from '#components/states.tsx'
import { Button } from '#components/ui/button.tsx'
import { Note } from '#components/ui/hint.tsx'
import { principalLabel } from '#lib/console/format.ts'
import { refusalIn } from '#lib/console/messages.ts'
import type { Scope } from '#lib/console/paths.ts'
import { read } from '#lib/console/queries.ts'
import type { PolicyVersion, SavedPolicy } from '../policy-place.ts'

/** The version in force by now, asked again whenever the window comes back to the front. */
export function useNewest({ account, region }: Scope, reference: string): PolicyVersion | undefined {
  const { data } = useQuery({
    ...read(account, region, 'ListPolicyVersions', { KeyId: reference, Limit: 1 }),
    staleTime: 0,
    refetchOnWindowFocus: 'always',
  })
  return data?.Versions[0]
}

type MeanwhileProps = {
  scope: Scope
  reference: string
  /** What somebody else put in force. */
  newest: PolicyVersion
  draft: { readonly text: string; readonly base: string; readonly baseVersion: number }
  /** Goes on from their version with this text. */
  onSettle: (theirs: SavedPolicy, text: string) => void
}

/** Somebody else saved first: their change and the draft, brought together or chosen between. */
export function Meanwhile({ scope, reference, newest, draft, onSettle }: MeanwhileProps) {
  const [merging, setMerging] = useState(false)
  const version = newest.Version
  const { data, error, refetch } = useQuery(
    read(scope.account, scope.region, 'GetPolicyVersion', { KeyId: reference, Version: version }),
  )
  const theirs = data && { text: data.Policy, version }
  const untouched = draft.text === draft.base
  const by = principalLabel(newest.CreatedBy)
  return (
    <>
      <Note tone="brass" role="alert" className="mb-3 max-w-form space-y-2">
        <p>
          <span className="font-semibold">
            Policy changed to v{version} by {by} while you were editing.
          </span>{' '}
          {untouched ? 'You have changed nothing yet.' : 'Nothing of yours is saved or lost.'}
        </p>
        {error && (
          <ErrorState
            what={`Version ${version} couldn’t be read.`}
            refusal={refusalIn(error)}
            onRetry={() => void refetch()}
          />
        )}
        {theirs && (
          <div className="flex flex-wrap gap-2">
            {!untouched && !merging && <Button onClick={() => setMerging(true)}>Merge</Button>}
            {!untouched && (
              <Button onClick={() => onSettle(theirs, draft.text)}>Keep mine, replace theirs</Button>
            )}
            <Button onClick={() => onSettle(theirs, theirs.text)}>
              {untouched ? `Edit v${version}` : 'Discard mine, edit theirs'}
            </Button>
          </div>
        )}
      </Note>
      {merging && theirs && (
        <MergeView
          base={draft.base}
          theirs={theirs.text}
          mine={draft.text}
          baseName={`v${draft.baseVersion}`}
          theirsName={`v${version} by ${by}`}
          onMerge={(text) => onSettle(theirs, text)}
        />
      )}
    </>
  )
}
