/**
 * What the log tells about permission: when something was last done, who tried and was refused, and the change that came
 * between a success and a refusal. It reads what the sequencer has filled in.
 */
import type { Sql } from '../write/change.ts'

type KeyPlace = { readonly account: string; readonly region: string; readonly id: string }

export type Deed = { readonly actor: string; readonly event: string; readonly at: Date }

/**
 * Everything but cryptography goes through the pairs of operation and actor one by one, each found by the index behind the
 * one before: as many steps as there are pairs, however often each was done.
 */
const GIVEN = `FROM audit.entry n WHERE n.account_id = $1 AND n.key_id = $2 AND n.region = $3 AND n.outcome = 'ok'
  AND n.class <> 'crypto' AND n.key_id IS NOT NULL`
const NEXT_PAIR = 'ORDER BY n.event_name, n.actor_arn LIMIT 1'

const DEEDS = `
WITH RECURSIVE pair AS (
  (SELECT n.event_name, n.actor_arn ${GIVEN} ${NEXT_PAIR})
  UNION ALL
  SELECT next.* FROM pair, LATERAL (SELECT n.event_name, n.actor_arn ${GIVEN}
    AND (n.event_name, n.actor_arn) > (pair.event_name, pair.actor_arn) ${NEXT_PAIR}) AS next
)
SELECT actor_arn AS actor, operation AS event, max(last_at) AS at FROM audit.usage
WHERE account_id = $1 AND key_id = $2 AND region = $3 AND day >= ($4::timestamptz AT TIME ZONE 'UTC')::date
  AND last_at >= $4::timestamptz
GROUP BY actor_arn, operation
UNION ALL
SELECT pair.actor_arn, pair.event_name, last.ts FROM pair, LATERAL (SELECT n.ts ${GIVEN}
  AND n.event_name = pair.event_name AND n.actor_arn = pair.actor_arn ORDER BY n.ts DESC LIMIT 1) AS last
WHERE last.ts >= $4::timestamptz`

/**
 * When each actor last did each thing with a key, since a moment. Use is told by operation, so that ReEncrypt is
 * ReEncryptFrom or ReEncryptTo.
 */
export async function lastDeeds(sql: Sql, key: KeyPlace, since: Date): Promise<Deed[]> {
  return sql<Deed>(DEEDS, [key.account, key.id, key.region, since.toISOString()])
}

/** Who was refused something with a key since a moment. */
export async function refusedActors(sql: Sql, key: KeyPlace, since: Date): Promise<ReadonlySet<string>> {
  const rows = await sql<{ actor: string }>(
    `SELECT DISTINCT actor_arn AS actor FROM audit.entry
     WHERE account_id = $1 AND key_id = $2 AND region = $3 AND outcome = 'denied' AND outcome <> 'ok'
       AND ts >= $4::timestamptz`,
    [key.account, key.id, key.region, since.toISOString()],
  )
  return new Set(rows.map(({ actor }) => actor))
}

/** Where in the log a question stands. */
export type Moment = { readonly at: Date; readonly id: string }

export type Tried = {
  readonly key: KeyPlace
  /** As the log names it. */
  readonly event: string
  /** ARN; of a role's sessions the ARN up to the session's name, which ends in a slash. */
  readonly actor: string
  /** ARNs that a change of identities would name to be about the actor. */
  readonly identities: readonly string[]
}

export type Change = {
  readonly id: string
  readonly event: string
  readonly at: Date
  readonly by: string
}

/** Changes of a key that may turn a decision around. */
const OF_KEY = [
  'PutKeyPolicy',
  'CreateGrant',
  'RevokeGrant',
  'RetireGrant',
  'TagResource',
  'UntagResource',
  'CreateAlias',
  'UpdateAlias',
  'DeleteAlias',
  'EnableKey',
  'DisableKey',
  'ScheduleKeyDeletion',
  'CancelKeyDeletion',
  'DeleteImportedKeyMaterial',
  'ImportKeyMaterial',
]

/** Changes of identities that bear on more than the one they name. */
const OF_MANY = [
  'AddUserToGroup',
  'AttachGroupPolicy',
  'CreatePolicyVersion',
  'DeleteGroupPolicy',
  'DeleteGuardrail',
  'DetachGroupPolicy',
  'PutGroupPolicy',
  'PutGuardrail',
  'RemoveUserFromGroup',
  'SetDefaultPolicyVersion',
]

