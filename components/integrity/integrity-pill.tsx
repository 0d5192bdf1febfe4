'use client'

import Link from 'next/link'
import { useNow } from '#components/clock.tsx'
import { cn } from '#components/ui/class-names.ts'
import { paths } from '#lib/console/paths.ts'
import { NOT_AVAILABLE, type PillTone, pillOf } from './log-state-words.ts'
import { useLogState } from './use-log-state.ts'

const COLOUR: Record<PillTone, string> = {
  verified: 'text-verdigris',
  waiting: 'text-brass',
  broken: 'text-vermilion',
  quiet: 'text-text2',
}

const SHAPES: Record<PillTone, string> = {
  verified: 'M2 6.500 4.800 9.300 10 3.500',
  waiting: 'M6 1.500a4.500 4.500 0 1 0 4.500 4.500M6 3.500V6l1.800 1.200',
  broken: 'M6 1.200 11.300 10.800H.7ZM6 4.600v3M6 8.400v1.200',
  quiet: 'M2.500 6h7',
}

type PillProps = {
  account: string
  /** On the page that it would lead to. */
  here?: boolean
}

/** How the log stands, in a few words, and the way to the page that says why. */
export function IntegrityPill({ account, here = false }: PillProps) {
  const { data, error } = useLogState(account)
  const now = useNow()
  if (!data && !error) return <span className="inline-block h-4 w-56" aria-hidden="true" />
  const { tone, text } = data ? pillOf(data, now) : NOT_AVAILABLE
  const style = cn('inline-flex min-h-6 items-center gap-1.5 text-table', COLOUR[tone])
  const words = (
    <>
      <svg aria-hidden="true" viewBox="0 0 12 12" className="mark size-3 shrink-0">
        <path d={SHAPES[tone]} fill="none" stroke="currentColor" strokeWidth="1.500" strokeLinejoin="round" />
      </svg>
      <span className="sr-only">Log integrity: </span>
      <span suppressHydrationWarning>{text}</span>
    </>
  )
  if (here) return <p className={style}>{words}</p>
  return (
    <Link href={paths.integrity(account)} className={cn(style, 'hover:underline')}>
      {words}
    </Link>
  )
}
