/** Real failures of a real database, by each way the engine speaks to it. */
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { type ScratchDatabase, scratchDatabase } from '#lib/testing/scratch-database.ts'
import { type Database, openDatabase } from './database.ts'
import { databaseFailure } from './failures.ts'

let scratch: ScratchDatabase
let database: Database
beforeAll(async () => {
  scratch = await scratchDatabase(inject('templateDatabase'))
  database = openDatabase(scratch.url)
})
afterAll(async () => {
  await database?.close()
  await scratch?.drop()
})

const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => expect.fail('nothing failed'),
    (thrown) => databaseFailure(thrown),
  )
const raise = (code: string) => `DO $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '${code}'; END $$`

const WAYS: [string, (text: string) => Promise<unknown>][] = [
  ['plain SQL', (text) => database.sql(text, [])],
  ['SQL in a transaction', (text) => database.transaction(({ sql }) => sql(text, []))],
  ['Prisma in a transaction', (text) => database.transaction(({ prisma }) => prisma.$executeRawUnsafe(text))],
]

describe.each(WAYS)('%s', (_, run) => {
  it.each([
    ['a deadlock', '40P01', 'conflict'],
    ['a serialization failure', '40001', 'conflict'],
    ['a value that is taken', '23505', 'conflict'],
    ['a row to hang on that is gone', '23503', 'conflict'],
    ['a lock that did not come', '55P03', 'unavailable'],
    ['a full disk', '53100', 'unavailable'],
    ['too many connections', '53300', 'unavailable'],
    ['a shutdown', '57P01', 'unavailable'],
    ['a start that is under way', '57P03', 'unavailable'],
    ['a statement that took too long', '57014', 'unavailable'],
    ['a broken constraint', '23514', undefined],
    ['a division by zero', '22012', undefined],
  ])('knows %s', async (__, code, kind) => {
    expect(await failureOf(run(raise(code)))).toBe(kind)
  })
})

describe('a connection', () => {
  it('that is refused is unavailable, whoever asks', async () => {
    const nobody = openDatabase('postgresql://nobody@127.0.0.1:1/none')
    expect(await failureOf(nobody.sql('SELECT 1', []))).toBe('unavailable')
    expect(await failureOf(nobody.transaction(({ sql }) => sql('SELECT 1', [])))).toBe('unavailable')
    await nobody.close()
  })

  it('that is cut in a transaction is unavailable', async () => {
    const cut = database.transaction(({ sql }) => sql('SELECT pg_terminate_backend(pg_backend_pid())', []))
    expect(await failureOf(cut)).toBe('unavailable')
  })
})

describe('a real duplicate', () => {
  it('is a conflict', async () => {
    const twice = database.transaction(async ({ prisma }) => {
      for (let n = 0; n < 2; n++)
        await prisma.lease.create({ data: { name: 'x', holder: crypto.randomUUID(), expiresAt: new Date() } })
    })
    expect(await failureOf(twice)).toBe('conflict')
  })
})

it('what is no failure of the database is none', () => {
  expect(databaseFailure(new Error('a fault'))).toBeUndefined()
  expect(databaseFailure(undefined)).toBeUndefined()
  expect(databaseFailure('40001')).toBeUndefined()
})
