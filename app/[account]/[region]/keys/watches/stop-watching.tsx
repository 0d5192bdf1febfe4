'use client'

import { useOfflineReason } from '#components/connection.tsx'
import { MutationError } from '#components/states.tsx'
import { Button } from '#components/ui/button.tsx'
import { useAction } from '#components/use-action.ts'
import type { Scope } from '#lib/console/paths.ts'
import { stopWatch } from './actions.ts'

type StopWatchingProps = {
  scope: Scope
  id: string
  name: string
}

/** Ends a watch before its time. What it counted stays in the log. */
export function StopWatching({ scope, id, name }: StopWatchingProps) {
  const offline = useOfflineReason()
  const mutation = useAction(stopWatch, {
    account: scope.account,
    done: () => `${name} is not watched any more.`,
  })
  return (
    <>
      <Button
        pending={mutation.pending}
        pendingLabel="Stopping…"
        reason={offline}
        aria-label={`Stop watching ${name}`}
        onClick={() => void mutation.run({ region: scope.region, id })}
      >
        Stop watching
      </Button>
      {mutation.refusal && <MutationError refusal={mutation.refusal} what="The watch goes on." />}
    </>
  )
}
