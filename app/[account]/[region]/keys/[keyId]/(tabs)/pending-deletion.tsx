import Link from 'next/link'
import { Time } from '#components/time.tsx'
import { Note } from '#components/ui/hint.tsx'
import { tryAsk } from '#lib/console/engine.ts'
import { count, principalLabel } from '#lib/console/format.ts'
import { paths, type Scope } from '#lib/console/paths.ts'
import { newestEvent } from '../key.ts'

/** Who scheduled the deletion, and which calls it has stopped since: the sign that the key is missed. */
export async function PendingDeletion({ scope, keyId }: { scope: Scope; keyId: string }) {
  const scheduled = await newestEvent(scope.region, keyId, 'event:ScheduleKeyDeletion outcome:ok')
  if (!scheduled) return null
  const q = `key:${keyId} error:KMSInvalidStateException class:crypto`
  const { output } = await tryAsk(
    'SearchEvents',
    { Filter: q, From: scheduled.ts, Limit: 1 },
    { region: scope.region },
  )
  const missed = output?.Count ?? 0
  return (
    <Note tone="vermilion" className="mb-3 max-w-form">
      {principalLabel(scheduled.actorArn)} scheduled this deletion <Time at={scheduled.ts} />.{' '}
      <Link className="link whitespace-nowrap" href={paths.event(scope.account, scheduled.id)}>
        View event
      </Link>
      .{' '}
      {missed > 0 ? (
        <>
          {count(missed, 'call')} refused since.{' '}
          <Link className="link" href={paths.audit(scope.account, { q })}>
            Show these events
          </Link>
        </>
      ) : (
        'No call has been refused since.'
      )}
    </Note>
  )
}
