import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { once, onDatabase, type ScratchDatabase, scratchDatabase } from '#lib/testing/scratch-database.ts'
import type { LoginRole } from './roles.ts'

/** The nine attacks of R58 on the log, and their relatives; each must be refused for every role that logs in. */
const ATTACKS: readonly (readonly [string, string])[] = [
  ['UPDATE of an event', "UPDATE audit.event SET account_id = '000000000000'"],
  ['DELETE of an event', 'DELETE FROM audit.event'],
  ['TRUNCATE of the log', 'TRUNCATE audit.event'],
  ['TRUNCATE of a day', 'TRUNCATE audit.{day}'],
  ['DELETE from a day', 'DELETE FROM audit.{day}'],
  ['DROP of a day', 'DROP TABLE audit.{day}'],
  ['DETACH of a day', 'ALTER TABLE audit.event DETACH PARTITION audit.{day}'],
  ['ALTER of the log', 'ALTER TABLE audit.event DROP COLUMN body'],
  ['disabling the trigger', 'ALTER TABLE audit.event DISABLE TRIGGER ALL'],
  [
    'replacing the trigger',
    'CREATE OR REPLACE FUNCTION audit.refuse_change() RETURNS trigger LANGUAGE sql AS $$$$',
  ],
  ['replication mode', "SET session_replication_role = 'replica'"],
  ['becoming the owner', 'SET ROLE {owner}'],
  ['making itself more', 'ALTER ROLE CURRENT_USER SUPERUSER'],
  ['reading files', "SELECT pg_read_file('/etc/passwd')"],
  ['a program of the server', "COPY (SELECT 1) TO PROGRAM 'cat'"],
]

/** What one role may not do though another may. */
const BEYOND: readonly (readonly [LoginRole, string, string])[] = [
  [
    'engine',
    'write the index',
    "INSERT INTO audit.entry (index, event_id, ts, account_id, region, event_source, event_name, class, outcome, read_only, source, actor_arn, actor_type) VALUES (0, gen_random_uuid(), now(), '1', 'r', 's', 'n', 'crypto', 'ok', true, 'wire', 'a', 'IAMUser')",
  ],
  ['engine', 'move the last use', 'DELETE FROM audit.last_use'],
  ['engine', 'forget refused connections', 'DELETE FROM audit.refused_connection'],
  ['engine', 'make a table', 'CREATE TABLE keyhouse.mine (id int)'],
  ['sequencer', 'read keys', 'SELECT * FROM keyhouse.key_material'],
  [
    'sequencer',
    'add events',
    "INSERT INTO audit.event (id, ts, account_id, region, body, engine_id, engine_stream, engine_counter, mac) VALUES (gen_random_uuid(), now(), '1', 'r', '', gen_random_uuid(), 'batch', 1, sha256(''))",
  ],
  ['sequencer', 'change the index', "UPDATE audit.entry SET outcome = 'ok'"],
  ['sequencer', 'empty the last use', 'TRUNCATE audit.last_use'],
  ['reader', 'read keys', 'SELECT * FROM keyhouse.key_material'],
  ['reader', 'read passwords of people', 'SELECT * FROM keyhouse.principal'],
  ['reader', 'read secrets of access keys', 'SELECT secret_sealed FROM keyhouse.access_key'],
  ['reader', 'read sealed material', 'SELECT sealed FROM keyhouse.key_material'],
  ['reader', 'read wrapping keys', 'SELECT private_key_sealed FROM keyhouse.import_session'],
  ['reader', 'change a key', "UPDATE keyhouse.key SET state = 'Disabled'"],
  ['reader', 'read sessions', 'SELECT * FROM keyhouse.session'],
  [
    'reader',
    'add to the index',
    "INSERT INTO audit.last_use VALUES ('1', 'r', 'k', now(), gen_random_uuid(), 'o', 'a', null)",
  ],
]

