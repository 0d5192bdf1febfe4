import type { ReplicaRequest, ReplicationDraft } from '#components/keys/replication.ts'
import { Cell, HeaderCell, RowHeader, Table, TableBody, TableHead, TableRow } from '#components/ui/table.tsx'

type ReviewProps = { requests: readonly ReplicaRequest[]; policy: ReplicationDraft['policy'] }

/** What will be made, a Region a row. */
export function Review({ requests, policy }: ReviewProps) {
  if (requests.length === 0) return <p className="text-table text-text2">No Region is chosen yet.</p>
  return (
    <Table caption="What will be made">
      <TableHead>
        <HeaderCell>Region</HeaderCell>
        <HeaderCell>Alias</HeaderCell>
        <HeaderCell>Key policy</HeaderCell>
        <HeaderCell>Tags</HeaderCell>
      </TableHead>
      <TableBody>
        {requests.map(({ to, alias, tags }) => (
          <TableRow key={to}>
            <RowHeader>{to}</RowHeader>
            <Cell narrow="end" className="whitespace-normal break-all">
              {alias ?? <span className="text-text3">None</span>}
            </Cell>
            <Cell narrow="fact">{policy === 'copy' ? 'Copy of the primary’s' : 'Default'}</Cell>
            <Cell narrow="fact-end">{tags.length}</Cell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  )
}
