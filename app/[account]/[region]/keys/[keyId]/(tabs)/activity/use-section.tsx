import { outsideWords, type Usage, usesOf } from '#components/keys/usage.ts'
import { UsageStrip } from '#components/keys/usage-strip.tsx'
import { UsageTable } from '#components/keys/usage-table.tsx'
import { Section } from '#components/page-header.tsx'
import { ErrorState } from '#components/states.tsx'
import { Time } from '#components/time.tsx'
import { Hint } from '#components/ui/hint.tsx'
import { count } from '#lib/console/format.ts'
import type { RefusalView } from '#lib/console/messages.ts'
import type { KeyMetadata } from '#lib/console/outputs.ts'

type UseSectionProps = {
  account: string
  metadata: Pick<KeyMetadata, 'KeySpec' | 'KeyUsage'>
  usage: Usage | undefined
  refusal: RefusalView | undefined
}

/** Use of the key: a strip of days, and who did what how often. Refusals and management are events, below. */
export function UseSection({ account, metadata, usage, refusal }: UseSectionProps) {
  const all = usage?.Rows.reduce((sum, { Count }) => sum + Count, 0) ?? 0
  return (
    <Section
      title="Use"
      fact={usage && `${usage.MoreRows ? 'more than ' : ''}${count(all, 'use')} in ${usage.Days.length} days`}
    >
      {refusal && <ErrorState what="The use of this key couldn’t be read." refusal={refusal} />}
      {usage && (
        <>
          <UsageStrip usage={metadata.KeyUsage} days={usage.Days} />
          {usage.Rows.length > 0 && (
            <UsageTable
              account={account}
              caption="Who uses this key for what"
              uses={usesOf(usage.Rows, { bySource: false })}
              bySource={false}
            />
          )}
          <Hint className="pt-2">
            {all === 0 && 'Nobody used it in that time. '}
            Use recorded since <Time at={usage.Since} as="date" />.{outsideWords(metadata.KeySpec)}
          </Hint>
        </>
      )}
    </Section>
  )
}
