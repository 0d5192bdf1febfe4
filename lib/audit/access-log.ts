/**
 * What the log tells about permission: when something was last done, who tried and was refused, and the change that came
 * between a success and a refusal. It reads what the sequencer has filled in.
 */
import type { Sql } from './change.ts'

type KeyPlace = { readonly account: string; readonly region: string; readonly id: string }

/** So many of a key's newest entries are looked at; what is older counts as long ago. */
const MOST_ENTRIES = 20_000

export type Deed = { readonly actor: string; readonly event: string; readonly at: Date }

/** When each actor last did each thing with a key, since a moment, among its newest entries. */
export async function lastDeeds(sql: Sql, key: KeyPlace, since: Date): Promise<Deed[]> {
  return sql<Deed>(
    `SELECT actor_arn AS actor, event_name AS event, max(ts) AS at FROM (
       SELECT actor_arn, event_name, ts FROM audit.entry
       WHERE account_id = $1 AND key_id = $2 AND ts >= $4::timestamptz AND region = $3 AND outcome = 'ok'
       ORDER BY ts DESC, event_id DESC LIMIT ${MOST_ENTRIES}) AS newest
     GROUP BY actor_arn, event_name`,
    [key.account, key.id, key.region, since.toISOString()],
  )
}

/** Who was refused something with a key since a moment. */
export async function refusedActors(sql: Sql, key: KeyPlace, since: Date): Promise<ReadonlySet<string>> {
  const rows = await sql<{ actor: string }>(
    `SELECT DISTINCT actor_arn AS actor FROM (
       SELECT actor_arn FROM audit.entry
       WHERE account_id = $1 AND outcome = 'denied' AND outcome <> 'ok' AND key_id = $2 AND region = $3
         AND ts >= $4::timestamptz
       ORDER BY ts DESC, event_id DESC LIMIT ${MOST_ENTRIES}) AS newest`,
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

/** Ninety days back, at most so many entries: nobody waits for an explanation longer. */
const LAST_SUCCESS = `
SELECT ts, event_id FROM (
  SELECT ts, event_id, actor_arn, event_name, outcome FROM audit.entry
  WHERE account_id = $1 AND key_id = $2 AND region = $3 AND (ts, event_id) < ($4::timestamptz, $5::uuid)
    AND ts > $4::timestamptz - interval '90 days'
  ORDER BY ts DESC, event_id DESC LIMIT ${MOST_ENTRIES}) AS before
WHERE outcome = 'ok' AND event_name = $6 AND (actor_arn = $7 OR (right($7, 1) = '/' AND starts_with(actor_arn, $7)))
ORDER BY ts DESC, event_id DESC LIMIT 1`

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
