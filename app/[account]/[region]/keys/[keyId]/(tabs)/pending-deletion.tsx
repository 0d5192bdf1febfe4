import Link from 'next/link'
import { principalOf } from '#components/audit/sentence.ts'
import { Time } from '#components/time.tsx'
import { Note } from '#components/ui/hint.tsx'
import { tryAsk } from '#lib/console/engine.ts'
import { count, principalLabel } from '#lib/console/format.ts'
import { paths, type Scope } from '#lib/console/paths.ts'
import { type FoundEvent, newestEvent } from '../key.ts'

/** Who scheduled the deletion and why, and which calls it has stopped since: the sign that the key is missed. */
export async function PendingDeletion({ scope, keyId }: { scope: Scope; keyId: string }) {
  const scheduled = await newestEvent(scope.region, keyId, 'event:ScheduleKeyDeletion outcome:ok')
  if (!scheduled) return null
  const q = `key:${keyId} region:${scope.region} error:KMSInvalidStateException class:crypto`
  const [missed, told] = await Promise.all([
    tryAsk('SearchEvents', { Filter: q, From: scheduled.ts, Limit: 1 }, { region: scope.region }),
    tryAsk('GetEvent', { EventId: scheduled.id }, { region: scope.region }),
  ])
  const reason = reasonIn(told.output?.Record)
  const from = new Date(scheduled.ts * 1000).toISOString()
  return (
    <Note tone="vermilion" className="mb-3 max-w-form space-y-1">
      <p>
        {principalLabel(scheduled.actorArn)} scheduled this deletion <Time at={scheduled.ts} />.{' '}
        <Link className="link whitespace-nowrap" href={paths.event(scope.account, scheduled.id)}>
          View event
        </Link>
      </p>
      {reason && <p className="break-words">Reason: {reason}</p>}
      <Missed
        number={missed.output?.Count ?? 0}
        newest={missed.output?.Events[0]}
        href={paths.audit(scope.account, { q, from })}
      />
    </Note>
  )
}

type MissedProps = { number: number; newest: FoundEvent | undefined; href: string }

function Missed({ number, newest, href }: MissedProps) {
  if (number === 0) return <p>No call has been refused since.</p>
  return (
    <p>
      <span className="font-semibold">{count(number, 'call')} refused since.</span>{' '}
      {newest && (
        <>
          The last was {newest.eventName} by {principalOf(newest)}, <Time at={newest.ts} />.{' '}
        </>
      )}
      <Link className="link" href={href}>
        Show these events
      </Link>
    </p>
  )
}

/** What whoever scheduled it wrote: a member that AWS lacks, kept beside what AWS records. */
function reasonIn(text: string | undefined): string | undefined {
  // The engine wrote it.
  const record: unknown = JSON.parse(text ?? 'null')
  if (typeof record !== 'object' || record === null || !('additionalEventData' in record)) return undefined
  const { additionalEventData: more } = record
  if (typeof more !== 'object' || more === null || !('reason' in more)) return undefined
  return typeof more.reason === 'string' ? more.reason : undefined
}
