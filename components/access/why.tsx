'use client'

import type { RefusalView } from '#lib/console/messages.ts'
import { ExplainedAccess, ExplainedEvent } from './explained.tsx'
import { accountOf, refusedOf } from './refused-question.ts'
import { regionOf } from './use-explain.ts'

/** The trace behind a refusal: as it was recorded, or as it is now for what was only foreseen. */
export function Why({ refusal }: { refusal: RefusalView }) {
  const refused = refusedOf(refusal)
  const account = accountOf(refused)
  if (refusal.eventId) return <ExplainedEvent account={account} eventId={refusal.eventId} />
  const { principal, action, resource } = refused
  return (
    <ExplainedAccess
      account={account}
      region={regionOf(resource)}
      question={{ PrincipalArn: principal, Action: action, Resource: resource || '*' }}
    />
  )
}
