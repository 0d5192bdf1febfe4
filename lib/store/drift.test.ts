/** schema.prisma and the migrations describe the same tables: Prisma's own engine compares them. */
import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import { schemaDrift } from '#lib/testing/schema-engine.ts'
import { type ScratchDatabase, scratchDatabase } from '#lib/testing/scratch-database.ts'

const SCHEMA = readFileSync('prisma/schema.prisma', 'utf8')

let database: ScratchDatabase
beforeEach(async () => {
  database = await scratchDatabase(inject('templateDatabase'))
})
afterEach(() => database.drop())

describe('a migrated database', () => {
  it('is what schema.prisma says', async () => {
    expect(await schemaDrift(database.url, SCHEMA)).toBeUndefined()
  })

  // Whoever changes one side only is told so.
  it.each([
    ['a column too many', 'ALTER TABLE keyhouse.key ADD COLUMN extra text', 'DROP COLUMN "extra"'],
    ['a column too few', 'ALTER TABLE keyhouse.account DROP COLUMN sample', 'ADD COLUMN     "sample"'],
    [
      'another type',
      'ALTER TABLE keyhouse.account ALTER COLUMN epoch TYPE integer',
      '"epoch" SET DATA TYPE BIGINT',
    ],
    [
      'another precision',
      'ALTER TABLE keyhouse.account ALTER COLUMN created_at TYPE timestamptz(3)',
      '"created_at" SET DATA TYPE',
    ],
    [
      'nothing where something must be',
      'ALTER TABLE keyhouse.access_key ALTER COLUMN secret_sealed DROP NOT NULL',
      '"secret_sealed" SET NOT NULL',
    ],
    [
      'another default',
      `ALTER TABLE keyhouse.access_key ALTER COLUMN status SET DEFAULT 'Inactive'`,
      `SET DEFAULT 'Active'`,
    ],
    ['a primary key too few', 'ALTER TABLE keyhouse.lease DROP CONSTRAINT lease_pkey', 'lease_pkey'],
    [
      'a foreign key too few',
      'ALTER TABLE keyhouse.alias DROP CONSTRAINT alias_account_id_region_key_id_fkey',
      'ADD CONSTRAINT',
    ],
    ['an index too few', 'DROP INDEX keyhouse.session_browser', 'CREATE INDEX'],
    ['a table too many', 'CREATE TABLE keyhouse.extra (id integer PRIMARY KEY)', 'DROP TABLE'],
  ])('with %s is not', async (_, change, words) => {
    await database.sql(change)
    expect(await schemaDrift(database.url, SCHEMA)).toContain(words)
  })
})
