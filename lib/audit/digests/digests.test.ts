/** Log and digest files, hour by hour, and the check of them that the documentation names. */
import { spawnSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { logSigner } from '#lib/crypto/log-signer.ts'
import { generateSecretKey } from '#lib/crypto/secret-key.ts'
import { sqlOn } from '#lib/store/database.ts'
import { ACCOUNT, event, NOTHING, OTHER, openTestLog, REGION, type TestLog } from '#lib/testing/audit-log.ts'
import { diskFolder } from '../folder/disk.ts'
import { memoryFolder } from '../folder/memory.ts'
import { printVerifierKey, signText } from '../tree/note.ts'
import { deliverDigests } from './deliver-digests.ts'

const HOUR_MS = 3_600_000
const ORIGIN = 'keyhouse/digests'
const signer = logSigner(generateSecretKey().key)
const verifierKey = printVerifierKey(ORIGIN, signer.publicKey)
// A day ago, so that the day's partition may be made.
const start = new Date((Math.floor(Date.now() / HOUR_MS) - 20) * HOUR_MS)
const at = (hours: number) => new Date(start.getTime() + hours * HOUR_MS)

let log: TestLog
const files = new Map<string, Buffer>()
const deliver = (hours: number, into = memoryFolder(files)) =>
  deliverDigests({
    sql: sqlOn(log.pool),
    sink: into,
    trails: async () => [{ account: ACCOUNT, region: REGION }],
    sign: async (text) => signText(Buffer.from(text), ORIGIN, signer),
    verifierKey: async () => verifierKey,
    now: () => at(hours),
  })

const pathsOf = (pattern: RegExp, from = files) =>
  [...from.keys()].filter((path) => pattern.test(path)).sort()
const read = (path: string) => JSON.parse(gunzipSync(files.get(path)!).toString())
const DIGESTS = new RegExp(`^AWSLogs/${ACCOUNT}/CloudTrail-Digest/.*gz$`)
const LOGS = new RegExp(`^AWSLogs/${ACCOUNT}/CloudTrail/.*gz$`)

beforeAll(async () => {
  log = await openTestLog()
  for (const hours of [0, 5]) await log.sql('SELECT audit.make_day($1::date)', [at(hours).toISOString()])
  const writer = log.writer()
  expect(await deliver(0.5)).toBe(0)
  for (const hours of [0.25, 0.5, 0.75, 2.5]) await writer.append([event({ at: at(hours) })], NOTHING)
  await writer.append([event({ at: at(2.6), recipientAccount: OTHER })], NOTHING)
})
afterAll(() => log?.close())

describe('digest files', () => {
  it('come when an hour is over and its events are there', async () => {
    expect(await deliver(1.02)).toBe(0)
    expect(await deliver(1.2)).toBe(1)
    expect(pathsOf(DIGESTS)).toHaveLength(1)
    expect(read(pathsOf(LOGS)[0]!).Records).toHaveLength(3)
  })

  it('come for hours without events, and for every account that has some', async () => {
    expect(await deliver(4.2)).toBe(3)
    expect(pathsOf(DIGESTS)).toHaveLength(4)
    expect(pathsOf(LOGS)).toHaveLength(2)
    expect(pathsOf(new RegExp(`^AWSLogs/${OTHER}/CloudTrail-Digest/.*gz$`))).toHaveLength(2)
  })

  it('are a chain, with CloudTrail’s members', () => {
    const [first, second] = pathsOf(DIGESTS)
    expect(read(first!)).toMatchObject({
      previousDigestS3Object: null,
      awsAccountId: ACCOUNT,
      logFiles: [{ hashAlgorithm: 'SHA-256' }],
    })
    expect(read(second!)).toMatchObject({
      previousDigestS3Object: first,
      digestStartTime: read(first!).digestEndTime,
      digestSignatureAlgorithm: 'Ed25519',
      logFiles: [],
    })
  })

  it('are written again as they were when an hour is done twice', async () => {
    const before = new Map(files)
    await log.sql(
      `UPDATE audit.delivery SET state = jsonb_build_object('next', $1::text, 'chains', '{}'::jsonb)`,
      [start.toISOString()],
    )
    expect(await deliver(4.2)).toBe(4)
    for (const path of pathsOf(/./, before))
      expect(files.get(path)?.equals(before.get(path)!), path).toBe(true)
  })

  it('of a folder that cannot be written hold up what follows', async () => {
    const full = { ...memoryFolder(), write: async () => Promise.reject(new Error('ENOSPC')) }
    await expect(deliver(5.2, full)).rejects.toThrow('ENOSPC')
    expect(await deliver(5.2)).toBe(1)
  })
})

const python = ['python3', 'python'].find((name) => spawnSync(name, ['--version']).status === 0)

describe.skipIf(!python && !process.env.CI)('the check of them', () => {
  const CHECK = join(import.meta.dirname, '..', '..', '..', 'docs', 'check-log.py')
  async function check(
    changed: ReadonlyMap<string, Buffer>,
  ): Promise<{ status: number | null; stdout: string }> {
    const folder = await mkdtemp(join(tmpdir(), 'keyhouse-digests-'))
    const sink = diskFolder(folder)
    for (const [path, bytes] of changed) await sink.write(path, bytes)
    const { status, stdout } = spawnSync(python!, [CHECK, folder, '--key', verifierKey], { encoding: 'utf8' })
    await rm(folder, { recursive: true })
    return { status, stdout }
  }
  const without = (path: string) => new Map([...files].filter(([name]) => name !== path))

  it('finds nothing where nothing was done', async () => {
    expect(await check(files)).toEqual({
      status: 0,
      stdout: expect.stringMatching(/^Verified: \d+ digests and 3 log files/),
    })
  })

  it.each([
    ['a log file was edited', () => new Map(files).set(pathsOf(LOGS)[0]!, gzipSync('{"Records":[]}'))],
    ['a log file was taken away', () => without(pathsOf(LOGS)[0]!)],
    [
      'a log file was added',
      () => new Map(files).set(`${pathsOf(LOGS)[0]!.slice(0, -10)}1.json.gz`, gzipSync('{}')),
    ],
    ['the first digest was taken away', () => without(pathsOf(DIGESTS)[0]!)],
    ['a digest in the middle was taken away', () => without(pathsOf(DIGESTS)[1]!)],
    [
      'a digest was edited',
      () =>
        new Map(files).set(
          pathsOf(DIGESTS)[1]!,
          gzipSync(JSON.stringify({ ...read(pathsOf(DIGESTS)[1]!), logFiles: null })),
        ),
    ],
    [
      'a note was exchanged',
      () => new Map(files).set(`${pathsOf(DIGESTS)[1]!}.note`, files.get(`${pathsOf(DIGESTS)[0]!}.note`)!),
    ],
  ])('says so where %s', async (_, change) => {
    expect((await check(change())).status).toBe(1)
  })
})
