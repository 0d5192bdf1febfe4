'use client'

import { useState } from 'react'
import { MarkLegend } from '#components/access/access-mark.tsx'
import { Matrix } from '#components/access/matrix.tsx'
import { columnWords, groupsOf, MARK_WORDS, type PrincipalRow } from '#components/access/matrix-words.ts'
import { PrincipalHeader } from '#components/access/principal-header.tsx'
import { principalName } from '#components/access/trace-words.ts'
import { ErrorState } from '#components/states.tsx'
import { Note } from '#components/ui/hint.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { count } from '#lib/console/format.ts'
import { refusalIn } from '#lib/console/messages.ts'
import { crossing, delegates, statementsInWords } from './crossing.ts'
import { LeftOut } from './left-out.tsx'
import { policyOf } from './policy-people.ts'
import { usePreview } from './use-preview.ts'
import { useWizard } from './wizard-context.tsx'

/** Who will be able to do what: the matrix that the engine computes for the drafted policy, and who crosses. */
export function ReviewAccess() {
  const { data, error, refetch, isFetching } = usePreview()
  if (data) return <Computed rows={data.Rows} columns={data.Columns} withoutPath={data.WithoutPath} />
  if (error)
    return (
      <ErrorState
        what="Who will be able to do what couldn’t be computed."
        refusal={refusalIn(error)}
        onRetry={() => void refetch()}
        retrying={isFetching}
      />
    )
  return (
    <div aria-busy="true" className="late space-y-3 py-2">
      <Skeleton className="w-3/5" />
      <Skeleton className="w-full" />
      <Skeleton className="w-full" />
    </div>
  )
}

type ComputedProps = {
  rows: readonly PrincipalRow[]
  columns: Parameters<typeof Matrix>[0]['columns']
  withoutPath: number
}

function Computed({ rows, columns, withoutPath }: ComputedProps) {
  const { setting, draft, owner } = useWizard()
  const { account } = setting.scope
  const [chosen, choose] = useState('')
  const toRow = (row: PrincipalRow) => ({
    id: row.PrincipalArn,
    label: principalName(row.PrincipalArn, account),
    header: <PrincipalHeader row={row} account={account} self={setting.self} />,
    cells: row.Cells,
    steps: row.Steps,
  })
  return (
    <div className="space-y-3">
      <Matrix
        caption="Who will be able to do what with the key"
        corner="Principal"
        columns={columns}
        groups={groupsOf(rows).map((group) => ({ ...group, rows: group.rows.map(toRow) }))}
        showUse={false}
        hint="Point at a square for its reason. Arrows move, Enter keeps the reason."
        onOpen={(row, action) => {
          const cell = row.cells[action]
          if (cell) choose(`${row.label}, ${columnWords(action)}: ${MARK_WORDS[cell.Mark]}. ${cell.Why}`)
        }}
      />
      <p role="status" className="max-w-prose text-table">
        {chosen}
      </p>
      <MarkLegend />
      <Crossing rows={rows} />
      <LeftOut />
      {withoutPath > 0 && (
        <p className="text-table text-text2">No path: {count(withoutPath, 'other principal')}.</p>
      )}
      <details>
        <summary className="min-h-6 w-fit text-table text-ink">The policy in words</summary>
        <ul className="list-disc space-y-1 ps-5 pt-1 text-table text-text2">
          {statementsInWords(policyOf(draft, owner), account).map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </details>
    </div>
  )
}

/** Who manages and uses, by name or by delegation: the sentence that separation of duties is about. */
function Crossing({ rows }: { rows: readonly PrincipalRow[] }) {
  const { setting, draft, owner } = useWizard()
  const { account } = setting.scope
  const policy = policyOf(draft, owner)
  const { named, delegated } = crossing(policy, rows)
  const names = (arns: readonly string[]) => arns.map((arn) => principalName(arn, account)).join(', ')
  return (
    <>
      <p className="text-table">
        <span className="font-medium">Both: </span>
        {named.length === 0 ? 'none.' : `${names(named)} would manage and use this key. (SOD-01)`}
      </p>
      {delegates(policy, account) ? (
        <Note tone="brass" className="max-w-form space-y-1">
          {delegated.length > 0 && (
            <p>
              <span className="font-semibold">By delegation: </span>
              {names(delegated)} {delegated.length === 1 ? 'crosses' : 'cross'} through the account statement:
              an identity policy allows both, and the key policy leaves it to those.
            </p>
          )}
          <p>
            Whoever gets an identity policy of account {account} that allows{' '}
            <code className="text-mono">kms:*</code> on this key, such as AdministratorAccess, crosses through
            the account statement, too. The account root may do everything.
          </p>
        </Note>
      ) : (
        <Note tone="brass" className="max-w-form">
          No statement hands the key to the account. Identity policies can’t give access to it, and only those
          whom the policy names can change it.
        </Note>
      )}
    </>
  )
}
