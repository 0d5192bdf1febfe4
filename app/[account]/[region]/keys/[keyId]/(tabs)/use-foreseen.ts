'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { foreseen } from '#components/access/refused-question.ts'
import { wouldRefuse } from '#components/access/would-refuse.ts'
import type { RefusalView } from '#lib/console/messages.ts'
import type { Scope } from '#lib/console/paths.ts'
import { read } from '#lib/console/queries.ts'

/** Columns of the matrix that a button of the key’s page asks about. */
export type ForeseenAction =
  | 'DisableKey'
  | 'PutKeyPolicy'
  | 'CreateGrant'
  | 'RotateKeyOnDemand'
  | 'ScheduleKeyDeletion'

type Place = { scope: Scope; keyId: string; arn: string; self: string; foreign: boolean }

export type Foresight = {
  readonly of: (action: ForeseenAction) => RefusalView | undefined
  /** From now on the server decides alone. */
  readonly insist: () => void
}

/**
 * What the engine would refuse to this person, asked once the page is there. It is advice: whoever tries anyway is
 * refused, or not, by the engine.
 */
export function useForeseen({ scope, keyId, arn, self, foreign }: Place): Foresight {
  const [insisted, setInsisted] = useState(false)
  const { data } = useQuery({
    ...read(scope.account, scope.region, 'WhoCan', { KeyId: keyId }),
    enabled: !foreign,
    staleTime: 30_000,
  })
  return {
    of: (action) =>
      data && !insisted && wouldRefuse(data, self, action)
        ? foreseen({ principal: self, action: `kms:${action}`, resource: arn })
        : undefined,
    insist: () => setInsisted(true),
  }
}
