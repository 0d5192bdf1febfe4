/**
 * From events to entries, in the database itself: bodies are read there, once, and never pass through this process.
 * What an entry says comes from the record's bytes alone, so that entries can be thrown away and made again.
 */

// Where the anti-join begins: some milliseconds ago, or ten minutes before the newest entry.
const RECENT = `(SELECT now() - $2::int * interval '1 millisecond')`
const WHOLE = `(SELECT coalesce(max(ts), '-infinity') - interval '10 minutes' FROM audit.entry)`

/** Who acted: an ARN where there is one, else the account or service that the record names. */
const ACTOR = `coalesce(b #>> '{userIdentity,arn}', b #>> '{userIdentity,invokedBy}', b #>> '{userIdentity,accountId}', '-')`
const ACTOR_NAME = `coalesce(b #>> '{userIdentity,userName}', CASE b #>> '{userIdentity,type}' WHEN 'Root' THEN 'root' END)`
const RESOURCES = `ARRAY(SELECT r ->> 'ARN' FROM jsonb_array_elements(b -> 'resources') AS r WHERE r ->> 'ARN' IS NOT NULL)`

/**
 * The statement that moves up to $1 events, oldest first. The order of the rows is the order of their positions.
 * A key's last use comes from the entries this very statement made, of resources in the log's own account.
 */
const sequence = (since: string, only: string) => `
WITH missing AS MATERIALIZED (
  SELECT e.ts, e.id FROM audit.event e
  WHERE e.ts >= ${since} ${only} AND NOT EXISTS (SELECT FROM audit.entry n WHERE n.ts = e.ts AND n.event_id = e.id)
  ORDER BY e.ts, e.id LIMIT $1
), event AS MATERIALIZED (
  SELECT e.id, e.ts, e.account_id, e.region, e.key_id, convert_from(e.body, 'UTF8')::jsonb AS b
  FROM missing JOIN audit.event e USING (ts, id)
), entry AS (
  INSERT INTO audit.entry (event_id, ts, account_id, region, event_source, event_name, class, outcome, error_code,
    read_only, source, actor_arn, actor_name, access_key_id, address, request_id, key_id, alias_name, resources)
  SELECT id, ts, account_id, region, b ->> 'eventSource', b ->> 'eventName', b #>> '{keyhouse,class}',
    b #>> '{keyhouse,outcome}', b ->> 'errorCode', (b ->> 'readOnly')::boolean, b #>> '{keyhouse,source}', ${ACTOR},
    ${ACTOR_NAME}, b #>> '{userIdentity,accessKeyId}', b ->> 'sourceIPAddress', b ->> 'requestID', key_id,
    b #>> '{keyhouse,aliasName}', ${RESOURCES}
  FROM event ORDER BY ts, id
  ON CONFLICT DO NOTHING
  RETURNING *
), use AS (
  SELECT DISTINCT ON (entry.account_id, place[1], place[2]) entry.*, place[1] AS key_region, place[2] AS used_key
  FROM entry, unnest(resources) AS arn,
    regexp_match(arn, '^arn:[^:]+:kms:([^:]+):' || entry.account_id || ':key/(.+)$') AS place
  WHERE class = 'crypto' AND outcome = 'ok' AND place IS NOT NULL
  ORDER BY entry.account_id, place[1], place[2], ts DESC, event_id DESC
), last_use AS (
  INSERT INTO audit.last_use AS last (account_id, region, key_id, ts, event_id, operation, actor_arn, request_id)
  SELECT account_id, key_region, used_key, ts, event_id, event_name, actor_arn, request_id FROM use
  ON CONFLICT (account_id, region, key_id) DO UPDATE SET ts = excluded.ts, event_id = excluded.event_id,
    operation = excluded.operation, actor_arn = excluded.actor_arn, request_id = excluded.request_id
  WHERE (excluded.ts, excluded.event_id) > (last.ts, last.event_id)
)
SELECT count(*)::int AS found FROM missing`

/** $1 how many, $2 milliseconds to look back, $3 ids that are left out. */
export const RECENT_SQL = sequence(RECENT, 'AND e.id <> ALL ($3::uuid[])')
/** $1 how many, $2 ids that are left out. */
export const WHOLE_SQL = sequence(WHOLE, 'AND e.id <> ALL ($2::uuid[])')

/** The ids that RECENT_SQL would take, to find the one that cannot be read. */
export const MISSING_SQL = `
SELECT e.ts::text AS ts, e.id FROM audit.event e
WHERE e.ts >= ${WHOLE} AND e.id <> ALL ($2::uuid[])
  AND NOT EXISTS (SELECT FROM audit.entry n WHERE n.ts = e.ts AND n.event_id = e.id)
ORDER BY e.ts, e.id LIMIT $1`

/** One event: $1 one, $2 its ts, $3 its id. */
export const ONE_SQL = sequence('$2::timestamptz', 'AND e.ts = $2::timestamptz AND e.id = $3::uuid')
