import Link from 'next/link'
import { StateBadge } from '#components/state-badge.tsx'
import { Time } from '#components/time.tsx'
import { Identifier } from '#components/ui/identifier.tsx'
import { Cell, HeaderCell, RowHeader, Table, TableBody, TableHead, TableRow } from '#components/ui/table.tsx'
import { isDenied } from '#lib/console/messages.ts'
import { paths } from '#lib/console/paths.ts'
import type { Member } from './members.ts'

type MemberTableProps = { account: string; here: string; keyId: string; members: readonly Member[] }

/** The members of a family, the primary first. */
export function MemberTable({ account, here, keyId, members }: MemberTableProps) {
  return (
    <Table caption="Members of this key’s family">
      <TableHead>
        <HeaderCell>Region</HeaderCell>
        <HeaderCell>Part</HeaderCell>
        <HeaderCell>State</HeaderCell>
        <HeaderCell from="lg">Created</HeaderCell>
        <HeaderCell from="lg">ARN</HeaderCell>
      </TableHead>
      <TableBody>
        {members.map(({ region, primary, metadata, refusal }) => (
          <TableRow key={region}>
            <RowHeader>
              {region === here ? (
                <>
                  {region} <span className="font-normal text-text2">(this key)</span>
                </>
              ) : (
                <Link
                  className="text-ink hover:underline"
                  href={paths.key({ account, region }, keyId, 'regions')}
                >
                  {region}
                </Link>
              )}
            </RowHeader>
            <Cell narrow="fact">{primary ? 'Primary' : 'Replica'}</Cell>
            <Cell narrow="end">
              {metadata ? (
                <StateBadge state={metadata.KeyState} replicas={primary ? members.length - 1 : undefined} />
              ) : (
                <span className="text-text3">
                  {refusal && isDenied(refusal) ? 'kms:DescribeKey denied' : 'Can’t be read'}
                </span>
              )}
            </Cell>
            <Cell from="lg">{metadata && <Time at={metadata.CreationDate} as="date" />}</Cell>
            <Cell from="lg">
              {metadata && (
                <Identifier
                  value={metadata.Arn}
                  name={`ARN in ${region}`}
                  short={`…:kms:${region}:…:${keyId.slice(0, 12)}…`}
                />
              )}
            </Cell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  )
}
