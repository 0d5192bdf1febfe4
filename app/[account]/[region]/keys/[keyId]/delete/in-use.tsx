import Link from 'next/link'
import { outsideWords, type Usage, usesOf } from '#components/keys/usage.ts'
import { UsageStrip } from '#components/keys/usage-strip.tsx'
import { UsageTable } from '#components/keys/usage-table.tsx'
import { PartialLine } from '#components/states.tsx'
import { Time } from '#components/time.tsx'
import { Note } from '#components/ui/hint.tsx'
import { principalLabel } from '#lib/console/format.ts'
import type { KeyMetadata } from '#lib/console/outputs.ts'
import { paths } from '#lib/console/paths.ts'

type InUseProps = {
  account: string
  metadata: Pick<KeyMetadata, 'KeySpec' | 'KeyUsage'>
  /** None where it may not be read. */
  usage: Usage | undefined
}

/** Whether anybody would miss the key: its last use, and every use of the last 90 days. */
export function InUse({ account, metadata, usage }: InUseProps) {
  if (!usage)
    return (
      <PartialLine>
        The use of this key can’t be read. Ask someone who may describe it, before you go on.
      </PartialLine>
    )
  const { LastUse, Rows, MoreRows, Days, Since } = usage
  return (
    <>
      {LastUse ? (
        <Note tone="brass" className="mb-3">
          Last used <Time at={LastUse.Last} />: {LastUse.Operation} by {principalLabel(LastUse.Principal)}
          {LastUse.Source && ` from ${LastUse.Source}`}.{' '}
          <Link className="link whitespace-nowrap" href={paths.event(account, LastUse.LastEventId)}>
            View event
          </Link>
        </Note>
      ) : (
        <p className="mb-2 text-table">No use of this key has been recorded.</p>
      )}
      {Rows.length > 0 && (
        <>
          <h3 className="mb-1.5 text-table font-medium">The last {Days.length} days</h3>
          <UsageStrip usage={metadata.KeyUsage} days={Days} />
          <UsageTable
            account={account}
            caption="Who uses this key"
            uses={usesOf(Rows, { bySource: true })}
            bySource
          />
          {MoreRows && (
            <p className="pt-1 text-label text-text3">Further lines are left out: these are the newest.</p>
          )}
        </>
      )}
      <p className="pt-2 text-table text-text2">
        {LastUse && Rows.length === 0 && `It was not used in the last ${Days.length} days. `}
        Use recorded since <Time at={Since} as="date" />.{outsideWords(metadata.KeySpec)}
      </p>
    </>
  )
}
