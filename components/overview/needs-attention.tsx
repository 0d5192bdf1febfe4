'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useNow } from '#components/clock.tsx'
import { KeyGlyph } from '#components/key-glyph.tsx'
import { Section } from '#components/page-header.tsx'
import { ErrorState, PartialLine } from '#components/states.tsx'
import { Time } from '#components/time.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { formatSpan } from '#lib/console/format.ts'
import { refusalIn } from '#lib/console/messages.ts'
import type { Scope } from '#lib/console/paths.ts'
import { read } from '#lib/console/queries.ts'
import { attentionItems, type Item } from './attention-items.ts'

const WEEK_SECONDS = 7 * 86_400
const MOST = 10

/** Asked again now and then: who has this page open all day must not look at the morning. */
const AGAIN_MS = 60_000

/** A ranked list of what somebody must look at, or that there is nothing. */
export function NeedsAttention({ scope, since }: { scope: Scope; since: number }) {
  const { account, region } = scope
  const keys = (input: { Filter: string; Sort?: 'materialExpires' }) => ({
    ...read(account, region, 'SearchKeys', { ...input, Limit: MOST }),
    refetchInterval: AGAIN_MS,
  })
  const access = useQuery({ ...read(account, region, 'AccessAttention', {}), refetchInterval: AGAIN_MS })
  const overdue = useQuery(keys({ Filter: 'rotation:overdue -state:PendingDeletion,PendingReplicaDeletion' }))
  const expiring = useQuery(keys({ Filter: 'origin:EXTERNAL', Sort: 'materialExpires' }))
  const doomed = useQuery(keys({ Filter: 'state:PendingDeletion' }))
  const refused = useQuery({
    ...read(account, undefined, 'SearchEvents', {
      Filter: 'error:KMSInvalidStateException',
      From: since - WEEK_SECONDS,
      Limit: 100,
    }),
    enabled: (doomed.data?.Keys.length ?? 0) > 0,
  })
  const now = useNow()
  const asked = [access, overdue, expiring, doomed]
  const failed = asked.find(({ error }) => error)
  const items = attentionItems(
    scope,
    {
      access: access.data?.Items ?? [],
      overdue: overdue.data?.Keys ?? [],
      expiring: expiring.data?.Keys ?? [],
      doomed: doomed.data?.Keys ?? [],
      refused: refused.data?.Events ?? [],
    },
    now.getTime() / 1000,
  )
  const pending = asked.some(({ isPending }) => isPending)
  const checkedAt = Math.min(...asked.map(({ dataUpdatedAt }) => dataUpdatedAt || now.getTime()))
  return (
    <Section title="Needs attention">
      {failed?.error && items.length === 0 && (
        <ErrorState what="Part of this couldn’t be checked." refusal={refusalIn(failed.error)} />
      )}
      {failed?.error && items.length > 0 && <PartialLine>Part of this couldn’t be checked.</PartialLine>}
      <ul>
        {items.map((item) => (
          <Line key={item.id} item={item} />
        ))}
      </ul>
      {items.length === 0 && pending && <Skeleton className="late w-3/5" />}
      {items.length === 0 && !pending && !failed && (
        <p className="py-2 text-body text-text2" suppressHydrationWarning>
          Nothing needs attention. Checked {formatSpan((now.getTime() - checkedAt) / 1000)} ago.
        </p>
      )}
    </Section>
  )
}

function Line({ item: { keyId, name, fact, at, action } }: { item: Item }) {
  return (
    <li className="flex min-h-10 flex-wrap items-center gap-x-2 gap-y-0.5 border-b border-line py-1.5 text-table">
      {keyId !== null && <KeyGlyph keyId={keyId} />}
      <span className="min-w-0 break-all font-medium">{name}</span>
      <span className="min-w-0 text-text2">{fact}</span>
      {at !== null && <Time at={at} className="text-text3" />}
      <Link href={action.href} className="link ms-auto py-0.5 whitespace-nowrap">
        {action.label}
        <span className="sr-only"> of {name}</span>
      </Link>
    </li>
  )
}
