/**
 * docs/check-log.py, which shares no code with this project, comes to the same verdicts: of an export, of one that was
 * tampered with, of an archived day and of a proof.
 */
import { spawn, spawnSync } from 'node:child_process'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeLog } from '#lib/testing/made-log.ts'
import { openTamperLog } from '#lib/testing/tamper-log.ts'
import { tampered, type Untouched } from '#lib/testing/tampering.ts'
import { printVerifierKey } from '../tree/note.ts'
import { inclusionRanges, proofFrom } from '../tree/proof.ts'
import { writeArchive } from './archive.ts'
import { diskFolder } from './disk.ts'
import { exportedEvent } from './event-line.ts'
import { printProof } from './proof-file.ts'
import { writeExport } from './write.ts'

const PROGRAM = join(import.meta.dirname, '..', '..', '..', 'docs', 'check-log.py')
// Machines of the continuous integration have it (.ci/run); it is no part of what Keyhouse needs.
const python = ['python3', 'python'].find((name) => spawnSync(name, ['--version']).status === 0)

async function check(...argv: string[]): Promise<{ status: number | null; out: string }> {
  const child = spawn(python ?? 'python3', [PROGRAM, ...argv], { stdio: ['ignore', 'pipe', 'inherit'] })
  let out = ''
  for await (const piece of child.stdout.setEncoding('utf8')) out += piece
  const status = await new Promise<number | null>((resolve) => child.once('close', resolve))
  return { status, out }
}

const made = makeLog(700)
let folder: string
let untouched: Untouched
let key: string

async function onDisk(name: string, files: ReadonlyMap<string, Buffer>): Promise<string> {
  const sink = diskFolder(join(folder, name))
  for (const [path, bytes] of files) await sink.write(path, bytes)
  return join(folder, name)
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'keyhouse-check-'))
  const log = await openTamperLog()
  untouched = log.untouched
  key = printVerifierKey(log.keys[0]!.name, log.keys[0]!.publicKey)
  await log.close()
}, 120_000)
afterAll(() => rm(folder, { recursive: true, force: true }))

describe.skipIf(!python && !process.env.CI)('the second implementation', () => {
  it('verifies an export of the real log', async () => {
    const path = await onDisk('log', untouched.files)
    await writeFile(join(folder, 'older'), untouched.earlier.note)
    expect(await check(path, '--key', key, '--older', join(folder, 'older'))).toEqual({
      status: 0,
      out: expect.stringContaining(`Verified: ${untouched.size} events of ${untouched.size}`),
    })
  })

  it('finds out whatever was done to it', { timeout: 120_000 }, async () => {
    for (let seed = 1; seed <= 20; seed++) {
      const { files, what } = tampered(untouched, seed)
      const { status } = await check(await onDisk(`tampered-${seed}`, files), '--key', key)
      expect(status, `seed ${seed}: ${what}`).toBe(1)
    }
  })

  it('names the first bad event', async () => {
    await cp(join(folder, 'log'), join(folder, 'edited'), { recursive: true })
    const path = join(folder, 'edited', 'events', '003.ndjson')
    await writeFile(path, (await readFile(path, 'utf8')).replace('eventName', 'eventNamf'))
    expect((await check(join(folder, 'edited'), '--key', key)).out).toMatch(/^event 768: /)
  })

  it('verifies an export of nothing, and one that begins later', async () => {
    for (const [name, first, size] of [
      ['nothing', 0, 0],
      ['late', 300, 700],
    ] as const) {
      const head = made.headAt(size)
      const ranges = first < size ? [{ start: first, end: size }] : []
      const sink = diskFolder(join(folder, name))
      await writeExport(
        { feed: made.feed, sink, head, ranges },
        new Map([['checkpoint', made.checkpoint(size)]]),
      )
      const { status } = await check(join(folder, name), '--key', made.verifierKey, '--from', String(first))
      expect(status).toBe(0)
    }
    expect((await check(join(folder, 'late'), '--key', made.verifierKey)).out).toContain(
      'event 0: the event is missing',
    )
  })

  it('verifies an archived day, and misses what was taken from it', async () => {
    const sink = diskFolder(join(folder, 'day'))
    const checkpoint = made.checkpoint()
    const ranges = [
      { start: 100, end: 400 },
      { start: 402, end: 403 },
    ]
    const task = { feed: made.feed, sink, head: made.head, ranges, day: '2026-11-25', checkpoint }
    await writeArchive({ ...task, sign: async (text) => made.sign(text) })
    expect((await check(join(folder, 'day'), '--key', made.verifierKey)).out).toContain(
      'Verified: 301 events of 700',
    )
    await rm(join(folder, 'day', 'events', '001.ndjson'))
    expect((await check(join(folder, 'day'), '--key', made.verifierKey)).out).toMatch(/^event 256: /)
  })

  it('verifies a proof, and no other event by it', async () => {
    const tiles = new Map<string, Buffer>()
    for (const level of [0, 1])
      for (const { index, hashes } of await made.feed.tiles(level, 0)) tiles.set(`${level}/${index}`, hashes)
    const [logged] = (await made.feed.events(421, 422)).events
    const event = exportedEvent(logged!)!
    const hashes = proofFrom(inclusionRanges(421, 700), ({ level, index }) => tiles.get(`${level}/${index}`))
    const proof = {
      event,
      hashes: hashes.map((hash) => hash.toString('base64')),
      checkpoint: made.checkpoint(),
      verifierKey: made.verifierKey,
    }
    await writeFile(join(folder, 'proof.json'), printProof(proof))
    await writeFile(join(folder, 'forged.json'), printProof({ ...proof, event: { ...event, account: '1' } }))
    expect((await check(join(folder, 'proof.json'), '--key', made.verifierKey)).status).toBe(0)
    expect((await check(join(folder, 'forged.json'), '--key', made.verifierKey)).status).toBe(1)
  })
})
