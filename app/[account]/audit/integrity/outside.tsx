'use client'

import type { LogStateView } from '#components/integrity/log-state-words.ts'
import { Section } from '#components/page-header.tsx'
import { Time } from '#components/time.tsx'
import { Hint, Note } from '#components/ui/hint.tsx'
import { Cell, HeaderCell, RowHeader, Table, TableBody, TableHead, TableRow } from '#components/ui/table.tsx'
import { count } from '#lib/console/format.ts'

type Delivery = LogStateView['Deliveries'][number]

const KINDS: Record<Delivery['Kind'], string> = {
  file: 'Checkpoints to a file',
  http: 'Checkpoints over HTTP',
  syslog: 'Checkpoints to syslog',
  witness: 'Witness',
  'events-http': 'Events over HTTP',
  'events-syslog': 'Events to syslog',
  digests: 'Digest files',
  archive: 'Archive of days',
}

/** How much of the log a place does not have yet. */
function behind(delivery: Delivery, state: LogStateView): string {
  if (delivery.Kind === 'archive') return `${count(delivery.Delivered, 'event')} archived`
  const missing = Math.max(0, (state.Checkpoint?.Size ?? state.Size) - delivery.Delivered)
  return missing === 0 ? 'Up to date' : `${count(missing, 'event')} behind`
}

/** The file beside the root key is outside the database, and still on this machine. */
const isElsewhere = ({ Kind }: Delivery) => Kind === 'http' || Kind === 'syslog' || Kind === 'witness'

/** Who outside the database is told of the log: without them, whoever has this machine can rewrite it. */
export function Outside({ state }: { state: LogStateView }) {
  const { Deliveries: deliveries } = state
  return (
    <Section title="Places outside">
      {deliveries.length > 0 && (
        <Table caption="Places outside">
          <TableHead>
            <HeaderCell>Place</HeaderCell>
            <HeaderCell>What it gets</HeaderCell>
            <HeaderCell>How far</HeaderCell>
            <HeaderCell>Last told</HeaderCell>
          </TableHead>
          <TableBody>
            {deliveries.map((delivery) => (
              <Row key={`${delivery.Kind} ${delivery.Name}`} delivery={delivery} state={state} />
            ))}
          </TableBody>
        </Table>
      )}
      {deliveries.some(isElsewhere) ? (
        <Hint className="mt-2">
          A place that this server can’t change keeps what was once said of the log, so that a rewritten one
          shows.
        </Hint>
      ) : (
        <Note tone="brass" className="mt-2 max-w-form">
          No other machine is told of checkpoints: whoever has this one could rewrite the log and all that is
          known of it. Set <code className="text-mono">KEYHOUSE_CHECKPOINT_HTTP</code>,{' '}
          <code className="text-mono">KEYHOUSE_CHECKPOINT_SYSLOG</code> or{' '}
          <code className="text-mono">KEYHOUSE_CHECKPOINT_WITNESS</code>, or keep a checkpoint from below now
          and then.
        </Note>
      )}
    </Section>
  )
}

function Row({ delivery, state }: { delivery: Delivery; state: LogStateView }) {
  const { Name, Kind, DeliveredAt, FailingSince, Fault } = delivery
  return (
    <TableRow>
      <RowHeader className="py-1.5">
        <span className="break-all font-mono font-normal text-mono">{Name}</span>
        {FailingSince !== null && (
          <span className="block font-normal text-brass">
            Failing since <Time at={FailingSince} />
            {Fault !== null && `: ${Fault}`}
          </span>
        )}
      </RowHeader>
      <Cell narrow="fact">{KINDS[Kind]}</Cell>
      <Cell narrow="fact-end">{behind(delivery, state)}</Cell>
      <Cell narrow="end">{DeliveredAt === null ? 'Never' : <Time at={DeliveredAt} />}</Cell>
    </TableRow>
  )
}
