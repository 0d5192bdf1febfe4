'use client'

import { RefreshCw } from 'lucide-react'
import { ColumnsDialog } from '#components/columns/columns-dialog.tsx'
import { ViewMenu } from '#components/columns/view-menu.tsx'
import { IntegrityPill } from '#components/integrity/integrity-pill.tsx'
import { PageHeader } from '#components/page-header.tsx'
import { Button } from '#components/ui/button.tsx'
import { ExportEvents } from './export-events.tsx'
import { LiveButton } from './live-bar.tsx'
import { TimeRange } from './time-range.tsx'
import type { Audit } from './use-audit.ts'

/** Title, how the log stands, and what can be done with the list. */
export const AuditHeader = ({ audit }: { audit: Audit }) => (
  <PageHeader
    crumbs={[{ label: audit.account }, { label: 'Evidence' }]}
    title="Audit log"
    fact={!audit.denied && <IntegrityPill account={audit.account} />}
    actions={!audit.denied && <Actions audit={audit} />}
  />
)

function Actions({ audit }: { audit: Audit }) {
  const { account, address, question, events, view, zone, range } = audit
  return (
    <>
      {!address.live && (
        <Button onClick={audit.again} pending={events.refining} pendingLabel="Refreshing…">
          <RefreshCw aria-hidden="true" className="size-3.5" strokeWidth={1.5} />
          Refresh
        </Button>
      )}
      <ViewMenu
        view={view}
        columns={(open, onOpenChange) => (
          <ColumnsDialog
            columns={view.columns}
            hidden={view.hidden}
            show={view.show}
            move={view.move}
            after="the chain rail"
            open={open}
            onOpenChange={onOpenChange}
          />
        )}
      />
      {address.live ? (
        <Button reason="Live shows what happens from now on. The range comes back when it stops.">
          From now on
        </Button>
      ) : (
        <TimeRange
          key={`${question.from} ${question.to}`}
          range={address}
          onChange={range.jump}
          zone={zone}
          onZone={audit.setZone}
        />
      )}
      <LiveButton on={address.live} onToggle={audit.toggleLive} />
      <ExportEvents
        account={account}
        filter={address.q}
        from={question.from}
        to={question.to}
        selected={address.compare}
      />
    </>
  )
}
