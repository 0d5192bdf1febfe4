/** The whole log in pages: what a page holds, how large it gets, and for whom it is. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { leafHash } from '#lib/audit/tree/hash.ts'
import { openCheckpoint, parseVerifierKey } from '#lib/audit/tree/note.ts'
import { event } from '#lib/testing/audit-log.ts'
import { openWorld, type World } from '#lib/testing/world.ts'

const NOTHING = { accounts: [], keys: [] }
// CloudTrail's records end at 256 KB; what a caller sends is cut before.
const LONG = Object.fromEntries(Array.from({ length: 160 }, (_, i) => [`member${i}`, 'x'.repeat(1000)]))

let world: World
beforeAll(async () => {
  world = await openWorld()
  for (let i = 0; i < 40; i++) await world.engine.writer.append([event({ request: LONG })], NOTHING)
})
afterAll(() => world?.close())

const admin = () => world.as('admin')

it('goes through every leaf once, in pages of few megabytes', async () => {
  const indexes: number[] = []
  let next: number | undefined = 0
  const sizes: number[] = []
  while (next !== undefined && next < 40) {
    const page = await admin().call('ReadLog', { First: next })
    sizes.push(
      JSON.stringify({
        ...page,
        Entries: page.Entries.map(({ Record, ...rest }: { Record: Buffer }) => ({
          ...rest,
          Record: Record.toString('base64'),
        })),
      }).length,
    )
    indexes.push(...page.Entries.map(({ Index }: { Index: number }) => Index))
    next = page.Next
  }
  expect(indexes).toEqual(indexes.map((_, i) => i))
  expect(sizes.length).toBeGreaterThan(1)
  for (const size of sizes) expect(size).toBeLessThan(4_000_000)
})

it('has a checkpoint that covers what it gives, by a key that it names', async () => {
  const { Entries, Checkpoint, VerifierKeys } = await admin().call('ReadLog', { First: 0, Limit: 3 })
  const head = openCheckpoint(Checkpoint.Note, VerifierKeys.map(parseVerifierKey))
  expect(head.size).toBeGreaterThanOrEqual(40)
  const { Tiles } = await admin().call('ReadTiles', { Level: 0, First: 0 })
  for (const { Index, Leaf } of Entries)
    expect(Tiles[0].Hashes.subarray(Index * 32, Index * 32 + 32)).toEqual(leafHash(Buffer.from(Leaf)))
})

it('has nothing beyond its end', async () => {
  const { Entries, Next } = await admin().call('ReadLog', { First: 1_000_000 })
  expect([Entries, Next]).toEqual([[], undefined])
  expect((await admin().call('ReadTiles', { Level: 7, First: 0 })).Tiles).toEqual([])
})

it.each(['carol', 'stranger', 'outsider'])('is not for %s', async (who) => {
  for (const [operation, input] of [
    ['ReadLog', { First: 0 }],
    ['ReadTiles', { Level: 0, First: 0 }],
  ] as const)
    expect((await world.as(who).refusal(operation, input)).code).toBe('AccessDeniedException')
})