/** Changes of one identity; those of its credentials are none of them. */
const OF_ONE = ['User', 'Role'].flatMap((kind) => [
  `Attach${kind}Policy`,
  `Delete${kind}PermissionsBoundary`,
  `Delete${kind}Policy`,
  `Detach${kind}Policy`,
  `Put${kind}PermissionsBoundary`,
  `Put${kind}Policy`,
  `Tag${kind}`,
  `Untag${kind}`,
])

const IS_ACTOR = (column: string) => `(${column} = $7 OR (right($7, 1) = '/' AND starts_with(${column}, $7)))`
/** $4 and $5 are the moment. Of the days before its own, use tells which event was the last. */
const TODAY = `($4::timestamptz AT TIME ZONE 'UTC')::date`
const SAME_REQUEST = `n.account_id = $1 AND n.key_id = $2 AND n.region = $3 AND n.outcome = 'ok' AND n.event_name = $6
  AND ${IS_ACTOR('n.actor_arn')} AND (n.ts, n.event_id) < ($4::timestamptz, $5::uuid)`
const LATEST = 'ORDER BY n.ts DESC, n.event_id DESC LIMIT 1'

const LAST_SUCCESS = `
SELECT ts, event_id FROM (
  (SELECT n.ts, n.event_id FROM audit.entry n
   WHERE ${SAME_REQUEST} AND n.class <> 'crypto' AND n.key_id IS NOT NULL ${LATEST})
  UNION ALL
  (SELECT n.ts, n.event_id FROM audit.entry n
   WHERE ${SAME_REQUEST} AND n.class = 'crypto' AND n.ts >= ${TODAY}::timestamp AT TIME ZONE 'UTC' ${LATEST})
  UNION ALL
  (SELECT u.last_at, u.last_event_id FROM audit.usage u
   WHERE u.account_id = $1 AND u.key_id = $2 AND u.region = $3 AND ${IS_ACTOR('u.actor_arn')} AND u.day < ${TODAY}
     AND u.operation = ANY (CASE $6 WHEN 'ReEncrypt' THEN ARRAY['ReEncryptFrom', 'ReEncryptTo'] ELSE ARRAY[$6] END)
   ORDER BY u.day DESC, u.last_at DESC, u.last_event_id DESC LIMIT 1)
) AS before ORDER BY ts DESC, event_id DESC LIMIT 1`

/**
 * The last change between the last success of the same kind and a moment; undefined when there was no success, or no
 * change since.
 */
export async function turningBefore(sql: Sql, tried: Tried, moment: Moment): Promise<Change | undefined> {
  const { key, event, actor, identities } = tried
  const [change] = await sql<Change>(
    `WITH success AS (${LAST_SUCCESS})
     SELECT n.event_id AS id, n.event_name AS event, n.ts AS at, n.actor_arn AS by FROM audit.entry n, success s
     WHERE n.account_id = $1 AND n.outcome = 'ok' AND n.event_name = ANY ($8::text[] || $9::text[] || $11::text[])
       AND (n.ts, n.event_id) > (s.ts, s.event_id) AND (n.ts, n.event_id) < ($4::timestamptz, $5::uuid)
       AND (n.event_name <> ALL ($8::text[]) OR (n.key_id = $2 AND n.region = $3))
       AND (n.event_name <> ALL ($9::text[]) OR n.resources && $10::text[])
     ORDER BY n.ts DESC, n.event_id DESC LIMIT 1`,
    [
      key.account,
      key.id,
      key.region,
      moment.at.toISOString(),
      moment.id,
      event,
      actor,
      OF_KEY,
      OF_ONE,
      identities,
      OF_MANY,
    ],
  )
  return change
}

/** The event of a request in an account's log; the newest, if there are several. */
export async function eventOfRequest(
  sql: Sql,
  account: string,
  requestId: string,
): Promise<string | undefined> {
  const [row] = await sql<{ id: string }>(
    `SELECT event_id AS id FROM audit.entry WHERE request_id = $2 AND account_id = $1
     ORDER BY ts DESC, event_id DESC LIMIT 1`,
    [account, requestId],
  )
  return row?.id
}
