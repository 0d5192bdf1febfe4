import { KeyName } from '#components/key-name.tsx'
import { StateBadge } from '#components/state-badge.tsx'
import { Time } from '#components/time.tsx'
import { Identifier } from '#components/ui/identifier.tsx'
import { Cell, HeaderCell, RowHeader, Table, TableBody, TableHead, TableRow } from '#components/ui/table.tsx'
import { middle, principalLabel } from '#lib/console/format.ts'
import { paths, type Scope } from '#lib/console/paths.ts'
import type { ListedKey } from '../key-search.ts'

/** Keys that services have made in this account and Region. Nothing is done to them here. */
export function ManagedTable({ scope, keys }: { scope: Scope; keys: readonly ListedKey[] }) {
  return (
    <Table caption="AWS managed keys">
      <TableHead>
        <HeaderCell>Alias</HeaderCell>
        <HeaderCell from="lg">Key ID</HeaderCell>
        <HeaderCell>State</HeaderCell>
        <HeaderCell>Last used</HeaderCell>
        <HeaderCell>By</HeaderCell>
      </TableHead>
      <TableBody>
        {keys.map(({ id, aliases, state, lastUse }) => (
          <TableRow key={id}>
            <RowHeader>
              <KeyName keyId={id} alias={aliases[0]} href={paths.key(scope, id)} />
            </RowHeader>
            <Cell from="lg" className="text-text2">
              <Identifier value={id} short={middle(id)} name="key ID" copy={false} />
            </Cell>
            <Cell narrow="end">
              <StateBadge state={state} />
            </Cell>
            <Cell narrow="fact">
              {lastUse ? (
                <>
                  <span className="md:hidden">Used </span>
                  <Time at={lastUse.ts} />
                </>
              ) : (
                <span className="text-text3">
                  Never<span className="md:hidden"> used</span>
                </span>
              )}
            </Cell>
            <Cell narrow="fact-end" className="max-w-40 truncate text-text2">
              {lastUse ? principalLabel(lastUse.actor).replace(/^user\//, '') : '—'}
            </Cell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  )
}
