import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { HeadRefused } from '#lib/audit/tree/notary.ts'
import { parseCheckpoint, parseNote } from '#lib/audit/tree/note.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import { urlsByRole } from '#lib/testing/clone-database.ts'
import { allOperations, base64, openWorld, type World } from '#lib/testing/world.ts'
import { type Engine, openEngine } from './engine.ts'

let world: World
let folder: string
let restored: Engine
let copy: string
let keyId: string
let blob: string

const quiet = { info: () => {}, warn: () => {}, error: () => {} }
const installation = { version: 'test', endpoint: '', consoleUrl: '', rolesSeparated: true }

const open = (url: string) =>
  openEngine({
    ...urlsByRole(url),
    rootKey: world.rootKey,
    installation,
    checkpoints: { file: { folder, host: 'host' } },
    log: quiet,
  })

async function asAdmin(...statements: string[]): Promise<void> {
  const admin = new pg.Client({ connectionString: inject('postgresUrl') })
  await admin.connect()
  for (const text of statements) await admin.query(text)
  await admin.end()
}

async function signAndKeep(engine: Engine): Promise<void> {
  await engine.services.sequencer.catchUp()
  await engine.services.notary.checkpoint()
  await engine.services.logWatch.step()
  await engine.services.logWatch.delivered()
}

/** As admin, on the engine that was started on the restored database. */
async function call(name: string, input: object = {}) {
  const operation = allOperations.find((one) => one.name === name)
  if (!operation) throw new Error(`there is no operation ${name}`)
  return (await restored.invoke(world.as('admin').caller, operation, input)).output as Record<string, never>
}
const refusal = (name: string, input?: object) =>
  call(name, input).then(
    () => undefined,
    (thrown: unknown) => thrown as KmsError,
  )

beforeAll(async () => {
  world = await openWorld()
  folder = await mkdtemp(join(tmpdir(), 'read-only-'))
  const engine = await open(world.databaseUrl)
  const admin = world.as('admin')
  keyId = (await admin.call('CreateKey')).KeyMetadata.Arn
  blob = base64Of((await admin.call('Encrypt', { KeyId: keyId, Plaintext: base64('x') })).CiphertextBlob)
  await signAndKeep(engine)
  // The backup.
  const name = new URL(world.databaseUrl).pathname.slice(1)
  copy = `${name}_restored`
  await asAdmin(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`,
    `CREATE DATABASE ${copy} TEMPLATE ${name}`,
  )
  await admin.call('CreateKey')
  await signAndKeep(engine)
  await engine.close()
  // The newer database is lost; an engine starts on the backup, on the same machine.
  const url = new URL(world.databaseUrl)
  url.pathname = `/${copy}`
  restored = await open(url.href)
}, 60_000)

afterAll(async () => {
  await restored.close()
  await asAdmin(`DROP DATABASE IF EXISTS ${copy} WITH (FORCE)`)
  await world.close()
  await rm(folder, { recursive: true })
})

const base64Of = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')

it('a restored backup is noticed before anything is signed', async () => {
  await expect(restored.services.notary.checkpoint()).rejects.toBeInstanceOf(HeadRefused)
  const { ok, reason } = await restored.ready()
  expect(ok).toBe(true)
  expect(reason).toContain('an older state of the database was put in its place')
  expect(await call('GetLogState')).toMatchObject({ State: 'rollback', ReadOnly: reason })
})

it.each([
  ['CreateKey', {}],
  ['CreateUser', { UserName: 'somebody' }],
  ['PutSetting', { Name: 'requireMfa', Value: 'true' }],
])('then %s is refused in words that say what to do', async (name, input) => {
  const refused = await refusal(name, input)
  expect(refused).toBeInstanceOf(KmsError)
  expect(refused?.code).toBe('KMSInvalidStateException')
  expect(refused?.message).toContain('AcknowledgeRollback')
})

it('a key cannot be scheduled for deletion, and what was due waits', async () => {
  expect((await refusal('ScheduleKeyDeletion', { KeyId: keyId }))?.code).toBe('KMSInvalidStateException')
})

it('cryptography and reading go on, and are recorded', async () => {
  const { size } = await headOf()
  await call('Decrypt', { CiphertextBlob: blob })
  await call('DescribeKey', { KeyId: keyId })
  expect((await headOf()).size).toBeGreaterThan(size + 1)
})

it('so does giving credentials to whom a role trusts', async () => {
  await expect(call('GetSessionToken')).resolves.toBeDefined()
})

async function headOf() {
  await restored.services.sequencer.catchUp()
  const [row] = await restored.services.reader<{ size: number }>(
    'SELECT size::int AS size FROM audit.log',
    [],
  )
  return { size: row?.size ?? 0 }
}

it('an acknowledgement of one finding is not enough, and nobody else may give the one that is', async () => {
  const { Findings } = await call('GetLogState')
  const [finding] = Findings as unknown as { Id: string }[]
  expect((await refusal('AcknowledgeFinding', { Id: finding?.Id }))?.code).toBe('ValidationException')
})

it('after it is acknowledged the log goes on under another name, and no name has two roots of one size', async () => {
  const { origin: before } = parseCheckpoint(parseNote(await newestNote()).text)
  expect(await call('AcknowledgeRollback', { Comment: 'the disk was lost' })).toEqual({
    Origin: `${before}/2`,
  })
  const signed = await restored.services.notary.checkpoint()
  expect(signed.origin).toBe(`${before}/2`)
  await call('CreateKey')
  await signAndKeep(restored)
  await restored.services.logWatch.look()
  const state = await call('GetLogState')
  expect(state).toMatchObject({ State: 'verified', ReadOnly: null })
  expect((state.Keys as unknown as { Until: Date | null }[]).map(({ Until }) => Until === null)).toEqual([
    false,
    true,
  ])
})

it('an engine that starts later on the same machine finds nothing wrong', async () => {
  const url = new URL(world.databaseUrl)
  url.pathname = `/${copy}`
  const later = await open(url.href)
  await expect(later.services.notary.checkpoint()).resolves.toMatchObject({
    origin: expect.stringMatching(/\/2$/),
  })
  expect(later.services.logWatch.readOnly()).toBeNull()
  await later.close()
})

async function newestNote(): Promise<string> {
  const [row] = await restored.services.reader<{ note: string }>(
    'SELECT note FROM audit.checkpoint ORDER BY at DESC LIMIT 1',
    [],
  )
  return row?.note ?? ''
}
