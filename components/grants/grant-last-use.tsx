'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { Time } from '#components/time.tsx'
import { principalLabel } from '#lib/console/format.ts'
import { paths, type Scope } from '#lib/console/paths.ts'
import { read } from '#lib/console/queries.ts'

/** The newest call that this grant allowed, for those who may read the log. */
export function GrantLastUse({ scope, grantId }: { scope: Scope; grantId: string }) {
  const input = { Filter: `grant:${grantId} region:${scope.region} outcome:ok class:crypto`, Limit: 1 }
  const { data, error } = useQuery(read(scope.account, scope.region, 'SearchEvents', input))
  if (error) return <span className="text-text3">Can’t be read</span>
  if (!data) return <span className="text-text3">…</span>
  const [event] = data.Events
  if (!event) return 'No use through it recorded'
  return (
    <span>
      {event.eventName} by {principalLabel(event.actorArn)}, <Time at={event.ts} />.{' '}
      <Link className="link whitespace-nowrap" href={paths.event(scope.account, event.id)}>
        View event
      </Link>
    </span>
  )
}
