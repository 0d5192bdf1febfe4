import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { appendFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openNoteServer, openWitness, type SinkServer } from '#lib/testing/sink-servers.ts'
import { ORIGIN, openWatchedLog, type WatchedLog } from '#lib/testing/watched-log.ts'
import { logSigner } from '../../crypto/log-signer.ts'
import { generateSecretKey } from '../../crypto/secret-key.ts'
import type { Checkpoint } from '../tree/checkpoints.ts'
import { signCheckpoint } from '../tree/note.ts'
import { readDeliveries } from '../watch/deliveries.ts'
import { fileSink } from './file.ts'
import { httpSink } from './http.ts'
import { HeadAhead, SinkError } from './sink.ts'
import { syslogSink } from './syslog.ts'
import { witnessSink } from './witness.ts'

let watched: WatchedLog
const checkpoints: Checkpoint[] = []
const signer = logSigner(generateSecretKey().key)
beforeAll(async () => {
  watched = await openWatchedLog({ signer })
  for (const count of [1, 4, 300]) checkpoints.push(await watched.grow(count))
})
afterAll(() => watched.close())

describe('the file', () => {
  let folder: string
  const lines = async () => (await readFile(join(folder, 'checkpoints.ndjson'), 'utf8')).trimEnd().split('\n')
  beforeEach(async () => {
    folder = join(await mkdtemp(join(tmpdir(), 'sink-')), 'made')
  })
  afterEach(() => rm(join(folder, '..'), { recursive: true }))

  it('has a line for each checkpoint, and knows the newest', async () => {
    const sink = fileSink(folder, 'host', watched.read)
    expect(await sink.newest()).toBeUndefined()
    for (const checkpoint of checkpoints) await sink.deliver(checkpoint, {})
    expect((await lines()).map((line) => JSON.parse(line).note)).toEqual(checkpoints.map(({ note }) => note))
    expect(await sink.newest()).toMatchObject({ origin: ORIGIN, size: 305, where: 'file host' })
  })

  it.each([
    ['a line that a crash cut off', '{"at":"2026-11-25T00:00:00.000Z","note":"keyho'],
    ['a line that is no JSON', 'x\n'],
    ['a checkpoint of somebody else', `${JSON.stringify({ note: foreignNote() })}\n`],
  ])('passes over %s, and goes on behind it', async (_, rubbish) => {
    const sink = fileSink(folder, 'host', watched.read)
    await sink.deliver(checkpoints[1] as Checkpoint, {})
    await appendFile(join(folder, 'checkpoints.ndjson'), rubbish)
    expect((await sink.newest())?.size).toBe(5)
    await sink.deliver(checkpoints[2] as Checkpoint, {})
    expect((await sink.newest())?.size).toBe(305)
  })

  it('is put aside when it is large, and still known from', async () => {
    const sink = fileSink(folder, 'host', watched.read)
    await sink.deliver(checkpoints[1] as Checkpoint, {})
    await appendFile(join(folder, 'checkpoints.ndjson'), ' '.repeat(4 * 1024 * 1024))
    await sink.deliver(checkpoints[2] as Checkpoint, {})
    expect((await readdir(folder)).sort()).toEqual(['checkpoints.1.ndjson', 'checkpoints.ndjson'])
    expect(await lines()).toHaveLength(1)
    await writeFile(join(folder, 'checkpoints.ndjson'), '')
    expect((await sink.newest())?.size).toBe(5)
  })

  it('says that it cannot be written, and not where it is', async () => {
    await writeFile(folder, '')
    const thrown = await fileSink(folder, 'host', watched.read)
      .deliver(checkpoints[0] as Checkpoint, {})
      .catch((error: unknown) => error)
    expect(thrown).toBeInstanceOf(SinkError)
    expect(String(thrown)).not.toContain(folder)
  })
})

function foreignNote(): string {
  const stranger = logSigner(generateSecretKey().key)
  return signCheckpoint({ origin: ORIGIN, size: 999, root: Buffer.alloc(32) }, stranger)
}

describe('a URL', () => {
  let server: SinkServer
  beforeAll(async () => {
    server = await openNoteServer()
  })
  afterAll(() => server.close())

  it('is posted the note, and asked for the newest', async () => {
    const sink = httpSink(new URL(`${server.url}/secret-path`), watched.read)
    expect(await sink.newest?.()).toBeUndefined()
    await sink.deliver(checkpoints[2] as Checkpoint, {})
    expect(server.accepted).toEqual([checkpoints[2]?.note])
    expect((await sink.newest?.())?.size).toBe(305)
    expect(sink.name).not.toContain('secret')
  })

  it('that is down is a failure without its address', async () => {
    await server.down()
    const sink = httpSink(new URL(`${server.url}/secret-path`), watched.read)
    const thrown = await sink.deliver(checkpoints[0] as Checkpoint, {}).catch((error: unknown) => error)
    expect(thrown).toBeInstanceOf(SinkError)
    expect(String(thrown)).toBe('SinkError: it cannot be reached (ECONNREFUSED)')
    await server.up()
  })
})

