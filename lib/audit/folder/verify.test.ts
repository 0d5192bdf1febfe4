/** An export is written and checked: whole, grown, interrupted, in part, and of other logs. */
import { describe, expect, it } from 'vitest'
import { sha256Hex } from '#lib/crypto/digest.ts'
import { makeLog } from '#lib/testing/made-log.ts'
import { memoryFolder } from './memory.ts'
import { parsePath, printPath } from './paths.ts'
import { verifyExport } from './verify.ts'
import { ExportError, type Feed, writeExport } from './write.ts'

const log = makeLog(1300)
const keys = [log.key]

type Into = { files?: Map<string, Buffer>; first?: number; feed?: Feed }

async function exported(size: number, { files = new Map(), first = 0, feed = log.feed }: Into = {}) {
  const sink = memoryFolder(files)
  const head = log.headAt(size)
  const ranges = first < size ? [{ start: first, end: size }] : []
  await writeExport({ feed, sink, head, ranges }, new Map([['checkpoint', log.checkpoint(size)]]))
  return files
}

const sums = (files: Map<string, Buffer>) =>
  [...files].map(([path, bytes]) => `${path} ${sha256Hex(bytes)}`).sort()

const check = (files: Map<string, Buffer>, options: { from?: number; older?: string[] } = {}) =>
  verifyExport(memoryFolder(files), { keys, ...options })

describe('a path', () => {
  it.each([
    ['tile/0/000', { kind: 'tile', level: 0 }, 0, 256],
    ['tile/1/003.p/17', { kind: 'tile', level: 1 }, 3, 17],
    ['tile/entries/x001/x234/067', { kind: 'entries' }, 1234067, 256],
    ['events/x012/345.p/1.ndjson', { kind: 'events' }, 12345, 1],
  ] as const)('%s names what it says', (path, family, index, width) => {
    expect(printPath({ family, index, width })).toBe(path)
    expect(parsePath(path)).toEqual({ family, index, width })
  })

  it.each(['tile/0/0', 'tile/0/x000/001', 'tile/0/000.p/256', 'events/000', 'tile/0/000.ndjson', '../x'])(
    '%s names nothing',
    (path) => expect(parsePath(path)).toBeUndefined(),
  )
})

describe('an export', () => {
  it.each([0, 1, 2, 255, 256, 257, 511, 512, 1300])('of %i events verifies', async (size) => {
    const report = await check(await exported(size))
    expect(report).toMatchObject({ faults: 0, told: [], gaps: [], open: [], events: size })
    expect(report.head?.size).toBe(size)
  })

  it.each([
    [0, 1],
    [100, 200],
    [256, 300],
    [300, 1300],
    [1300, 1300],
  ])('goes on from %i to %i as if it were made at once', async (before, after) => {
    const grown = await exported(after, { files: await exported(before) })
    expect(sums(grown)).toEqual(sums(await exported(after)))
  })

  it('goes on where it was interrupted, and says until then that it is not done', async () => {
    const files = await exported(300)
    const cut: Feed = {
      ...log.feed,
      async events(first, end) {
        if (first >= 700) throw new Error('the line is dead')
        return log.feed.events(first, Math.min(end, 700))
      },
    }
    await expect(exported(1300, { files, feed: cut })).rejects.toThrow('the line is dead')
    expect((await check(files)).told.at(-1)?.what).toContain('was not finished')
    await exported(1300, { files })
    expect(sums(files)).toEqual(sums(await exported(1300)))
  })

  it.each([0, 1, 5, 9])(
    'on a disk that is full after %i files is not done, and goes on when there is room',
    async (most) => {
      const files = new Map<string, Buffer>()
      const sink = memoryFolder(files)
      let written = 0
      const full = {
        ...sink,
        async write(path: string, bytes: Uint8Array | string) {
          if (written++ > most) throw new Error('ENOSPC')
          await sink.write(path, bytes)
        },
      }
      const task = { feed: log.feed, head: log.headAt(1300), ranges: [{ start: 0, end: 1300 }] }
      const named = new Map([['checkpoint', log.checkpoint()]])
      await expect(writeExport({ ...task, sink: full }, named)).rejects.toThrow('ENOSPC')
      expect((await check(files)).faults).toBeGreaterThan(0)
      await writeExport({ ...task, sink }, named)
      expect((await check(files)).faults).toBe(0)
    },
  )

  it.each([1, 255, 256, 700, 1300])(
    'from event %i on has what is needed to check the rest',
    async (first) => {
      const files = await exported(1300, { first })
      const report = await check(files, { from: first })
      expect(report).toMatchObject({ faults: 0, events: 1300 - first })
      expect((await check(files)).told[0]).toEqual({ index: 0, what: expect.stringContaining('missing') })
    },
  )

  it('of another log is not gone on with', async () => {
    const files = await exported(300)
    const other = {
      ...log.feed,
      tiles: async () => [
        { index: 0, hashes: Buffer.alloc(8192) },
        { index: 1, hashes: Buffer.alloc(8192) },
      ],
    }
    await expect(exported(400, { files, feed: other })).rejects.toThrow(ExportError)
  })
})

describe('an older checkpoint', () => {
  it.each([0, 1, 255, 256, 257, 700, 1300])('of %i events is what the log begins with', async (size) => {
    expect((await check(await exported(1300), { older: [log.checkpoint(size)] })).faults).toBe(0)
  })

  it('shows that the end was cut off', async () => {
    const report = await check(await exported(700), { older: [log.checkpoint(1300)] })
    expect(report.told).toEqual([{ index: 700, what: expect.stringContaining('600 are cut off') }])
  })

  it('of another history shows that this one took its place', async () => {
    const other = log.sign(`${log.head.origin}\n700\n${Buffer.alloc(32, 1).toString('base64')}\n`)
    const report = await check(await exported(1300), { older: [other] })
    expect(report.told).toEqual([
      { index: null, what: expect.stringContaining('does not begin with the 700') },
    ])
  })

  it('that nobody known signed is not believed', async () => {
    const forged = log.checkpoint(700).replace('\n700\n', '\n701\n')
    expect((await check(await exported(1300), { older: [forged] })).faults).toBe(1)
  })
})
