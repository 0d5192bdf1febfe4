'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { sentenceOf } from '#components/audit/sentence.ts'
import { useKeyNames } from '#components/audit/use-key-names.ts'
import { Section } from '#components/page-header.tsx'
import { ErrorState, PartialLine } from '#components/states.tsx'
import { Time } from '#components/time.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { count } from '#lib/console/format.ts'
import { refusalIn } from '#lib/console/messages.ts'
import type { InputOf } from '#lib/console/operations.ts'
import { paths } from '#lib/console/paths.ts'
import { read } from '#lib/console/queries.ts'
import { changeSentence } from './change-sentence.ts'
import { deniedGroups } from './denied-lately.ts'
import { usePolicyVersions } from './use-policy-versions.ts'

type EventsProps = {
  account: string
  title: string
  what: string
  none: string
  input: InputOf<'SearchEvents'>
  more: ReactNode
  children: (page: Found) => ReactNode
}

const useEvents = (account: string, input: InputOf<'SearchEvents'>) =>
  useQuery(read(account, undefined, 'SearchEvents', input))
type Found = NonNullable<ReturnType<typeof useEvents>['data']>

/** Events under a heading; what may not be read is one line with Why. */
function Events({ account, title, what, none, input, more, children }: EventsProps) {
  const { data, error, refetch } = useEvents(account, input)
  return (
    <Section title={title} actions={more}>
      {error && <ErrorState what={what} refusal={refusalIn(error)} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton className="late w-4/5" />}
      {data &&
        (data.Events.length === 0 ? <p className="py-2 text-table text-text2">{none}</p> : children(data))}
    </Section>
  )
}

const ROW = 'flex flex-wrap items-baseline gap-x-3 border-b border-line py-1.5 text-table'
const DENIED = 'outcome:denied -source:console-read'
/** More than these are counted in the log, which the links lead to. */
const MOST_DENIED = 200
const CHANGES = 'class:admin outcome:ok'

/** Who was refused what within a day, the most frequent first. */
export function DeniedLately({ account, since }: { account: string; since: number }) {
  return (
    <Events
      account={account}
      title="Denied, last 24 hours"
      what="Denied calls couldn’t be read."
      none="No call was denied in the last 24 hours."
      input={{ Filter: DENIED, From: since - 86_400, Limit: MOST_DENIED }}
      more={
        <Link href={paths.audit(account, { q: DENIED, last: '24h' })} className="link text-table">
          All denied calls
        </Link>
      }
    >
      {(page) => <DeniedList account={account} page={page} />}
    </Events>
  )
}

/** Pages of events as the names of their keys are asked for. */
const asPages = (page: Found) => [{ ...page, start: null, end: null }]

function DeniedList({ account, page }: { account: string; page: Found }) {
  const nameOf = useKeyNames(account, asPages(page))
  return (
    <>
      {page.NextCursor !== undefined && (
        <PartialLine>Of the newest {count(page.Events.length, 'denied call')}.</PartialLine>
      )}
      <ul>
        {deniedGroups(page.Events).map(({ id, times, last, filter }) => (
          <li key={id} className={ROW}>
            <Link
              href={paths.audit(account, { q: filter, last: '24h' })}
              className="link min-w-0 break-words"
            >
              {sentenceOf(last, nameOf(last))}
            </Link>
            <span className="ms-auto whitespace-nowrap text-text2">
              {times === 1 ? '' : `${times} times, last `}
              <Time at={last.ts} />
            </span>
          </li>
        ))}
      </ul>
    </>
  )
}

/** The latest changes of the account, as sentences. */
export function RecentChanges({ account }: { account: string }) {
  return (
    <Events
      account={account}
      title="Recent changes"
      what="Recent changes couldn’t be read."
      none="Nothing has been changed yet."
      input={{ Filter: CHANGES, Limit: 10 }}
      more={
        <Link href={paths.audit(account, { q: CHANGES })} className="link text-table">
          All changes
        </Link>
      }
    >
      {(page) => <ChangeList account={account} page={page} />}
    </Events>
  )
}

function ChangeList({ account, page }: { account: string; page: Found }) {
  const nameOf = useKeyNames(account, asPages(page))
  const versionOf = usePolicyVersions(account, page.Events)
  return (
    <ul>
      {page.Events.map((event) => (
        <li key={event.id} className={ROW}>
          <Link href={paths.event(account, event.id)} className="link min-w-0 break-words">
            {changeSentence(event, nameOf(event), versionOf(event))}
          </Link>
          <Time at={event.ts} className="ms-auto text-text2" />
        </li>
      ))}
    </ul>
  )
}
