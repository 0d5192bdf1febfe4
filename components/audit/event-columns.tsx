import type { ReactNode } from 'react'
import type { ListColumn } from '#components/columns/columns-dialog.tsx'
import { KeyName } from '#components/key-name.tsx'
import { isOutcome, OutcomeMark } from '#components/outcome-mark.tsx'
import type { Narrow } from '#components/ui/table.tsx'
import { formatClock, formatDate, formatNumber, toDate, type Zone } from '#lib/console/format.ts'
import type { EventRow } from './events-query.ts'
import { principalOf } from './sentence.ts'

/** What the cells of a row are told beside its event. */
export type Told = { readonly zone: Zone; readonly dated: boolean; readonly keyName: string | undefined }

export type EventColumn = ListColumn & {
  /** Tailwind's width; without it, what is left. The second is that beside the drawer. */
  readonly width?: string
  readonly widthBeside?: string
  readonly narrow?: Narrow
  readonly className?: string
  /** Left out while the drawer is open, which says it too: always, or where there is little room. */
  readonly beside?: 'never' | 'wide'
  readonly cell: (event: EventRow, told: Told) => ReactNode
}

/** "22 Dec" before the time, where a list goes over more than one day. */
const shortDate = (date: Date, zone: Zone) => formatDate(date, zone).replace(/^(\d+ \w{3})\w* .*$/, '$1')

export function EventTime({ at, zone, dated }: { at: number; zone: Zone; dated: boolean }) {
  const date = toDate(at)
  return (
    <time dateTime={date.toISOString()} className="font-mono text-mono" suppressHydrationWarning>
      {dated && <span className="text-text2">{shortDate(date, zone)} </span>}
      {formatClock(date, zone)}
    </time>
  )
}

const quiet = 'truncate text-text2'
const mono = 'truncate font-mono text-mono text-text2'
const further = { shown: false, beside: 'never' } as const

/** The account of who asked; empty of a service. */
const accountIn = (arn: string) => (arn.startsWith('arn:') ? (arn.split(':')[4] ?? '') : '')

/** What a row of the log can tell, beside its place in the chain. */
export const EVENT_COLUMNS: readonly EventColumn[] = [
  {
    id: 'time',
    label: 'Time',
    shown: 'always',
    narrow: 'fact',
    cell: ({ ts }, { zone, dated }) => <EventTime at={ts} zone={zone} dated={dated} />,
  },
  {
    id: 'outcome',
    label: 'Outcome',
    shown: true,
    width: 'w-[80px]',
    widthBeside: 'w-[76px]',
    narrow: 'end',
    cell: ({ outcome }) =>
      isOutcome(outcome) ? <OutcomeMark outcome={outcome} className="flex max-md:justify-end" /> : outcome,
  },
  // The row's header: it is drawn by the row itself.
  {
    id: 'event',
    label: 'Event',
    shown: 'always',
    width: 'w-[160px]',
    widthBeside: 'w-[132px]',
    cell: ({ eventName }) => eventName,
  },
  {
    id: 'principal',
    label: 'Principal',
    shown: true,
    width: 'w-[132px]',
    widthBeside: 'w-[108px]',
    narrow: 'fact',
    beside: 'wide',
    className: 'truncate text-text2 max-md:max-w-48 max-md:text-end',
    cell: (event, { keyName }) => (
      <>
        {principalOf(event)}
        {keyName && <span className="md:hidden"> · {keyName}</span>}
      </>
    ),
  },
  {
    id: 'key',
    label: 'Key',
    shown: true,
    width: 'w-[168px]',
    widthBeside: 'w-auto',
    beside: 'wide',
    className: 'truncate',
    cell: ({ keyId }, { keyName }) =>
      keyId !== null && <KeyName keyId={keyId} alias={keyName} className="flex" />,
  },
  {
    id: 'source',
    label: 'Source',
    shown: true,
    width: 'w-[128px]',
    beside: 'never',
    className: mono,
    cell: ({ address }) => address,
  },
  {
    id: 'detail',
    label: 'Detail',
    shown: true,
    beside: 'never',
    className: quiet,
    // Of a denial, the outcome says the code already.
    cell: ({ outcome, errorCode, detail }) => (
      <span title={detail}>
        {[outcome === 'denied' ? null : errorCode, detail].filter(Boolean).join(': ')}
      </span>
    ),
  },
  {
    ...further,
    id: 'region',
    label: 'Region',
    width: 'w-[112px]',
    className: quiet,
    cell: ({ region }) => region,
  },
  {
    ...further,
    id: 'account',
    label: 'Account',
    width: 'w-[124px]',
    className: mono,
    cell: ({ actorArn }) => accountIn(actorArn),
  },
  {
    ...further,
    id: 'agent',
    label: 'User agent',
    width: 'w-[200px]',
    className: quiet,
    cell: ({ agent }) => <span title={agent ?? ''}>{agent}</span>,
  },
  {
    ...further,
    id: 'request',
    label: 'Request ID',
    width: 'w-[308px]',
    className: mono,
    cell: ({ requestId }) => requestId,
  },
  {
    ...further,
    id: 'access-key',
    label: 'Access key',
    width: 'w-[196px]',
    className: mono,
    cell: ({ accessKeyId }) => accessKeyId,
  },
  {
    ...further,
    id: 'via',
    label: 'Via service',
    width: 'w-[160px]',
    className: quiet,
    cell: ({ viaService }) => viaService,
  },
  {
    ...further,
    id: 'material',
    label: 'Material ID',
    width: 'w-[180px]',
    className: mono,
    cell: ({ materialIds }) => <span title={materialIds.join(', ')}>{materialIds.join(', ')}</span>,
  },
  {
    ...further,
    id: 'duration',
    label: 'Duration',
    width: 'w-[88px]',
    className: 'text-text2 text-end',
    cell: ({ durationMs }) => durationMs !== null && `${formatNumber(durationMs)} ms`,
  },
]

export const STANDARD_IDS: readonly string[] = EVENT_COLUMNS.filter(({ shown }) => shown !== false).map(
  ({ id }) => id,
)
