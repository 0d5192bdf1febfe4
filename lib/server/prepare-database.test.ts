import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { createFileRootKey } from '#lib/rootkey/file.ts'
import type { RootKey } from '#lib/rootkey/root-key.ts'
import { once, type ScratchDatabase, scratchDatabase } from '#lib/testing/scratch-database.ts'
import { prepareDatabase } from './prepare-database.ts'

let folder = ''
let rootKey: RootKey
let otherKey: RootKey
let database: ScratchDatabase
const warnings: string[] = []

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'keyhouse-prepare-'))
  rootKey = await createFileRootKey(join(folder, 'root.key'))
  otherKey = await createFileRootKey(join(folder, 'other.key'))
})
afterAll(() => rmSync(folder, { recursive: true }))
beforeEach(async () => {
  warnings.length = 0
  database = await scratchDatabase()
})
afterEach(() => database.drop())

const log = { info: () => {}, warn: (message: string) => void warnings.push(message) }
const prepare = (url = database.url, key = rootKey, migrateUrl?: string) =>
  prepareDatabase({ url, migrateUrl, rootKey: key, migrationsFolder: 'prisma/migrations', log })

const loginOf = async (url: string) => (await once(url, 'SELECT current_user AS login'))[0]?.login

describe('a database that is prepared', () => {
  it('has a login for each role, and the same ones again', async () => {
    const first = await prepare()
    expect(first.separated).toBe(true)
    expect(await loginOf(first.engineUrl)).toMatch(/^keyhouse_engine_[0-9a-f]{8}$/)
    expect(await loginOf(first.sequencerUrl)).toMatch(/^keyhouse_sequencer_[0-9a-f]{8}$/)
    expect(await loginOf(first.readerUrl)).toMatch(/^keyhouse_reader_[0-9a-f]{8}$/)
    expect(await prepare()).toEqual(first)
  })

  it('can be prepared by several hosts at once', async () => {
    const [first, ...others] = await Promise.all([prepare(), prepare(), prepare()])
    for (const other of others) expect(other).toEqual(first)
  })

  it('shares no role with another database of the same server', async () => {
    const second = await scratchDatabase()
    try {
      expect((await prepare(second.url)).engineUrl).not.toBe((await prepare()).engineUrl)
    } finally {
      await second.drop()
    }
  })

  it('is refused with another root key, and unharmed', async () => {
    const first = await prepare()
    await expect(prepare(database.url, otherKey)).rejects.toThrow('Put back the root.key')
    expect(await prepare()).toEqual(first)
  })

  it('holds no password in the clear', async () => {
    const { password } = new URL((await prepare()).engineUrl)
    const rows = await database.sql('SELECT role, sealed FROM keyhouse_bootstrap.role_password')
    expect(rows).toHaveLength(4)
    for (const row of rows) expect(Buffer.from(row.sealed as Uint8Array).includes(password)).toBe(false)
  })

  it('lets no role read the passwords of the others', async () => {
    const { engineUrl, sequencerUrl, readerUrl } = await prepare()
    for (const url of [engineUrl, sequencerUrl, readerUrl]) {
      await expect(once(url, 'SELECT * FROM keyhouse_bootstrap.role_password')).rejects.toThrow(
        'permission denied',
      )
    }
  })

  it('is mended when a role lost its password', async () => {
    const { engineUrl } = await prepare()
    await database.sql(`ALTER ROLE ${new URL(engineUrl).username} PASSWORD 'something else'`)
    await expect(loginOf(engineUrl)).rejects.toThrow('password authentication failed')
    await prepare()
    await expect(loginOf(engineUrl)).resolves.toBe(new URL(engineUrl).username)
  })
})

describe('a login that is no superuser', () => {
  const makeLogin = async (more: string) => {
    const name = `owner_${database.name}`
    await database.sql(`CREATE ROLE ${name} LOGIN PASSWORD 'p' ${more}`)
    await database.sql(`ALTER DATABASE ${database.name} OWNER TO ${name}`)
    const url = new URL(database.url)
    url.username = name
    url.password = 'p'
    return url.href
  }
  const dropLogin = async (url: string) => {
    const name = new URL(url).username
    await database.drop()
    await once(inject('postgresUrl'), `DROP ROLE IF EXISTS ${name}`).catch(() => {})
  }

  it('but may make roles and owns the database, is enough', async () => {
    const url = await makeLogin('CREATEROLE')
    const prepared = await prepare(url)
    expect(prepared.separated).toBe(true)
    expect(await loginOf(prepared.engineUrl)).toMatch(/^keyhouse_engine_/)
    expect(await prepare(url)).toEqual(prepared)
    await dropLogin(url)
  })

  it('and may not make roles does everything itself, which is said', async () => {
    const url = await makeLogin('')
    expect(await prepare(url)).toEqual({
      engineUrl: url,
      sequencerUrl: url,
      readerUrl: url,
      separated: false,
      mayEmpty: true,
    })
    expect(warnings.join()).toContain('may not make roles')
    await expect(once(url, 'DELETE FROM audit.event')).resolves.toEqual([])
    await expect(once(url, 'TRUNCATE audit.event')).rejects.toThrow('only ever added')
    await dropLogin(url)
  })

  it('works beside one that migrates, and then may not change the log', async () => {
    const migrateUrl = await makeLogin('')
    const name = `worker_${database.name}`
    await database.sql(`CREATE ROLE ${name} LOGIN PASSWORD 'p'`)
    const url = new URL(database.url)
    url.username = name
    url.password = 'p'
    await prepare(url.href, rootKey, migrateUrl)
    await expect(once(url.href, 'SELECT * FROM keyhouse.key')).resolves.toEqual([])
    await expect(once(url.href, 'DELETE FROM audit.event')).rejects.toThrow('permission denied')
    await dropLogin(migrateUrl)
    await once(inject('postgresUrl'), `DROP ROLE IF EXISTS ${name}`)
  })
})

describe('a database that must not be used', () => {
  it('is one that does not answer, said without its password', async () => {
    const url = 'postgresql://u:hunter2@127.0.0.1:1/none'
    const refused = await prepare(url).catch((error: Error) => error.message)
    expect(refused).toContain('The database none at 127.0.0.1:1 does not let u in')
    expect(refused).not.toContain('hunter2')
  })

  it('is one in another encoding', async () => {
    const name = `latin_${database.name}`
    await once(
      inject('postgresUrl'),
      `CREATE DATABASE ${name} TEMPLATE template0 ENCODING LATIN1 LC_COLLATE 'C' LC_CTYPE 'C'`,
    )
    const url = new URL(database.url)
    url.pathname = `/${name}`
    await expect(prepare(url.href)).rejects.toThrow('its encoding is not UTF8')
    await once(inject('postgresUrl'), `DROP DATABASE ${name}`)
  })
})
