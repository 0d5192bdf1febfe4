'use client'

import { useState } from 'react'
import { Denied } from '#components/denied.tsx'
import { IntegrityBanner } from '#components/integrity/integrity-banner.tsx'
import { IntegrityPill } from '#components/integrity/integrity-pill.tsx'
import { isSuspicion, openFindings } from '#components/integrity/log-state-words.ts'
import { useLogState } from '#components/integrity/use-log-state.ts'
import { PageHeader } from '#components/page-header.tsx'
import { ErrorState, StaleLine } from '#components/states.tsx'
import { Hint } from '#components/ui/hint.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { isDenied, refusalIn } from '#lib/console/messages.ts'
import { paths } from '#lib/console/paths.ts'
import { ByHand } from './by-hand.tsx'
import { Checkpoints } from './checkpoints.tsx'
import { Consistency } from './consistency.tsx'
import { CurrentCheckpoint } from './current-checkpoint.tsx'
import { Findings } from './findings.tsx'
import { Outside } from './outside.tsx'
import { PublicKeys } from './public-keys.tsx'
import { Retention } from './retention.tsx'
import { Rollback } from './rollback.tsx'
import { VerifyRange } from './verify-range.tsx'

/** What is proved of the log, how to prove it oneself, and what is wrong. */
export function Integrity({ account }: { account: string }) {
  const { data, error, refetch, isFetching, dataUpdatedAt } = useLogState(account)
  // The size of a checkpoint of the list that is to be compared with the newest.
  const [earlier, setEarlier] = useState('')
  const header = (
    <PageHeader
      crumbs={[
        { label: account },
        { label: 'Evidence' },
        { label: 'Audit log', href: paths.audit(account) },
        { label: 'Integrity' },
      ]}
      title="Log integrity"
      fact={<IntegrityPill account={account} here />}
    />
  )
  if (!data) {
    const refusal = error && refusalIn(error)
    return (
      <>
        {header}
        {refusal && isDenied(refusal) && (
          <Denied size="page" refusal={refusal} what="You can’t see how the log stands." />
        )}
        {refusal && !isDenied(refusal) && (
          <ErrorState
            what="How the log stands couldn’t be read."
            refusal={refusal}
            onRetry={() => void refetch()}
            retrying={isFetching}
          />
        )}
        {!refusal && <Skeleton className="w-3/5" />}
      </>
    )
  }
  return (
    <>
      {header}
      {error && <StaleLine since={new Date(dataUpdatedAt)} onRetry={() => void refetch()} />}
      <IntegrityBanner account={account} here />
      <Hint className="mb-5">
        A verified chain shows that recorded events weren’t changed, reordered or removed after they were
        written. It can’t show that every action was recorded. Keep checkpoints outside this server to detect
        a rewritten log.
      </Hint>
      {openFindings(data).some(isSuspicion) && <Rollback account={account} state={data} />}
      <CurrentCheckpoint state={data} />
      <Findings account={account} state={data} />
      <VerifyRange account={account} state={data} />
      <Consistency state={data} earlier={earlier} onEarlier={setEarlier} />
      <Checkpoints
        account={account}
        onCompare={(size) => {
          setEarlier(size)
          document.querySelector<HTMLElement>('#compare input')?.focus()
        }}
      />
      <PublicKeys state={data} />
      <Outside state={data} />
      <ByHand state={data} />
      <Retention state={data} />
    </>
  )
}
