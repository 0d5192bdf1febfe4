import Link from 'next/link'
import { KeyName } from '#components/key-name.tsx'
import { specWords } from '#components/keys/key-words.ts'
import { StateBadge } from '#components/state-badge.tsx'
import { Cell, HeaderCell, RowHeader, Table, TableBody, TableHead, TableRow } from '#components/ui/table.tsx'
import { shortId } from '#lib/console/format.ts'
import { paths, type Scope } from '#lib/console/paths.ts'
import type { Family } from './family-input.ts'

type MatrixProps = {
  scope: Scope
  /** The account's Regions: the columns. */
  regions: readonly string[]
  /** Those where this person may list keys. */
  listed: readonly string[]
  families: readonly Family[]
}

/** Which Region has which key, as its primary or as a replica, and how it is there. */
export function FamilyMatrix({ scope, regions, listed, families }: MatrixProps) {
  return (
    <Table caption="Multi-Region keys by Region">
      <TableHead>
        <HeaderCell className="sticky start-0 bg-canvas">Key</HeaderCell>
        <HeaderCell from="lg">Spec</HeaderCell>
        {regions.map((region) => (
          <HeaderCell key={region}>{region}</HeaderCell>
        ))}
      </TableHead>
      <TableBody>
        {families.map((family) => (
          <FamilyRow key={family.KeyId} scope={scope} regions={regions} listed={listed} family={family} />
        ))}
      </TableBody>
    </Table>
  )
}

/** The name it has here, else where its primary is, else anywhere. */
function nameOf({ Members, PrimaryRegion }: Family, region: string): { alias?: string; more: number } {
  const named = [region, PrimaryRegion, ...Members.map(({ Region }) => Region)]
    .map((place) => Members.find(({ Region }) => Region === place))
    .find((member) => member && member.Aliases.length > 0)
  const [alias, ...others] = named?.Aliases ?? []
  return { ...(alias && { alias }), more: others.length }
}

function FamilyRow({ scope, regions, listed, family }: Omit<MatrixProps, 'families'> & { family: Family }) {
  const here = family.MemberRegions.includes(scope.region) ? scope.region : family.PrimaryRegion
  const { alias, more } = nameOf(family, scope.region)
  return (
    <TableRow>
      <RowHeader className="sticky start-0 bg-canvas group-hover/row:bg-hover max-md:static max-md:col-span-2">
        <span className="inline-flex max-w-full flex-wrap items-center gap-x-2">
          <KeyName
            keyId={family.KeyId}
            alias={alias}
            more={more}
            href={paths.key({ account: scope.account, region: here }, family.KeyId, 'regions')}
          />
          <code className="text-mono font-normal text-text2">{shortId(family.KeyId)}</code>
        </span>
      </RowHeader>
      <Cell from="lg">{specWords(family.KeySpec)}</Cell>
      {regions.map((region) => (
        <Cell key={region} narrow="whole">
          <span className="flex items-center gap-x-2">
            <span className="min-w-24 text-label text-text2 md:hidden">{region}</span>
            <MemberOf
              account={scope.account}
              region={region}
              family={family}
              open={listed.includes(region)}
            />
          </span>
        </Cell>
      ))}
    </TableRow>
  )
}

type MemberProps = { account: string; region: string; family: Family; open: boolean }

function MemberOf({ account, region, family, open }: MemberProps) {
  const member = family.Members.find(({ Region }) => Region === region)
  if (!family.MemberRegions.includes(region))
    return (
      <span className="text-text3">
        –<span className="sr-only"> no key there</span>
      </span>
    )
  const primary = region === family.PrimaryRegion
  return (
    <>
      <Link
        href={paths.key({ account, region }, family.KeyId)}
        className="link grid min-h-6 min-w-6 place-items-center font-medium"
      >
        <span aria-hidden="true">{primary ? 'P' : 'R'}</span>
        <span className="sr-only">
          {primary ? 'Primary' : 'Replica'} in {region}
        </span>
      </Link>
      {member ? (
        <StateBadge
          state={member.KeyState}
          replicas={primary ? family.MemberRegions.length - 1 : undefined}
        />
      ) : (
        <span className="text-text3">{open ? '' : 'kms:ListKeys denied there'}</span>
      )}
    </>
  )
}
