'use client'

import { IntegrityBanner } from '#components/integrity/integrity-banner.tsx'
import { auditHref } from './address.ts'
import { AuditFilter } from './audit-filter.tsx'
import { AuditHeader } from './audit-header.tsx'
import { CompareBar } from './compare-bar.tsx'
import { EventDrawer } from './event-drawer.tsx'
import { EventHistogram } from './event-histogram.tsx'
import { EventList } from './event-list.tsx'
import { withStanding } from './facet-terms.ts'
import { FacetsBeside } from './facets-beside.tsx'
import { FilterFault } from './filter-fault.tsx'
import { ImpossibleRange } from './impossible-range.tsx'
import { LiveBar } from './live-bar.tsx'
import { type Audit, type AuditProps, useAudit } from './use-audit.ts'

const NO_RANGE = { last: null, from: null, to: null } as const

/** The audit log: range, filter, how often what happened, list and the open event. All of it is in the address. */
export function AuditLog({ endpoint, ...props }: AuditProps & { endpoint: string }) {
  const audit = useAudit(props)
  const { account, address, impossible, besides, range, zone } = audit
  return (
    <>
      <AuditHeader audit={audit} />
      {!audit.denied && <IntegrityBanner account={account} />}
      {!audit.denied && <AuditFilter audit={audit} />}
      {impossible && <ImpossibleRange fault={impossible} onReset={() => range.jump(NO_RANGE)} />}
      {!impossible && <FilterFault events={audit.events} filter={address.q} />}
      {besides && <EventHistogram counted={audit.histogram} zone={zone} moves={range} />}
      <LiveBar live={audit.live} />
      <CompareBar account={account} ids={address.compare} zone={zone} onChange={audit.compare} />
      <div className="flex items-start">
        {besides && <FacetsBeside {...audit.facets} />}
        <div className="min-w-0 grow" {...audit.watch}>
          {!impossible && <Listed audit={audit} endpoint={endpoint} />}
        </div>
        {address.event !== null && <Opened audit={audit} id={address.event} endpoint={endpoint} />}
      </div>
    </>
  )
}

type PartProps = { audit: Audit; endpoint: string }

const Listed = ({ audit, endpoint }: PartProps) => (
  <EventList
    account={audit.account}
    address={audit.address}
    question={audit.question}
    at={audit.at}
    events={audit.listed}
    view={audit.view}
    nameOf={audit.nameOf}
    zone={audit.zone}
    endpoint={endpoint}
    hrefOf={(event) => auditHref(audit.account, { ...audit.address, event })}
    onOpen={audit.open}
    onTop={audit.setAtTop}
    onChange={audit.change}
  />
)

const Opened = ({ audit, id, endpoint }: PartProps & { id: string }) => (
  <EventDrawer
    account={audit.account}
    id={id}
    zone={audit.zone}
    nameOf={audit.nameOf}
    place={audit.move.place}
    onNewer={audit.move.up}
    onOlder={audit.move.down}
    onClose={audit.move.leave}
    onFilter={(term, standing) => audit.setFilter(withStanding(audit.address.q, term, standing))}
    onOpen={audit.open}
    compared={audit.address.compare}
    onCompare={audit.compare}
    endpoint={endpoint}
  />
)
