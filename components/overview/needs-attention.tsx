'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useNow } from '#components/clock.tsx'
import { KeyGlyph } from '#components/key-glyph.tsx'
import { Section } from '#components/page-header.tsx'
import { ErrorState, PartialLine } from '#components/states.tsx'
import { Time } from '#components/time.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { count, formatSpan, toDate } from '#lib/console/format.ts'
import { refusalIn } from '#lib/console/messages.ts'
import type { Scope } from '#lib/console/paths.ts'
import { read } from '#lib/console/queries.ts'
import { attentionItems, type Item } from './attention-items.ts'

/** Asked again now and then: who has this page open all day must not look at the morning. */
const AGAIN_MS = 60_000

/** A ranked list of what somebody must look at, or that there is nothing. */
export function NeedsAttention({ scope }: { scope: Scope }) {
  const { account, region } = scope
  const { data, error, refetch, isFetching } = useQuery({
    ...read(account, region, 'Attention', {}),
    refetchInterval: AGAIN_MS,
  })
  const now = useNow()
  const items = attentionItems(scope, data?.Items ?? [])
  return (
    <Section title="Needs attention">
      {error && !data && (
        <ErrorState
          what="What needs attention couldn’t be read."
          refusal={refusalIn(error)}
          onRetry={() => void refetch()}
          retrying={isFetching}
        />
      )}
      {error && data && <PartialLine>This couldn’t be refreshed. It is as of a while ago.</PartialLine>}
      {!data && !error && <Skeleton className="late w-3/5" />}
      {data && items.length === 0 && (
        <p className="py-2 text-body text-text2" suppressHydrationWarning>
          Nothing needs attention. Checked{' '}
          {formatSpan((now.getTime() - toDate(data.CheckedAt).getTime()) / 1000)} ago.
        </p>
      )}
      <ul>
        {items.map((item) => (
          <Line key={item.id} item={item} />
        ))}
      </ul>
      {data && data.More > 0 && (
        <p className="py-1.5 text-table text-text2">And {count(data.More, 'more', 'more')}, less urgent.</p>
      )}
    </Section>
  )
}

function Line({ item: { keyId, name, fact, at, action } }: { item: Item }) {
  return (
    <li className="flex min-h-10 flex-wrap items-center gap-x-2 gap-y-0.5 border-b border-line py-1.5 text-table">
      {keyId !== null && <KeyGlyph keyId={keyId} />}
      <span className="min-w-0 break-all font-medium">{name}</span>{' '}
      <span className="min-w-0 text-text2">{fact}</span>{' '}
      {at !== null && <Time at={at} className="text-text3" />}
      <Link href={action.href} className="link ms-auto py-0.5 whitespace-nowrap">
        {action.label}
        <span className="sr-only"> of {name}</span>
      </Link>
    </li>
  )
}
