import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestLog, type TestLog } from '#lib/testing/audit-log.ts'
import { openNoteServer, openWitness, type SinkServer } from '#lib/testing/sink-servers.ts'
import { ORIGIN, openWatchedLog, type WatchedLog, type WatchedOptions } from '#lib/testing/watched-log.ts'
import { logSigner } from '../../crypto/log-signer.ts'
import { generateSecretKey } from '../../crypto/secret-key.ts'
import { fileSink } from '../sinks/file.ts'
import { httpSink } from '../sinks/http.ts'
import { witnessSink } from '../sinks/witness.ts'
import { HeadRefused } from '../tree/notary.ts'
import { nextOrigin } from './rollback.ts'

const BACKUPS = 7

const signer = logSigner(generateSecretKey().key)
let folder: string
let notes: SinkServer
let witness: SinkServer
let original: WatchedLog
const backups: { log: TestLog; size: number }[] = []
let size = 0

type Sinks = NonNullable<WatchedOptions['sinks']>
const places: Record<string, Sinks> = {
  'a local file': (read) => [fileSink(folder, 'host', read)],
  'a URL': (read) => [httpSink(new URL(notes.url), read)],
  'a witness': (_, sql) => [witnessSink(new URL(witness.url), sql)],
}
const everywhere: Sinks = (read, sql) => Object.values(places).flatMap((sinks) => sinks(read, sql))

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'checkpoints-'))
  notes = await openNoteServer()
  witness = await openWitness()
  original = await openWatchedLog({ signer, sinks: everywhere })
  await original.watch.step()
  for (let count = 0; count < BACKUPS; count++) {
    size = (await original.grow(1 + count * 13)).size
    await original.watch.step()
    await original.watch.delivered()
    backups.push({ log: await openTestLog(original.log), size })
  }
  size = (await original.grow(100)).size
  await original.watch.step()
  await original.watch.delivered()
}, 60_000)

afterAll(async () => {
  await original.close()
  for (const { log } of backups) await log.close()
  await notes.close()
  await witness.close()
  await rm(folder, { recursive: true })
})

/** What an engine finds that starts on the database, and whether anything is signed after that. */
async function startOn(log: TestLog, sinks: Sinks): Promise<{ found: string[]; readOnly: string | null }> {
  const watched = await openWatchedLog({ signer, sinks }, log)
  try {
    const signed = await watched.notary.checkpoint().catch((thrown: unknown) => thrown)
    expect(signed).toBeInstanceOf(HeadRefused)
    return { found: await watched.found(), readOnly: watched.watch.readOnly() }
  } finally {
    await watched.attack('DELETE FROM audit.finding')
    await watched.close()
  }
}

describe.each(Object.keys(places))('known from %s alone', (place) => {
  const sinks = places[place] as Sinks

  it(`an older backup in the place of the database is found before anything is signed, ${BACKUPS} of ${BACKUPS} times`, async () => {
    for (const { log } of backups) {
      const { found, readOnly } = await startOn(log, sinks)
      expect(found).toEqual([`rollback ${ORIGIN} ${size}`])
      expect(readOnly).toContain('an older state of the database was put in its place')
    }
  })
})

describe('backups that went on where nobody compared', () => {
  beforeAll(async () => {
    for (const { log, size: from } of backups) {
      const elsewhere = await openWatchedLog({ signer }, log)
      await elsewhere.grow(size - from + 5)
      await elsewhere.close()
    }
  }, 60_000)

  it.each(Object.keys(places))(`are found as another history by %s alone`, async (place) => {
    for (const { log } of backups) {
      const { found, readOnly } = await startOn(log, places[place] as Sinks)
      expect(found.join()).toMatch(new RegExp(`^fork ${ORIGIN} `))
      expect(readOnly).toContain('the log went on from an older state')
    }
  })
})

it('the log itself, which none of this happened to, goes on', async () => {
  const again = await openWatchedLog({ signer, sinks: everywhere }, original.log)
  await again.grow(3)
  await again.watch.step()
  await again.watch.look()
  expect(await again.found()).toEqual([])
  await again.close()
})

it('a database that is put in the place of the newer one under a running engine is found before it signs again', async () => {
  const running = await openWatchedLog({ signer })
  await running.grow(5)
  const { log } = running
  const backup = await openTestLog(log)
  await running.grow(5)
  await running.watch.step()
  await running.watch.delivered()
  const name = (of: TestLog) => new URL(of.url).pathname.slice(1)
  // The same name, older contents.
  const aside = `${name(log)}_aside`
  const sql = async (text: string) => original.log.pool.query(text)
  await sql(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname IN ('${name(log)}', '${name(backup)}')`,
  )
  await sql(`ALTER DATABASE ${name(log)} RENAME TO ${aside}`)
  await sql(`ALTER DATABASE ${name(backup)} RENAME TO ${name(log)}`)
  await expect
    .poll(() => running.notary.checkpoint().catch((thrown: unknown) => thrown))
    .toBeInstanceOf(HeadRefused)
  expect(await running.found()).toEqual([`rollback ${ORIGIN} 10`])
  await running.close()
  await backup.close()
  await sql(`DROP DATABASE IF EXISTS ${aside} WITH (FORCE)`)
})

it.each([
  ['the first name is followed by the second', 'keyhouse/a', [], 'keyhouse/a/2'],
  ['a later name by the next', 'keyhouse/a/2', ['keyhouse/a'], 'keyhouse/a/3'],
  [
    'no name that anybody remembers comes again',
    'keyhouse/a',
    ['keyhouse/a/7', 'keyhouse/b/9'],
    'keyhouse/a/8',
  ],
])('%s', (_, inUse, remembered, next) => expect(nextOrigin(inUse, remembered)).toBe(next))
