/**
 * Rows of the log made in the database itself, by the hundred thousand: events, entries and counts as the sequencer leaves
 * them, without leaves or signatures. For tests and measurements of search.
 */
import { ACCOUNT, KEY, KEY_2, REGION } from './audit-log.ts'

type Sql = (text: string, values?: readonly unknown[]) => Promise<unknown>

export type MadeRows = {
  readonly rows: number
  /** Rows lie evenly in [from, to). */
  readonly from: Date
  readonly to: Date
  readonly account?: string
  /** Of the first row. */
  readonly index?: number
}

const DAYS_SQL = `SELECT audit.make_day(d::date) FROM generate_series($1::timestamptz, $2::timestamptz + interval '1 day', '1 day') AS d`

// UUIDv7: milliseconds, then the row's number.
const ID = `(lpad(to_hex((extract(epoch FROM ts) * 1000)::bigint), 12, '0') || '7' || lpad(to_hex(i % 4096), 3, '0') || '8'
  || lpad(to_hex(i), 15, '0'))::uuid`

/**
 * What row i is: mostly Decrypt by one of ten users on one of two keys from 198.51.100.0/24, every 10th a read by the
 * console, every 100th denied, every 1000th an admin's change in another Region from 10.1.0.0/16 by terraform.
 */
const ROWS_SQL = `
CREATE TEMPORARY TABLE made AS
SELECT i, ts, ${ID} AS id,
  CASE WHEN i % 1000 = 0 THEN 'PutKeyPolicy' WHEN i % 10 = 5 THEN 'ListKeys' ELSE 'Decrypt' END AS name,
  CASE WHEN i % 1000 = 0 THEN 'admin' WHEN i % 10 = 5 THEN 'read' ELSE 'crypto' END AS class,
  CASE WHEN i % 100 = 1 THEN 'denied' WHEN i % 500 = 2 THEN 'error' ELSE 'ok' END AS outcome,
  CASE WHEN i % 10 = 5 THEN 'console-read' ELSE 'wire' END AS source,
  CASE WHEN i % 1000 = 0 THEN 'us-east-1' ELSE '${REGION}' END AS region,
  CASE WHEN i % 1000 = 0 THEN 'admin' ELSE 'user' || i % 10 END AS who,
  CASE WHEN i % 10 = 5 THEN NULL WHEN i % 2 = 0 THEN '${KEY}' ELSE '${KEY_2}' END AS key_id
FROM (SELECT i, date_trunc('milliseconds', $2::timestamptz + (($3::timestamptz - $2::timestamptz) * i / $1::int)) AS ts
  FROM generate_series(0, $1::int - 1) AS i) AS at`

const EVENTS_SQL = `
INSERT INTO audit.event (id, ts, account_id, region, key_id, body, engine_id, engine_stream, engine_counter, mac)
SELECT id, ts, $1, region, key_id, convert_to(json_build_object('eventID', id, 'eventName', name, 'note', 'row ' || i)::text, 'UTF8'),
  '00000000-0000-4000-8000-000000000000', 'batch', $2::bigint + i + 1, decode(repeat('00', 32), 'hex') FROM made`

const ENTRIES_SQL = `
INSERT INTO audit.entry (index, event_id, ts, account_id, region, event_source, event_name, class, outcome, error_code, read_only,
  source, actor_arn, actor_name, actor_type, access_key_id, address, agent, request_id, key_id, duration_ms, policy_version,
  resources, context)
SELECT $2::bigint + i, id, ts, $1, region, 'kms.amazonaws.com', name, class, outcome,
  CASE outcome WHEN 'denied' THEN 'AccessDenied' WHEN 'error' THEN 'DisabledException' END, class <> 'admin', source,
  'arn:aws:iam::' || $1 || ':user/' || who, who, 'IAMUser', 'AKIA' || upper(who),
  CASE class WHEN 'admin' THEN '10.1.0.' || i / 1000 % 250 ELSE '198.51.100.' || i % 5 END,
  CASE class WHEN 'admin' THEN 'APN/1.0 HashiCorp/1.0 Terraform/1.9.1' WHEN 'read' THEN 'Mozilla/5.0' ELSE 'aws-cli/2.' || i % 3 END,
  'request-' || i, key_id, i % 1000, CASE class WHEN 'admin' THEN i / 1000 END,
  CASE WHEN key_id IS NULL THEN '{}'::text[] ELSE ARRAY['arn:aws:kms:' || region || ':' || $1 || ':key/' || key_id] END,
  CASE class WHEN 'crypto' THEN ARRAY['tenant=t' || i % 50, 'purpose=test'] ELSE '{}'::text[] END
FROM made`

const counts = (unit: string) => `
INSERT INTO audit.${unit} AS r (account_id, at, region, class, outcome, source, event_name, count)
SELECT $1, date_trunc('${unit}', ts, 'UTC'), region, class, outcome, source, name, count(*) FROM made GROUP BY 2, 3, 4, 5, 6, 7
ON CONFLICT (account_id, at, region, class, outcome, source, event_name) DO UPDATE SET count = r.count + excluded.count`

/** Makes them; statistics are gathered, so that plans are those of a real log. `session` runs on one connection. */
export async function makeEntries(session: Sql, made: MadeRows): Promise<void> {
  const { rows, from, to, account = ACCOUNT, index = 0 } = made
  await session(DAYS_SQL, [from.toISOString(), to.toISOString()])
  await session(ROWS_SQL, [rows, from.toISOString(), to.toISOString()])
  await session(EVENTS_SQL, [account, index])
  await session(ENTRIES_SQL, [account, index])
  await session(counts('minute'), [account])
  await session(counts('hour'), [account])
  await session('DROP TABLE made')
  await session('ANALYZE audit.entry, audit.minute, audit.hour')
}
