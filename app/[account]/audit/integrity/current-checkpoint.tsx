'use client'

import { type LogStateView, place } from '#components/integrity/log-state-words.ts'
import { Section } from '#components/page-header.tsx'
import { Time } from '#components/time.tsx'
import { CodeBlock } from '#components/ui/code-block.tsx'
import { Facts } from '#components/ui/facts.tsx'
import { Hint } from '#components/ui/hint.tsx'
import { Identifier } from '#components/ui/identifier.tsx'
import { count, formatNumber } from '#lib/console/format.ts'

/** The newest signed head of the log. */
export function CurrentCheckpoint({ state }: { state: LogStateView }) {
  const { Checkpoint: checkpoint, Size, SequencedAt, VerifiedTo, VerifiedAt } = state
  const checked = {
    term: 'Derived again from what is stored',
    value: (
      <>
        {VerifiedTo === 0 ? 'Nothing yet' : `to ${place(VerifiedTo - 1)}`}, <Time at={VerifiedAt} />
      </>
    ),
  }
  const sequenced = {
    term: 'Events in the log',
    value: (
      <>
        {formatNumber(Size)}, the last put in its place <Time at={SequencedAt} />
      </>
    ),
  }
  if (!checkpoint)
    return (
      <Section title="Current checkpoint">
        <Hint className="mb-3">
          Nothing has been signed yet. A checkpoint is signed within a second of the first event.
        </Hint>
        <Facts columns={2} facts={[sequenced, checked]} />
      </Section>
    )
  return (
    <Section title="Current checkpoint">
      <Facts
        columns={3}
        facts={[
          { term: 'Size', value: count(checkpoint.Size, 'event') },
          { term: 'Signed', value: <Time at={checkpoint.At} as="moment" /> },
          { term: 'Signer', value: <code className="break-all text-mono">{checkpoint.Origin}</code> },
          { term: 'Root', value: <Identifier value={checkpoint.Root} name="root" /> },
          sequenced,
          checked,
        ]}
      />
      <details className="mt-3">
        <summary className="min-h-6 w-fit text-table text-ink">Signed note</summary>
        <CodeBlock code={checkpoint.Note} label="Signed note" wrap />
      </details>
    </Section>
  )
}