const MAY: readonly (readonly [LoginRole, string, string])[] = [
  ['engine', 'read keys', 'SELECT * FROM keyhouse.key_material'],
  ['engine', 'lock an account against changes', 'SELECT epoch FROM keyhouse.account FOR SHARE'],
  ['engine', 'ask for the time', 'SELECT keyhouse.now()'],
  ['engine', 'make a day', "SELECT audit.ensure_day((now() + interval '3 days')::date)"],
  [
    'engine',
    'add events',
    "INSERT INTO audit.event (id, ts, account_id, region, body, engine_id, engine_stream, engine_counter, mac) VALUES (gen_random_uuid(), now(), '1', 'r', '', gen_random_uuid(), 'batch', 1, sha256(''))",
  ],
  ['engine', 'read the index', 'SELECT * FROM audit.entry'],
  ['sequencer', 'read events', 'SELECT * FROM audit.event'],
  [
    'sequencer',
    'write the index',
    "INSERT INTO audit.entry (index, event_id, ts, account_id, region, event_source, event_name, class, outcome, read_only, source, actor_arn, actor_type) VALUES (0, gen_random_uuid(), now(), '1', 'r', 's', 'n', 'crypto', 'ok', true, 'wire', 'a', 'IAMUser')",
  ],
  ['sequencer', 'move the last use', 'DELETE FROM audit.last_use'],
  [
    'reader',
    'list keys with their names',
    'SELECT k.id, a.name FROM keyhouse.key k LEFT JOIN keyhouse.alias a ON a.key_id = k.id WHERE k.next_rotation_at < keyhouse.now()',
  ],
  ['reader', 'tell whose an access key is', 'SELECT id, account_id FROM keyhouse.access_key'],
  [
    'reader',
    'tell when material expires and until when it may come',
    'SELECT m.valid_to, s.expires_at FROM keyhouse.key_material m LEFT JOIN keyhouse.import_session s USING (key_id)',
  ],
  ['reader', 'read events', 'SELECT * FROM audit.event'],
  ['reader', 'read the index', 'SELECT * FROM audit.entry'],
]

let database: ScratchDatabase
let day = ''

beforeAll(async () => {
  database = await scratchDatabase(inject('templateDatabase'))
  await database.sql("SELECT audit.ensure_day((now() AT TIME ZONE 'UTC')::date)")
  const rows = await database.sql("SELECT 'event_' || to_char(now() AT TIME ZONE 'UTC', 'YYYYMMDD') AS day")
  day = String(rows[0]?.day)
  // A row-level trigger only speaks where there is a row.
  await database.sql(MAY.find(([, what]) => what === 'add events')?.[2] ?? '')
})
afterAll(() => database.drop())

const as = (role: LoginRole, statement: string) =>
  once(
    onDatabase(inject('roleUrls')[role], database.name),
    statement.replaceAll('{day}', day).replaceAll('{owner}', inject('roleNames').owner),
  )

const REFUSED = /permission denied|must be owner|only ever added|not permitted|Only roles with/

describe.each(['engine', 'sequencer', 'reader'] as const)('the %s', (role) => {
  it.each(ATTACKS)('is refused %s', async (_, statement) => {
    await expect(as(role, statement)).rejects.toThrow(REFUSED)
  })
})

describe('no role reaches beyond its work:', () => {
  it.each(BEYOND)('the %s may not %s', async (role, _, statement) => {
    await expect(as(role, statement)).rejects.toThrow(REFUSED)
  })
})

describe('each role reaches its work:', () => {
  it.each(MAY)('the %s may %s', async (role, _, statement) => {
    await expect(as(role, statement)).resolves.toBeInstanceOf(Array)
  })
})

it('even the superuser cannot change an event by mistake', async () => {
  for (const statement of [
    'UPDATE audit.event SET region = NULL',
    'DELETE FROM audit.event',
    `TRUNCATE audit.${day}`,
  ]) {
    await expect(database.sql(statement)).rejects.toThrow('only ever added')
  }
})
