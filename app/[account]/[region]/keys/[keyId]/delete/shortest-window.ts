/** The shortest waiting period that policies let somebody ask for, out of what the engine would decide. */
import { tryAsk } from '#lib/console/engine.ts'
import type { KeyPlace } from '../key.ts'
import { shortestOf } from './window.ts'

/** Days. */
export const readShortest = ({ scope, reference, session }: KeyPlace): Promise<number> =>
  shortestOf(async (days) => {
    const { output } = await tryAsk(
      'ExplainAccess',
      {
        KeyId: reference,
        PrincipalArn: session.principal.arn,
        Action: 'kms:ScheduleKeyDeletion',
        Conditions: { 'kms:ScheduleKeyDeletionPendingWindowInDays': [String(days)] },
      },
      { region: scope.region },
    )
    return output?.Allowed
  })
