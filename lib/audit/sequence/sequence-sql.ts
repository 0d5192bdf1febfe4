/**
 * The statements of a round of sequencing. What an entry says comes from the record's bytes alone, so that entries, counts
 * and usage can be thrown away and made again from events and leaves.
 */
import { STORED_COLUMNS } from './stored-row.ts'

// Where the search for events without a leaf begins: some milliseconds ago, or ten minutes before the newest leaf.
const RECENT = `(SELECT now() - $2::float8 * interval '1 millisecond')`
const WHOLE = `(SELECT coalesce(max(ts), '-infinity') - interval '10 minutes' FROM audit.leaf)`

const missing = (since: string) => `
SELECT e.id, e.ts FROM audit.event e
WHERE e.ts >= ${since} AND NOT EXISTS (SELECT FROM audit.leaf l WHERE l.ts = e.ts AND l.event_id = e.id)
ORDER BY e.ts, e.id LIMIT $1::int`

/** Events without a leaf, oldest first: $1 how many, $2 milliseconds to look back. */
export const RECENT_SQL = missing(RECENT)
/** $1 how many. */
export const WHOLE_SQL = missing(WHOLE)

/** Events whole: $1 times, $2 ids. */
export const ROWS_SQL = `
SELECT ${STORED_COLUMNS} FROM unnest($1::timestamptz[], $2::uuid[]) AS l (ts, id) JOIN audit.event e USING (ts, id)`

/** The head of the tree, and its lock: one round at a time, of all engines. */
export const LOCK_SQL = 'SELECT size::text AS size, root FROM audit.log FOR UPDATE'

/** The tiles at the tree's edge: $1 levels, $2 indexes. */
export const EDGE_SQL = `
SELECT level, index::text AS index, hashes FROM audit.tile
WHERE (level, index) IN (SELECT * FROM unnest($1::smallint[], $2::bigint[]))`

/** Tiles as they are now: $1 levels, $2 indexes, $3 hashes. */
export const TILES_SQL = `
INSERT INTO audit.tile AS t (level, index, hashes) SELECT * FROM unnest($1::smallint[], $2::bigint[], $3::bytea[])
ON CONFLICT (level, index) DO UPDATE SET hashes = excluded.hashes`

/** $1 the first index, $2 times, $3 ids: leaves one behind the other. */
export const LEAVES_SQL = `
INSERT INTO audit.leaf (index, ts, event_id)
SELECT $1::bigint + place - 1, ts, id FROM unnest($2::timestamptz[], $3::uuid[]) WITH ORDINALITY AS e (ts, id, place)`

/** $1 the size that was, $2 the size that is, $3 its root. No row means that somebody else was here. */
export const HEAD_SQL = `
UPDATE audit.log SET size = $2::bigint, root = $3::bytea, sequenced_at = clock_timestamp() WHERE size = $1::bigint RETURNING 1`

/** $1 engines, $2 streams, $3 seen and $4 declared numbers, as multiranges. */
export const COUNTS_SQL = `
INSERT INTO audit.engine_count AS c (engine_id, stream, seen, declared)
SELECT * FROM unnest($1::uuid[], $2::text[], $3::int8multirange[], $4::int8multirange[])
ON CONFLICT (engine_id, stream) DO UPDATE SET seen = c.seen + excluded.seen, declared = c.declared + excluded.declared`

/** $1 an id, $2 kind, $3 subject, $4 index, $5 details. What is known already stays as it is. */
export const FINDING_SQL = `
INSERT INTO audit.finding (id, kind, subject, first_index, last_index, details)
VALUES ($1::uuid, $2, $3, $4::bigint, $4::bigint, $5::jsonb) ON CONFLICT (kind, subject) DO NOTHING`

/** Who acted: an ARN where there is one, else the account or service that the record names. */
const ACTOR = `coalesce(b #>> '{userIdentity,arn}', b #>> '{userIdentity,invokedBy}', b #>> '{userIdentity,accountId}', '-')`
const ACTOR_NAME = `coalesce(b #>> '{userIdentity,userName}', CASE b #>> '{userIdentity,type}' WHEN 'Root' THEN 'root' END)`
// Of a session the unique id ends in its name: AROA…:name.
const SESSION = `nullif(split_part(b #>> '{userIdentity,principalId}', ':', 2), '')`
const RESOURCES = `ARRAY(SELECT r ->> 'ARN' FROM jsonb_array_elements(b -> 'resources') AS r WHERE r ->> 'ARN' IS NOT NULL)`
const GRANT = `coalesce(b #>> '{requestParameters,grantId}', b #>> '{responseElements,grantId}', b #>> '{additionalEventData,grantId}',
  CASE WHEN decision LIKE '%"grant":%' THEN jsonb_path_query_first(decision::jsonb, '$.decisions[*].grant.id') #>> '{}' END)`
const MATERIALS = `array_remove(ARRAY[b #>> '{additionalEventData,keyMaterialId}', b #>> '{additionalEventData,sourceKeyMaterialId}',
  b #>> '{additionalEventData,destinationKeyMaterialId}', b #>> '{responseElements,keyMaterialId}'], NULL)`

/** An object's members as name=value, none longer than a condition value may be. */
const pairs = (member: string) => `
  SELECT left(p.key || '=' || p.value, 2048) FROM jsonb_each_text(
    CASE jsonb_typeof(b #> '{requestParameters,${member}}') WHEN 'object' THEN b #> '{requestParameters,${member}}' ELSE '{}' END) AS p`