describe('syslog (RFC 5424)', () => {
  const shape = /^<109>1 \d{4}-\d\d-\d\dT[\d:.]+Z - keyhouse - checkpoint - (\{.*\})$/s

  it('gets a datagram', async () => {
    const socket = createSocket('udp4')
    socket.bind(0, '127.0.0.1')
    await once(socket, 'listening')
    const heard = once(socket, 'message')
    const sink = syslogSink(new URL(`udp://127.0.0.1:${socket.address().port}`))
    await sink.deliver(checkpoints[0] as Checkpoint, {})
    const [message] = await heard
    expect(JSON.parse(shape.exec(String(message))?.[1] ?? '').note).toBe(checkpoints[0]?.note)
    socket.close()
  })

  it('gets a counted message over TCP', async () => {
    const received: string[] = []
    const server = createServer((socket) => void socket.on('data', (data) => received.push(String(data))))
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    // The type of a server on TCP.
    const { port } = server.address() as AddressInfo
    await syslogSink(new URL(`tcp://127.0.0.1:${port}`)).deliver(checkpoints[0] as Checkpoint, {})
    await expect.poll(() => received.join('')).toMatch(/^\d+ <109>1 /)
    const [, count, message] = /^(\d+) (.*)$/s.exec(received.join('')) ?? []
    expect(Buffer.byteLength(message ?? '')).toBe(Number(count))
    expect(message).toMatch(shape)
    server.close()
  })

  it('that nobody listens to is a failure over TCP', async () => {
    const sink = syslogSink(new URL('tcp://127.0.0.1:1'))
    await expect(sink.deliver(checkpoints[0] as Checkpoint, {})).rejects.toThrow(
      'it cannot be reached (ECONNREFUSED)',
    )
  })
})

describe('a witness (C2SP tlog-witness)', () => {
  let server: SinkServer
  beforeEach(async () => {
    server = await openWitness()
  })
  afterEach(() => server.close())
  const sink = () => witnessSink(new URL(server.url), watched.sql)

  it('cosigns one checkpoint after the other, each with its consistency proof', async () => {
    let state = {}
    for (const checkpoint of checkpoints) state = await sink().deliver(checkpoint, state)
    expect(server.accepted).toEqual(checkpoints.map(({ note }) => note))
    expect(state).toMatchObject({
      origin: ORIGIN,
      size: 305,
      cosignatures: expect.stringMatching(/^— witness\.test \S+\n$/),
    })
  })

  it('says itself how far it is where we do not know', async () => {
    await sink().deliver(checkpoints[1] as Checkpoint, {})
    await sink().deliver(checkpoints[2] as Checkpoint, {})
    expect(server.accepted).toHaveLength(2)
  })

  it('that knows more than there is has noticed a rollback', async () => {
    await sink().deliver(checkpoints[2] as Checkpoint, {})
    const thrown = await sink()
      .deliver(checkpoints[1] as Checkpoint, {})
      .catch((error: unknown) => error)
    expect(thrown).toBeInstanceOf(HeadAhead)
    expect(thrown).toMatchObject({ kind: 'rollback', anchor: { size: 305, origin: ORIGIN } })
  })

  it('that knows another tree of the same size has noticed a fork', async () => {
    const other: Checkpoint = { ...(checkpoints[2] as Checkpoint), root: Buffer.alloc(32, 1) }
    const note = signCheckpoint({ origin: ORIGIN, size: other.size, root: other.root }, signer)
    await sink().deliver({ ...other, note }, {})
    const known = { origin: ORIGIN, size: 305 }
    const thrown = await sink()
      .deliver(checkpoints[2] as Checkpoint, known)
      .catch((error: unknown) => error)
    expect(thrown).toMatchObject({ kind: 'fork' })
  })
})

describe('places that are down for a while', () => {
  it('serving goes on, an alarm is raised, and what was missed is in what comes later', async () => {
    const notes = await openNoteServer()
    const witness = await openWitness()
    const log = await openWatchedLog({
      sinks: (read, sql) => [httpSink(new URL(notes.url), read), witnessSink(new URL(witness.url), sql)],
    })
    const step = async () => {
      await log.watch.step()
      await log.watch.delivered()
    }
    await log.grow(3)
    await step()
    expect([notes.accepted.length, witness.accepted.length]).toEqual([1, 1])
    await notes.down()
    await witness.down()
    for (let minutes = 0; minutes < 60; minutes += 20) {
      await log.grow(2)
      log.pass(20 * 60)
      await step()
    }
    const failing = await readDeliveries(log.sql)
    expect(failing.map(({ fault }) => fault)).toEqual(Array(2).fill('it cannot be reached (ECONNREFUSED)'))
    await notes.up()
    await witness.up()
    log.pass(120)
    await log.grow(1)
    await step()
    expect(
      (await readDeliveries(log.sql)).map((row) => [row.delivered, row.fault, row.failingSince]),
    ).toEqual(Array(2).fill([10, null, null]))
    // The witness saw a proof from 3 to 10 leaves, and believed it.
    expect(witness.accepted).toHaveLength(2)
    expect(await log.found()).toEqual([])
    await log.close()
    await notes.close()
    await witness.close()
  })

  it('and where they are required, nothing may be changed until one is back', async () => {
    const notes = await openNoteServer()
    const folder = await mkdtemp(join(tmpdir(), 'sink-'))
    const log = await openWatchedLog({
      sinks: (read) => [httpSink(new URL(notes.url), read), fileSink(folder, 'host', read)],
      requiredMinutes: 10,
    })
    const step = async () => {
      await log.watch.step()
      await log.watch.delivered()
      await log.watch.step()
    }
    await log.grow(1)
    await step()
    await notes.down()
    await log.grow(1)
    await step()
    expect(log.watch.readOnly()).toBeNull()
    log.pass(11 * 60)
    await log.watch.step()
    expect(log.watch.readOnly()).toContain('for 10 minutes')
    // The log goes on all the same.
    expect((await log.grow(1)).size).toBe(3)
    await notes.up()
    log.pass(120)
    await step()
    expect(log.watch.readOnly()).toBeNull()
    await log.close()
    await notes.close()
    await rm(folder, { recursive: true })
  })
})
