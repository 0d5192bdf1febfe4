'use client'

import Link from 'next/link'
import { useState } from 'react'
import { type Crumb, PageHeader, Section } from '#components/page-header.tsx'
import { ErrorState } from '#components/states.tsx'
import { Time } from '#components/time.tsx'
import { Button } from '#components/ui/button.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { Cell, HeaderCell, RowHeader, Table, TableBody, TableHead, TableRow } from '#components/ui/table.tsx'
import { principalLabel } from '#lib/console/format.ts'
import { type RefusalView, refusalIn } from '#lib/console/messages.ts'
import type { OutputOf } from '#lib/console/operations.ts'
import { paths } from '#lib/console/paths.ts'
import { fetchJson } from '#lib/console/queries.ts'
import type { PolicyPlace, PolicyVersion, SavedPolicy } from '../policy-place.ts'
import { CompareVersions } from './compare-versions.tsx'

type Page = OutputOf<'ListPolicyVersions'>
type PolicyHistoryProps = {
  place: PolicyPlace
  saved: SavedPolicy
  first: Page
  managed: boolean
  crumbs: readonly Crumb[]
}

/** More versions, a page at a time. */
function useVersions({ scope, reference }: PolicyPlace, first: Page) {
  const [older, setOlder] = useState<readonly PolicyVersion[]>([])
  const [marker, setMarker] = useState(first.NextMarker)
  const [refusal, setRefusal] = useState<RefusalView>()
  const [pending, setPending] = useState(false)
  async function more() {
    setPending(true)
    setRefusal(undefined)
    try {
      const input = { KeyId: reference, Marker: marker }
      // The operation that the path names.
      const page = (await fetchJson(paths.engine('ListPolicyVersions', scope.region, input))) as Page
      setOlder((known) => [...known, ...page.Versions])
      setMarker(page.NextMarker)
    } catch (thrown) {
      setRefusal(refusalIn(thrown))
    } finally {
      setPending(false)
    }
  }
  const listed = new Set(first.Versions.map(({ Version }) => Version))
  const versions = [...first.Versions, ...older.filter(({ Version }) => !listed.has(Version))]
  return { versions, hasMore: marker !== undefined, more: () => void more(), pending, refusal }
}

/** Every policy the key ever had: who put it in force, when, and what it changed. */
export function PolicyHistory({ place, first, crumbs }: PolicyHistoryProps) {
  const { scope, keyId } = place
  const { versions, hasMore, more, pending, refusal } = useVersions(place, first)
  return (
    <>
      <PageHeader
        crumbs={crumbs}
        title="Policy history"
        fact={`${versions.length}${hasMore ? '+' : ''} ${versions.length === 1 ? 'version' : 'versions'}`}
        actions={<LinkButton href={paths.key(scope, keyId, 'policy')}>Back to the policy</LinkButton>}
      />
      <Table caption="Versions of the key policy">
        <TableHead>
          <HeaderCell>Version</HeaderCell>
          <HeaderCell>What changed</HeaderCell>
          <HeaderCell>Who</HeaderCell>
          <HeaderCell>When</HeaderCell>
          <HeaderCell>Event</HeaderCell>
        </TableHead>
        <TableBody>
          {versions.map((version) => (
            <VersionRow key={version.Version} version={version} place={place} />
          ))}
        </TableBody>
      </Table>
      {refusal && <ErrorState what="Older versions couldn’t be loaded." refusal={refusal} onRetry={more} />}
      {hasMore && (
        <Button className="mt-2" pending={pending} pendingLabel="Loading…" onClick={more}>
          Show older versions
        </Button>
      )}
      {versions.length > 1 && (
        <div className="mt-7">
          <Section title="Compare">
            <CompareVersions place={place} versions={versions} />
          </Section>
        </div>
      )}
    </>
  )
}

function VersionRow({ version, place }: { version: PolicyVersion; place: PolicyPlace }) {
  const { Version, CreatedAt, CreatedBy, Delta, EventId, InForce } = version
  const { scope, keyId } = place
  return (
    <TableRow>
      <RowHeader className="whitespace-nowrap">
        <Link href={paths.policyVersion(scope, keyId, Version)} className="link">
          v{Version}
        </Link>
        {InForce && <span className="ps-2 font-normal text-verdigris">in force</span>}
      </RowHeader>
      <Cell narrow="whole" className="max-w-[60ch] whitespace-normal break-words py-1.5">
        {Delta.length > 0 ? Delta.join('. ') : 'As the key was created with'}
      </Cell>
      <Cell narrow="fact">{principalLabel(CreatedBy)}</Cell>
      <Cell narrow="end">
        <Time at={CreatedAt} />
      </Cell>
      <Cell narrow="fact-end">
        {EventId && (
          <Link href={paths.event(scope.account, EventId)} className="link">
            View event
            <span className="sr-only"> of v{Version}</span>
          </Link>
        )}
      </Cell>
    </TableRow>
  )
}
