'use client'

import type { LogStateView } from '#components/integrity/log-state-words.ts'
import { Section } from '#components/page-header.tsx'
import { Facts } from '#components/ui/facts.tsx'
import { Hint } from '#components/ui/hint.tsx'
import { count, formatDate } from '#lib/console/format.ts'

/** How long events are kept, and what keeps them from being changed. */
export function Retention({ state }: { state: LogStateView }) {
  const { KeepDays, FirstDay, Bundles, RolesSeparated } = state
  return (
    <Section title="Retention">
      <Facts
        columns={4}
        facts={[
          {
            term: 'Events are kept',
            value: KeepDays === null ? 'for ever' : `for ${count(KeepDays, 'day')}`,
          },
          {
            term: 'First day in the database',
            value: FirstDay === null ? 'none yet' : formatDate(new Date(`${FirstDay}T00:00:00Z`)),
          },
          { term: 'Days taken out into signed bundles', value: String(Bundles) },
          {
            term: 'Kept from change by',
            value: RolesSeparated ? 'database roles and triggers' : 'triggers alone',
          },
        ]}
      />
      {!RolesSeparated && (
        <Hint className="mt-2">
          The database gives the engine one role only, which could drop the triggers. With separate roles it
          can’t.
        </Hint>
      )}
    </Section>
  )
}
