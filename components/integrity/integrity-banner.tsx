'use client'

import Link from 'next/link'
import { useNow } from '#components/clock.tsx'
import { Time } from '#components/time.tsx'
import { Note } from '#components/ui/hint.tsx'
import { count } from '#lib/console/format.ts'
import { paths } from '#lib/console/paths.ts'
import { openFindings, pillOf } from './log-state-words.ts'
import { useLogState } from './use-log-state.ts'

/** What is wrong with the log and nobody has acknowledged yet. It cannot be dismissed. */
export function IntegrityBanner({ account, here = false }: { account: string; here?: boolean }) {
  const { data } = useLogState(account)
  const now = useNow()
  const open = data ? openFindings(data) : []
  const [first] = open
  if (!data || !first) return null
  const words = pillOf(data, now)
  return (
    <Note tone="vermilion" role="alert" className="mb-3 max-w-form">
      <p className="font-semibold">
        {words.tone === 'broken' ? words.text : 'Something is wrong with the log'}
      </p>
      <p>
        {first.Sentence} Found <Time at={first.FoundAt} />.
        {open.length > 1 &&
          ` There ${open.length === 2 ? 'is' : 'are'} ${count(open.length - 1, 'further finding')}.`}
      </p>
      <Link href={here ? '#findings' : paths.integrity(account)} className="link inline-block min-h-6">
        {here ? 'Look at the findings' : 'Open log integrity'}
      </Link>
    </Note>
  )
}
