/** What the Connect page waits for: the account's first calls over the wire, and the requests that were refused. */
import type { z } from 'zod'
import { WatchConnectionInput } from '#lib/domain/operations/insight.ts'
import { operation } from '#lib/engine/operation.ts'

const MOST_CALLS = 20
const MOST_REFUSALS = 20

// A refused request names an access key at most: those of other accounts are none of this account's business.
const REFUSALS_SQL = `
SELECT reason, last_at AS at, address, nullif(access_key_id, '') AS "accessKeyId", nullif(operation, '') AS operation,
  skew_seconds AS "skewSeconds", count::int AS count
FROM audit.refused_connection r
WHERE last_at >= $2::timestamptz AND minute >= $2::timestamptz - interval '1 minute'
  AND NOT EXISTS (SELECT FROM keyhouse.access_key k WHERE k.id = r.access_key_id AND k.account_id <> $1)
ORDER BY last_at DESC LIMIT $3::int`

type Refusal = {
  reason: string
  at: Date
  address: string
  accessKeyId: string | null
  operation: string | null
  skewSeconds: number | null
  count: number
}

export const WatchConnection = operation({
  name: 'WatchConnection',
  service: 'Keyhouse',
  action: 'keyhouse:WatchConnection',
  class: 'read',
  // A poll that waits for events: recorded, it would feed the log with itself.
  recorded: false,
  input: WatchConnectionInput,
  logged: { request: () => null },

  async run(call, { Since: since }: z.infer<typeof WatchConnectionInput>) {
    await call.permit()
    const { services, account } = call
    await services.sequencer.catchUp()
    const calls = services.search.page({
      account,
      from: since,
      filter: 'source:wire',
      order: 'oldest',
      limit: MOST_CALLS,
    })
    const refusals = services.reader<Refusal>(REFUSALS_SQL, [account, since.toISOString(), MOST_REFUSALS])
    return {
      Calls: (await calls).events.map(
        ({ id, ts, eventName, eventSource, outcome, errorCode, actorArn, actorName, address }) => ({
          id,
          ts,
          eventName,
          eventSource,
          outcome,
          errorCode,
          actorArn,
          actorName,
          address,
        }),
      ),
      Refusals: await refusals,
    }
  },
})