const CONTEXT = `ARRAY(${['encryptionContext', 'sourceEncryptionContext', 'destinationEncryptionContext'].map(pairs).join(' UNION ')})`
// KMS writes tagKey, IAM key.
const TAGS = `ARRAY(SELECT coalesce(t ->> 'tagKey', t ->> 'key') || '=' || coalesce(t ->> 'tagValue', t ->> 'value', '')
  FROM jsonb_array_elements(CASE jsonb_typeof(b #> '{requestParameters,tags}') WHEN 'array' THEN b #> '{requestParameters,tags}' ELSE '[]' END) AS t
  WHERE coalesce(t ->> 'tagKey', t ->> 'key') IS NOT NULL)`

const rollup = (table: string, unit: string) => `
  INSERT INTO audit.${table} AS r (account_id, at, region, class, outcome, source, event_name, count)
  SELECT account_id, date_trunc('${unit}', ts, 'UTC'), region, class, outcome, source, event_name, count(*) FROM entry GROUP BY 1, 2, 3, 4, 5, 6, 7
  ON CONFLICT (account_id, at, region, class, outcome, source, event_name) DO UPDATE SET count = r.count + excluded.count`

/**
 * Entries of leaves that are there: $1 indexes, $2 times, $3 ids. Counts, usage and last use come from the entries that
 * this very statement made, so that nothing counts twice. A key is used in the log of the account that owns it; of a
 * ReEncrypt, the key that its entry is about is the source.
 */
export const ENTRIES_SQL = `
WITH event AS MATERIALIZED (
  SELECT l.index, e.id, e.ts, e.account_id, e.region, e.key_id, e.decision::text AS decision, convert_from(e.body, 'UTF8')::jsonb AS b
  FROM unnest($1::bigint[], $2::timestamptz[], $3::uuid[]) AS l (index, ts, id) JOIN audit.event e USING (ts, id)
), entry AS (
  INSERT INTO audit.entry (index, event_id, ts, account_id, region, event_source, event_name, class, outcome, error_code,
    read_only, source, actor_arn, actor_name, actor_type, session_name, access_key_id, address, agent, request_id, key_id,
    alias_name, via_service, grant_id, policy_version, duration_ms, resources, material_ids, context, tags)
  SELECT index, id, ts, account_id, region, b ->> 'eventSource', b ->> 'eventName', b #>> '{keyhouse,class}',
    b #>> '{keyhouse,outcome}', b ->> 'errorCode', (b ->> 'readOnly')::boolean, b #>> '{keyhouse,source}', ${ACTOR},
    ${ACTOR_NAME}, coalesce(b #>> '{userIdentity,type}', 'AWSService'), ${SESSION}, b #>> '{userIdentity,accessKeyId}',
    b ->> 'sourceIPAddress', b ->> 'userAgent', b ->> 'requestID', key_id, b #>> '{keyhouse,aliasName}',
    b #>> '{userIdentity,invokedBy}', ${GRANT}, (b #>> '{additionalEventData,policyVersion}')::int,
    round((b #>> '{keyhouse,duration}')::numeric)::int, ${RESOURCES}, ${MATERIALS}, ${CONTEXT}, ${TAGS}
  FROM event ORDER BY index
  ON CONFLICT DO NOTHING
  RETURNING *
), minute AS (${rollup('minute', 'minute')}
), hour AS (${rollup('hour', 'hour')}
), use AS MATERIALIZED (
  SELECT entry.account_id, place[1] AS key_region, place[2] AS used_key, entry.ts, entry.event_id, entry.event_name, entry.actor_arn,
    CASE WHEN event_name <> 'ReEncrypt' THEN event_name WHEN place[2] = entry.key_id THEN 'ReEncryptFrom' ELSE 'ReEncryptTo' END AS operation,
    entry.request_id, coalesce(entry.address, '') AS address,
    coalesce(b #>> '{additionalEventData,keyMaterialId}',
      CASE WHEN place[2] = entry.key_id THEN b #>> '{additionalEventData,sourceKeyMaterialId}'
        ELSE b #>> '{additionalEventData,destinationKeyMaterialId}' END, '') AS material
  FROM entry JOIN event USING (index), unnest(resources) AS arn,
    regexp_match(arn, '^arn:[^:]+:kms:([^:]+):' || entry.account_id || ':key/(.+)$') AS place
  WHERE class = 'crypto' AND outcome = 'ok' AND place IS NOT NULL
), usage AS (
  INSERT INTO audit.usage AS u (account_id, region, key_id, day, operation, actor_arn, address, material_id, count, last_at, last_event_id)
  SELECT account_id, key_region, used_key, (ts AT TIME ZONE 'UTC')::date, operation, actor_arn, address, material, count(*), max(ts),
    (array_agg(event_id ORDER BY ts DESC, event_id DESC))[1]
  FROM use GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
  ON CONFLICT (account_id, region, key_id, day, operation, actor_arn, address, material_id) DO UPDATE SET count = u.count + excluded.count,
    last_at = greatest(u.last_at, excluded.last_at),
    last_event_id = CASE WHEN excluded.last_at >= u.last_at THEN excluded.last_event_id ELSE u.last_event_id END
), newest AS (
  SELECT DISTINCT ON (account_id, key_region, used_key) * FROM use
  ORDER BY account_id, key_region, used_key, ts DESC, event_id DESC
), last_use AS (
  INSERT INTO audit.last_use AS last (account_id, region, key_id, ts, event_id, operation, actor_arn, request_id)
  SELECT account_id, key_region, used_key, ts, event_id, event_name, actor_arn, request_id FROM newest
  ON CONFLICT (account_id, region, key_id) DO UPDATE SET ts = excluded.ts, event_id = excluded.event_id,
    operation = excluded.operation, actor_arn = excluded.actor_arn, request_id = excluded.request_id
  WHERE (excluded.ts, excluded.event_id) > (last.ts, last.event_id)
)
SELECT count(*)::int AS made FROM entry`
