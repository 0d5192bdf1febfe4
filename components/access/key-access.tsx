'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ErrorState, PartialLine } from '#components/states.tsx'
import { Time } from '#components/time.tsx'
import { Button } from '#components/ui/button.tsx'
import { Switch } from '#components/ui/checkbox.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { refusalIn } from '#lib/console/messages.ts'
import type { Scope } from '#lib/console/paths.ts'
import { read } from '#lib/console/queries.ts'
import { MarkLegend } from './access-mark.tsx'
import { AccessNotes } from './access-notes.tsx'
import { ExportAccess } from './export-access.tsx'
import { Matrix } from './matrix.tsx'
import { groupsOf, isClosed, type PrincipalRow, summaryOf, type WhoCan } from './matrix-words.ts'
import { PrincipalHeader } from './principal-header.tsx'
import { TraceDrawer, type Traced } from './trace-drawer.tsx'
import { principalName } from './trace-words.ts'

export type KeyAccessProps = {
  scope: Scope
  /** Its id; names of keys cross Regions, so the scope's Region counts. */
  keyId: string
  keyName: string
  /** Who is asking. */
  self: string
  /** One principal alone: the matrix of the others is left out. */
  only?: string | undefined
}

/** Who can do what with a key: the matrix, what it leaves out, and the trace of each square. */
export function KeyAccess(props: KeyAccessProps) {
  const { scope, keyId } = props
  const { data, error, refetch, isFetching } = useQuery({
    ...read(scope.account, scope.region, 'WhoCan', { KeyId: keyId }),
    // The header of the key's page asks the same.
    staleTime: 30_000,
  })
  if (data)
    return <Loaded {...props} whoCan={data} refreshing={isFetching} onRefresh={() => void refetch()} />
  if (error)
    return (
      <ErrorState
        what="You can’t see who has access to this key."
        refusal={refusalIn(error)}
        onRetry={() => void refetch()}
        retrying={isFetching}
      />
    )
  return (
    <div aria-busy="true" className="late space-y-3 py-2">
      {['w-3/5', 'w-full', 'w-full', 'w-full'].map((width, n) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they are all alike
        <Skeleton key={n} className={width} />
      ))}
    </div>
  )
}

/** Whether the rows are everybody: principals whom one may not simulate are not among them. Undefined until it is known. */
function useSeesAll({ account, region }: Scope, self: string): boolean | undefined {
  const question = { PrincipalArn: self, Action: 'iam:SimulatePrincipalPolicy', Resource: '*' }
  return useQuery({ ...read(account, region, 'ExplainAccess', question), staleTime: 60_000 }).data?.Allowed
}

type LoadedProps = KeyAccessProps & { whoCan: WhoCan; refreshing: boolean; onRefresh: () => void }

function Loaded({ scope, keyId, keyName, self, only, whoCan, refreshing, onRefresh }: LoadedProps) {
  const [showUse, setShowUse] = useState(false)
  const [traced, setTraced] = useState<Traced>()
  const rows = only === undefined ? whoCan.Rows : whoCan.Rows.filter((row) => row.PrincipalArn === only)
  const closed = isClosed(whoCan.Rows)
  const seesAll = useSeesAll(scope, self)
  const toRow = (row: PrincipalRow) => ({
    id: row.PrincipalArn,
    label: principalName(row.PrincipalArn, scope.account),
    header: <PrincipalHeader row={row} account={scope.account} self={self} />,
    cells: row.Cells,
    steps: row.Steps,
  })
  return (
    <div aria-busy={refreshing || undefined}>
      <div className="mb-2 flex flex-wrap items-center gap-x-4 gap-y-2">
        <p className="text-table text-text2">
          {!closed && seesAll && only === undefined && `${summaryOf(whoCan.Rows)}. `}
          Policy v{whoCan.PolicyVersion}, computed <Time at={whoCan.At} />.
        </p>
        <div className="no-print ms-auto flex flex-wrap items-center gap-3 max-md:ms-0">
          <Switch label="Last used" checked={showUse} onChange={setShowUse} />
          <Button pending={refreshing} pendingLabel="Computing…" onClick={onRefresh}>
            Compute again
          </Button>
          {rows.length > 0 && <ExportAccess whoCan={whoCan} />}
        </div>
      </div>
      {closed && rows.length > 0 && (
        <PartialLine>
          You may not read this key’s policy (kms:GetKeyPolicy), so only your own row is shown.
        </PartialLine>
      )}
      {!closed && seesAll === false && (
        <PartialLine>
          Only principals about whom you may ask are shown (iam:SimulatePrincipalPolicy denied): others may
          have access too.
        </PartialLine>
      )}
      {rows.length > 0 && (
        <Matrix
          caption={`Who can do what with ${keyName}`}
          corner="Principal"
          columns={whoCan.Columns}
          groups={groupsOf(rows).map((group) => ({ ...group, rows: group.rows.map(toRow) }))}
          showUse={showUse}
          onOpen={({ id }, action, opener) => setTraced({ principal: id, action, keyId, keyName, opener })}
        />
      )}
      {rows.length > 0 && <MarkLegend showUse={showUse} />}
      <AccessNotes scope={scope} keyId={keyId} whoCan={whoCan} shown={rows.length} closed={closed} />
      <TraceDrawer scope={scope} traced={traced} onClose={() => setTraced(undefined)} />
    </div>
  )
}
