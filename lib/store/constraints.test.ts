/** What the tables themselves refuse, tried by breaking it: the last wall when everything above has a fault. */
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { type ScratchDatabase, scratchDatabase } from '#lib/testing/scratch-database.ts'

const KEY = '3f81c2d4-0000-4000-8000-000000000001'
const MATERIAL = 'a'.repeat(64)

const ROWS = `
INSERT INTO keyhouse.installation (id, root_key_check) VALUES (gen_random_uuid(), '\\x0001020304050607');
INSERT INTO keyhouse.account (id, alias, regions) VALUES ('111122223333', 'acme', '{eu-west-1}');
INSERT INTO keyhouse.principal (id, account_id, kind, name) VALUES ('111122223333', '111122223333', 'root', 'root');
INSERT INTO keyhouse.principal (id, account_id, kind, name) VALUES ('AIDAALICE', '111122223333', 'user', 'alice');
INSERT INTO keyhouse.policy_document (hash, body) VALUES (sha256('{}'), '{}');
INSERT INTO keyhouse.key (account_id, region, id, spec, usage, origin, state, policy_hash, created_by, row_mac) VALUES
  ('111122223333', 'eu-west-1', '${KEY}', 'SYMMETRIC_DEFAULT', 'ENCRYPT_DECRYPT', 'AWS_KMS', 'Enabled', sha256('{}'), 'root', sha256('x'));
INSERT INTO keyhouse.key_material (account_id, region, key_id, id, sealed, check_value, state, due_at) VALUES
  ('111122223333', 'eu-west-1', '${KEY}', '${MATERIAL}', 'x', '\\x0001020304050607', 'CURRENT', '2026-01-01');
INSERT INTO keyhouse.alias (account_id, region, name, key_id, row_mac) VALUES ('111122223333', 'eu-west-1', 'alias/a', '${KEY}', sha256('x'));
INSERT INTO keyhouse.domain_key (id, scope, version, sealed, check_value) VALUES (gen_random_uuid(), 'installation', 1, 'x', '\\x0001020304050607');
SELECT audit.ensure_day((now() AT TIME ZONE 'UTC')::date);
INSERT INTO audit.event (id, ts, account_id, region, body, engine_id, engine_stream, engine_counter, mac)
  VALUES (gen_random_uuid(), now(), '111122223333', 'eu-west-1', '{}', gen_random_uuid(), 'batch', 1, sha256('x'));`

let database: ScratchDatabase
beforeAll(async () => {
  database = await scratchDatabase(inject('templateDatabase'))
  await database.sql(ROWS)
})
afterAll(() => database?.drop())

const CHECK = '23514'
const UNIQUE = '23505'
const FOREIGN = '23503'
const NOT_NULL = '23502'
const FORBIDDEN = '42501'

const key = (set: string) => `UPDATE keyhouse.key SET ${set}`
const account = (id: string, more = `'{eu-west-1}'`) =>
  `INSERT INTO keyhouse.account (id, regions) VALUES ('${id}', ${more})`
const user = (id: string, name: string, kind = 'user') =>
  `INSERT INTO keyhouse.principal (id, account_id, kind, name) VALUES ('${id}', '111122223333', '${kind}', '${name}')`
const domainKey = (scope: string, where: string) =>
  `INSERT INTO keyhouse.domain_key (id, scope, account_id, region, version, sealed, check_value)
   VALUES (gen_random_uuid(), '${scope}', ${where}, 'x', '\\x0001020304050607')`
const material = (id: string, more: string) =>
  `INSERT INTO keyhouse.key_material (account_id, region, key_id, id, sealed, check_value, state, rotation_type, rotated_at, due_at)
   VALUES ('111122223333', 'eu-west-1', '${KEY}', '${id}', 'x', '\\x0001020304050607', ${more})`
const alias = (name: string, keyId = KEY) =>
  `INSERT INTO keyhouse.alias (account_id, region, name, key_id, row_mac) VALUES ('111122223333', 'eu-west-1', '${name}', '${keyId}', sha256('x'))`
const event = (stream: string, counter: number, ts = 'now()') =>
  `INSERT INTO audit.event (id, ts, account_id, region, body, engine_id, engine_stream, engine_counter, mac)
   VALUES (gen_random_uuid(), ${ts}, '1', 'x', '{}', gen_random_uuid(), '${stream}', ${counter}, sha256('x'))`

