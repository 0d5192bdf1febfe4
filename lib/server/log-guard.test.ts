import { Client } from 'pg'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { once, onDatabase, type ScratchDatabase, scratchDatabase } from '#lib/testing/scratch-database.ts'
import { guardLog, liftGuard } from './log-guard.ts'

let database: ScratchDatabase
const { owner } = inject('roleNames')
const asSuperuser = async (work: (sql: Client) => Promise<unknown>) => {
  const sql = new Client({ connectionString: database.url })
  await sql.connect()
  await work(sql).finally(() => sql.end())
}

beforeAll(async () => {
  database = await scratchDatabase(inject('templateDatabase'))
  await database.sql("SELECT audit.ensure_day((now() AT TIME ZONE 'UTC')::date)")
  await asSuperuser((sql) => guardLog(sql, owner))
  await asSuperuser((sql) => guardLog(sql, owner))
})
afterAll(() => database.drop())

it.each([
  ['drop the log', 'DROP TABLE audit.event CASCADE'],
  ['drop all of it', 'DROP SCHEMA audit CASCADE'],
  ['alter it', 'ALTER TABLE audit.event DROP COLUMN body'],
  ['put its triggers to sleep', 'ALTER TABLE audit.leaf DISABLE TRIGGER ALL'],
  ['drop a trigger', 'DROP TRIGGER tile_only_grows ON audit.tile'],
  [
    'replace what refuses',
    'CREATE OR REPLACE FUNCTION audit.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$',
  ],
])('even a superuser does not %s by accident', async (_, attack) => {
  await expect(database.sql(attack)).rejects.toThrow('on the audit log is refused: only its owner may')
})

it('other tables are none of its business', async () => {
  await database.sql('CREATE TABLE public.mine (id int)')
  await database.sql('DROP TABLE public.mine')
})

it('the owner migrates, and days are made', async () => {
  const migrator = onDatabase(inject('roleUrls').migrator, database.name)
  await once(
    migrator,
    `SET ROLE ${owner}; ALTER TABLE audit.log ADD COLUMN later int; ALTER TABLE audit.log DROP COLUMN later`,
  )
  const engine = onDatabase(inject('roleUrls').engine, database.name)
  await once(engine, "SELECT audit.ensure_day(((now() AT TIME ZONE 'UTC')::date + 9))")
})

it('it can be lifted to empty a test installation', async () => {
  await asSuperuser(async (sql) => {
    await sql.query('BEGIN')
    await liftGuard(sql)
    await sql.query('DROP SCHEMA audit CASCADE')
    await sql.query('ROLLBACK')
  })
})
