import Link from 'next/link'
import { KeyGlyph } from '#components/key-glyph.tsx'
import { Note } from '#components/ui/hint.tsx'
import { Cell, HeaderCell, RowHeader, Table, TableBody, TableHead, TableRow } from '#components/ui/table.tsx'
import { count, shortId } from '#lib/console/format.ts'
import type { OutputOf } from '#lib/console/operations.ts'
import { paths } from '#lib/console/paths.ts'

type Namings = OutputOf<'ListNamings'>

const CONTROL = {
  several: 'Others can',
  one: 'Only one other',
  nobody: 'Nobody else',
} as const

/** What names a principal, and which keys nobody could manage without it. */
export function NamingsOf({ account, name, namings }: { account: string; name: string; namings: Namings }) {
  const { Keys, Roles, Hidden, More, PrincipalId } = namings
  const lost = Keys.filter(({ OthersInControl, InPolicy }) => InPolicy && OthersInControl === 'nobody')
  if (Keys.length === 0 && Roles.length === 0 && Hidden === 0)
    return (
      <p className="text-table text-text2">
        No key policy, grant or trust policy of this account names {name}.
      </p>
    )
  return (
    <div className="space-y-3">
      {lost.length > 0 && (
        <Note tone="vermilion">
          <p className="font-semibold">
            {count(lost.length, 'key')} can’t be managed without {name}.
          </p>
          <p>
            Nobody else could change {lost.length === 1 ? 'its policy' : 'their policies'}. Give someone else
            that right first.
          </p>
        </Note>
      )}
      <p className="max-w-prose text-table text-text2">
        Policies and grants will name <code className="break-all text-mono">{PrincipalId}</code> instead,
        which is nobody: not the next one called {name} either.
      </p>
      {Keys.length > 0 && (
        <Table caption={`Keys that name ${name}`}>
          <TableHead>
            <HeaderCell>Key</HeaderCell>
            <HeaderCell>Region</HeaderCell>
            <HeaderCell>Named in</HeaderCell>
            <HeaderCell>Who else can change its policy</HeaderCell>
          </TableHead>
          <TableBody>
            {Keys.map((key) => (
              <TableRow key={key.KeyArn}>
                <RowHeader>
                  <Link
                    href={paths.key({ account, region: key.Region }, key.KeyId, 'policy')}
                    className="inline-flex min-h-6 items-center gap-[7px] break-all text-ink hover:underline"
                  >
                    <KeyGlyph keyId={key.KeyId} />
                    {key.Alias ?? `Key ${shortId(key.KeyId)}`}
                  </Link>
                </RowHeader>
                <Cell narrow="end">{key.Region}</Cell>
                <Cell narrow="fact">
                  {[
                    ...(key.InPolicy ? ['key policy'] : []),
                    ...(key.Grants > 0 ? [count(key.Grants, 'grant')] : []),
                  ].join(', ')}
                </Cell>
                <Cell narrow="fact-end" className={key.OthersInControl === 'several' ? '' : 'text-brass'}>
                  {CONTROL[key.OthersInControl]}
                </Cell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
      {More && <p className="text-table text-brass">There are more keys than are shown here.</p>}
      {Hidden > 0 && (
        <p className="text-table text-brass">
          {count(Hidden, 'more key')} {Hidden === 1 ? 'names' : 'name'} it, whose policy you may not read.
        </p>
      )}
      {Roles.length > 0 && (
        <p className="text-table">
          Trusted by {count(Roles.length, 'role')}: {Roles.join(', ')}.
        </p>
      )}
    </div>
  )
}