describe('the tables refuse', () => {
  it.each([
    [
      'a second installation',
      `INSERT INTO keyhouse.installation (id, root_key_check) VALUES (gen_random_uuid(), '\\x0001020304050607')`,
      UNIQUE,
    ],
    [
      'a set-up token that never expires',
      'UPDATE keyhouse.installation SET setup_token_hash = sha256($$x$$)',
      CHECK,
    ],
    [
      'a set-up token after set-up',
      `UPDATE keyhouse.installation SET setup_token_hash = sha256('x'), setup_expires_at = now(), set_up_at = now()`,
      CHECK,
    ],
    ['a second clock', 'INSERT INTO keyhouse.clock (singleton) VALUES (false)', CHECK],
    ['an account id of eleven digits', account('11112222333'), CHECK],
    ['an account without Regions', account('999988887777', `'{}'`), CHECK],
    ['an account alias in capitals', `UPDATE keyhouse.account SET alias = 'Acme'`, CHECK],
    ['an account alias that is an account id', `UPDATE keyhouse.account SET alias = '444455556666'`, CHECK],
    ['a user whose name differs by case only', user('AIDA2', 'ALICE'), UNIQUE],
    ['a user with a slash in the name', user('AIDA3', 'a/b'), CHECK],
    ['a root of another id', user('AIDA4', 'root', 'root'), CHECK],
    [
      'a principal of no account',
      `INSERT INTO keyhouse.principal (id, account_id, kind, name) VALUES ('X', '999999999999', 'user', 'x')`,
      FOREIGN,
    ],
    [
      'an access key that is neither active nor inactive',
      `INSERT INTO keyhouse.access_key (id, principal_id, account_id, secret_sealed, status) VALUES ('AKIAAAAAAAAAAAAAAAAA', 'AIDAALICE', '111122223333', 'x', 'Maybe')`,
      CHECK,
    ],
    [
      'a policy document under another hash',
      `INSERT INTO keyhouse.policy_document (hash, body) VALUES (sha256('a'), 'b')`,
      CHECK,
    ],
    ['a policy document that is still needed to go', `DELETE FROM keyhouse.policy_document`, FOREIGN],
    ['a domain key of an account without the account', domainKey('account', 'NULL, NULL, 1'), CHECK],
    ['a domain key of a Region without the Region', domainKey('region', `'111122223333', NULL, 1`), CHECK],
    ['a second domain key of the same version', domainKey('installation', 'NULL, NULL, 1'), UNIQUE],
    ['a key id in capitals', key(`id = upper(id)`), CHECK],
    ['a state that is none', key(`state = 'Sleeping'`), CHECK],
    ['an origin that is none', key(`origin = 'MOON'`), CHECK],
    ['pending deletion without a date', key(`state = 'PendingDeletion'`), CHECK],
    ['a deletion date of a key that stays', key('deletion_at = now()'), CHECK],
    ['rotation without a period', key('rotation_enabled = true, next_rotation_at = now()'), CHECK],
    ['rotation without a date', key('rotation_enabled = true, rotation_period_days = 90'), CHECK],
    ['a rotation period of 89 days', key('rotation_period_days = 89'), CHECK],
    ['a rotation period of 2561 days', key('rotation_period_days = 2561'), CHECK],
    ['a 26th rotation on demand', key('on_demand_rotations = 26'), CHECK],
    ['a description of 8193 characters', key(`description = repeat('x', 8193)`), CHECK],
    ['a policy that nobody wrote', key(`policy_hash = sha256('nobody')`), FOREIGN],
    ['version 0', key('row_version = 0'), CHECK],
    ['a row MAC that is too short', key(`row_mac = '\\x00'`), CHECK],
    ['no row MAC', key('row_mac = NULL'), NOT_NULL],
    ['a second current material', material('b'.repeat(64), `'CURRENT', NULL, NULL, NULL`), UNIQUE],
    [
      'a second material of one due date',
      material('c'.repeat(64), `'NON_CURRENT', 'AUTOMATIC', now(), '2026-01-01'`),
      UNIQUE,
    ],
    [
      'a rotation without its date',
      material('d'.repeat(64), `'NON_CURRENT', 'ON_DEMAND', NULL, NULL`),
      CHECK,
    ],
    ['a material id that is none', material('short', `'NON_CURRENT', NULL, NULL, NULL`), CHECK],
    ['an alias without its prefix', alias('orders'), CHECK],
    ['an alias with a space', alias('alias/a b'), CHECK],
    ['an alias a second time', alias('alias/a'), UNIQUE],
    ['an alias of no key', alias('alias/b', '3f81c2d4-0000-4000-8000-00000000ffff'), FOREIGN],
    [
      'a tag without a name',
      `INSERT INTO keyhouse.key_tag VALUES ('111122223333', 'eu-west-1', '${KEY}', '', 'x')`,
      CHECK,
    ],
    ['an event of an unknown stream', event('other', 1), CHECK],
    ['an event that counts from zero', event('batch', 0), CHECK],
    ['an event of a day without a partition', event('batch', 1, `now() + interval '50 days'`), CHECK],
    ['an event to be changed', `UPDATE audit.event SET body = 'x'`, FORBIDDEN],
    ['an event to be deleted', 'DELETE FROM audit.event', FORBIDDEN],
    ['the log to be emptied', 'TRUNCATE audit.event', FORBIDDEN],
    [
      'a day of the log to be emptied',
      `DO $$ BEGIN EXECUTE 'TRUNCATE audit.event_' || to_char(now() AT TIME ZONE 'UTC', 'YYYYMMDD'); END $$`,
      FORBIDDEN,
    ],
  ])('%s', async (_, statement, code) => {
    await expect(database.sql(statement)).rejects.toMatchObject({ code })
  })
})
