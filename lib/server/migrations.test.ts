import { Client } from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type ScratchDatabase, scratchDatabase } from '#lib/testing/scratch-database.ts'
import { type Migration, migrate, readMigrations } from './migrations.ts'

const step = (name: string, sql: string, checksum = `${name}-sum`.padEnd(64, '0')): Migration => ({
  name,
  sql,
  checksum,
})
const FIRST = step('1_first', 'CREATE TABLE one (id int)')
const SECOND = step('2_second', 'CREATE TABLE two (id int); CREATE TABLE three (id int)')

let database: ScratchDatabase
beforeEach(async () => {
  database = await scratchDatabase()
})
afterEach(() => database.drop())

const run = async (migrations: Migration[]): Promise<string[]> => {
  const sql = new Client({ connectionString: database.url })
  await sql.connect()
  try {
    return await migrate(sql, migrations, undefined)
  } finally {
    await sql.end()
  }
}
const history = async () =>
  (await database.sql('SELECT migration_name AS name FROM _prisma_migrations ORDER BY 1')).map(
    (row) => row.name,
  )

describe('migrations', () => {
  it('of the project have the checksums that Prisma computes, and apply', async () => {
    const ours = readMigrations('prisma/migrations')
    expect(await run(ours)).toEqual(ours.map((migration) => migration.name))
    expect(await run(ours)).toEqual([])
    expect(await database.sql("SELECT to_regclass('audit.event') IS NOT NULL AS there")).toEqual([
      { there: true },
    ])
  })

  it('that are new are applied after those that were', async () => {
    expect(await run([FIRST])).toEqual(['1_first'])
    expect(await run([FIRST, SECOND])).toEqual(['2_second'])
    expect(await history()).toEqual(['1_first', '2_second'])
  })

  it('are applied once by two hosts that start together', async () => {
    const applied = await Promise.all([run([FIRST, SECOND]), run([FIRST, SECOND]), run([FIRST, SECOND])])
    expect(applied.flat().sort()).toEqual(['1_first', '2_second'])
  })

  it('that fail halfway leave nothing', async () => {
    const broken = step('2_broken', 'CREATE TABLE two (id int); SELECT nonsense')
    await expect(run([FIRST, broken])).rejects.toThrow('Migration 2_broken failed and was rolled back')
    expect(await history()).toEqual(['1_first'])
    expect(await database.sql("SELECT to_regclass('two') AS two")).toEqual([{ two: null }])
  })

  it.each([
    [
      'an applied file that was edited',
      [{ ...FIRST, checksum: 'x'.repeat(64) }],
      'was edited after it was applied',
    ],
    ['a database two migrations ahead', [], 'migrated by a newer Keyhouse'],
  ])('refuse %s', async (_, migrations, words) => {
    await run([FIRST, SECOND])
    await expect(run(migrations)).rejects.toThrow(words)
  })

  it('refuse what another program left half done', async () => {
    await run([FIRST])
    await database.sql('UPDATE _prisma_migrations SET finished_at = NULL')
    await expect(run([FIRST])).rejects.toThrow('left half done')
  })

  it('accept a database that is one ahead, so that an upgrade can roll', async () => {
    await run([FIRST, SECOND])
    expect(await run([FIRST])).toEqual([])
  })
})
