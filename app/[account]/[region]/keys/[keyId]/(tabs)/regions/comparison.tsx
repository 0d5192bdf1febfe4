import type { ReactNode } from 'react'
import { type Drift, driftOf, listText } from '#components/keys/drift.ts'
import { laidOut } from '#components/policy/line-diff.ts'
import { sizeOf } from '#components/policy/policy-size.tsx'
import { StateBadge } from '#components/state-badge.tsx'
import { Cell, HeaderCell, RowHeader, Table, TableBody, TableHead, TableRow } from '#components/ui/table.tsx'
import { formatBytes } from '#lib/console/format.ts'
import type { Member } from './members.ts'

type Property = {
  readonly label: string
  /** As it is compared; undefined where it can't be read. */
  readonly text: (member: Member) => string | undefined
  readonly shown: (member: Member) => ReactNode
}

const Lines = ({ items, mono }: { items: readonly string[] | undefined; mono?: boolean }) =>
  items?.length ? (
    <span className={mono ? 'font-mono text-mono' : undefined}>
      {items.map((item) => (
        <span key={item} className="block break-all">
          {item}
        </span>
      ))}
    </span>
  ) : (
    <span className="text-text3">None</span>
  )

const PROPERTIES: readonly Property[] = [
  {
    label: 'Key policy',
    text: ({ policy }) => policy && laidOut(policy),
    shown: ({ policy }) => policy && formatBytes(sizeOf(policy)),
  },
  {
    label: 'State',
    text: ({ metadata }) => metadata?.KeyState,
    shown: ({ metadata }) => metadata && <StateBadge state={metadata.KeyState} />,
  },
  {
    label: 'Description',
    text: ({ metadata }) => metadata?.Description,
    shown: ({ metadata }) => <Lines items={metadata?.Description ? [metadata.Description] : []} />,
  },
  {
    label: 'Aliases',
    text: ({ aliases }) => listText(aliases),
    shown: ({ aliases }) => <Lines items={aliases} />,
  },
  { label: 'Tags', text: ({ tags }) => listText(tags), shown: ({ tags }) => <Lines items={tags} mono /> },
]

const MARKS: Record<Drift, ReactNode> = {
  alike: <span className="text-text2">Alike</span>,
  differs: (
    <span className="inline-flex items-center gap-1.5 font-medium text-brass">
      <svg aria-hidden="true" viewBox="0 0 12 12" className="mark size-3 shrink-0">
        <path d="M1.500 4h9M1.500 8h9M8.500 1l-5 10" fill="none" stroke="currentColor" strokeWidth="1.400" />
      </svg>
      Differs
    </span>
  ),
  unknown: <span className="text-text3">Not known</span>,
}

/** What each member keeps for itself, side by side, with a mark where they differ. */
export function Comparison({ members }: { members: readonly Member[] }) {
  if (members.length < 2)
    return (
      <p className="text-table text-text2">There is one member. With a replica, the two are compared here.</p>
    )
  return (
    <Table caption="Properties of each member">
      <TableHead>
        <HeaderCell>Property</HeaderCell>
        <HeaderCell>Drift</HeaderCell>
        {members.map(({ region, primary }) => (
          <HeaderCell key={region}>
            {region}
            {primary && ' (primary)'}
          </HeaderCell>
        ))}
      </TableHead>
      <TableBody>
        {PROPERTIES.map(({ label, text, shown }) => (
          <TableRow key={label}>
            <RowHeader className="align-top md:py-2">{label}</RowHeader>
            <Cell narrow="end" className="align-top md:py-2">
              {MARKS[driftOf(members.map(text))]}
            </Cell>
            {members.map((member) => (
              <Cell key={member.region} narrow="whole" className="whitespace-normal align-top md:py-2">
                <span className="me-2 inline-block min-w-24 text-label text-text2 md:hidden">
                  {member.region}
                </span>
                {text(member) === undefined ? (
                  <span className="text-text3">Can’t be read</span>
                ) : (
                  shown(member)
                )}
              </Cell>
            ))}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  )
}
