import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { event, NOTHING } from '#lib/testing/audit-log.ts'
import { ORIGIN, openWatchedLog, type WatchedLog } from '#lib/testing/watched-log.ts'
import { findingView } from './findings.ts'

/** More than one tile, so that there is a level above. */
const LEAVES = 300

const idAt = async (watched: WatchedLog, index: number): Promise<string> =>
  (
    await watched.log.sql<{ id: string }>('SELECT event_id AS id FROM audit.leaf WHERE index = $1', [index])
  )[0]?.id ?? ''

/** Two looks, a minute apart, with all that happens between them. */
async function lookTwice(watched: WatchedLog): Promise<void> {
  await watched.watch.step()
  await watched.watch.look()
  watched.pass(61)
  await watched.watch.step()
  await watched.watch.look()
}

describe('the watch over a log that nobody touched', () => {
  let watched: WatchedLog
  beforeAll(async () => {
    watched = await openWatchedLog()
    await watched.grow(LEAVES)
  })
  afterAll(() => watched.close())

  it('finds nothing, however often it looks, and says how far it came', async () => {
    await lookTwice(watched)
    await watched.grow(5)
    await lookTwice(watched)
    expect(await watched.found()).toEqual([])
    expect(watched.faults).toEqual([])
    const [{ verified } = {}] = await watched.log.sql(
      'SELECT verified::int AS verified FROM audit.verification',
    )
    expect(verified).toBe(LEAVES + 5)
    expect(watched.watch.readOnly()).toBeNull()
  })
})

describe('what was changed behind the log', () => {
  let watched: WatchedLog
  beforeAll(async () => {
    watched = await openWatchedLog()
    await watched.grow(LEAVES)
    // Everything was verified once, so that what is found is found by the second look.
    await watched.watch.step()
  })
  afterAll(() => watched.close())

  type Attack = (watched: WatchedLog) => Promise<string[]>
  const attacks: [string, Attack][] = [
    [
      'the record of an event is another',
      async ({ attack }) => {
        const id = await idAt(watched, 7)
        await attack(`UPDATE audit.event SET body = body || ' ' WHERE id = '${id}'`)
        return [`mismatch ${id}`]
      },
    ],
    [
      'the decision of an event is another',
      async ({ attack }) => {
        const id = await idAt(watched, 8)
        await attack(`UPDATE audit.event SET decision = '{"decisions": []}' WHERE id = '${id}'`)
        return [`mismatch ${id}`]
      },
    ],
    [
      'an event is gone',
      async ({ attack }) => {
        const id = await idAt(watched, 20)
        await attack(`DELETE FROM audit.event WHERE id = '${id}'`)
        return [`missing ${id}`]
      },
    ],
    [
      'an event is gone with its leaf and its entry',
      async ({ attack }) => {
        const id = await idAt(watched, 21)
        for (const [table, column] of [
          ['event', 'id'],
          ['leaf', 'event_id'],
          ['entry', 'event_id'],
        ])
          await attack(`DELETE FROM audit.${table} WHERE ${column} = '${id}'`)
        return ['missing leaf 21']
      },
    ],
    [
      'two events have changed places',
      async ({ attack }) => {
        const ids = [await idAt(watched, 30), await idAt(watched, 31)]
        await attack('UPDATE audit.leaf SET index = 61 - index WHERE index IN (30, 31)')
        return ids.map((id) => `mismatch ${id}`)
      },
    ],
    [
      'the MAC of an event is another',
      async ({ attack }) => {
        const id = await idAt(watched, 40)
        await attack(`UPDATE audit.event SET mac = sha256(mac) WHERE id = '${id}'`)
        return [`mac ${id}`]
      },
    ],
    [
      'a checkpoint is under another name',
      async ({ attack }) => {
        await attack("UPDATE audit.checkpoint SET note = replace(note, 'keyhouse', 'keyh0use')")
        return [`mismatch checkpoint ${ORIGIN} ${LEAVES}`]
      },
    ],
    [
      'a hash of a leaf is another',
      async ({ attack }) => {
        const id = await idAt(watched, 299)
        await attack(
          'UPDATE audit.tile SET hashes = overlay(hashes placing sha256($$x$$) from 43 * 32 + 1) WHERE level = 0 AND index = 1',
        )
        return [`mismatch ${id}`]
      },
    ],
    [
      'a hash of the level above is another',
      async ({ attack }) => {
        await attack(
          'UPDATE audit.tile SET hashes = overlay(hashes placing sha256($$x$$) from 1) WHERE level = 1',
        )
        return ['mismatch tile 0/0']
      },
    ],
    [
      'a second event claims a leaf',
      async ({ attack }) => {
        const id = randomUUID()
        await attack(
          `INSERT INTO audit.leaf (index, ts, event_id) SELECT 50, ts + interval '1 ms', '${id}' FROM audit.leaf WHERE index = 50`,
        )
        return ['mismatch leaf 50', `missing ${id}`]
      },
    ],
  ]

  it.each(attacks)('is found by the next look: %s', async (_, attack) => {
    const before = new Set(await watched.found())
    const expected = await attack(watched)
    await watched.watch.look()
    const after = (await watched.found()).filter((one) => !before.has(one))
    expect(after).toEqual(expect.arrayContaining(expected.sort()))
    // A false root is seen from the head and from checkpoints as well; of events none but those is named.
    const others = after.filter((one) => !expected.includes(one) && !/ (head|checkpoint|tile) /.test(one))
    expect(others).toEqual([])
  })

  it('is told in sentences', async () => {
    const sentences = (await watched.findings()).map((row) => findingView(row).Sentence)
    expect(sentences).toContain(`Event ${await idAt(watched, 7)} at leaf 7 is not what was recorded.`)
    expect(sentences).toContain('Tile 0/0 of the tree does not follow from the tile below it.')
    for (const sentence of sentences) expect(sentence).not.toMatch(/undefined|null|\?/)
  })

  it('is found once', async () => {
    const before = await watched.found()
    await watched.watch.look()
    expect(await watched.found()).toEqual(before)
  })
})

describe('numbers of engines', () => {
  let watched: WatchedLog
  beforeAll(async () => {
    watched = await openWatchedLog()
    await watched.grow(10)
  })
  afterAll(() => watched.close())

  /** Takes the row of a number away before anything has sequenced it. */
  const takeAway = (counter: number) =>
    watched.attack(
      'DELETE FROM audit.event WHERE engine_id = $1 AND engine_stream = $2 AND engine_counter = $3',
      [watched.writer.engineId, 'batch', counter],
    )

  it('a row that was taken away before it was sequenced is a gap after a minute, and not before', async () => {
    for (let count = 0; count < 3; count++) await watched.writer.append([event()], NOTHING)
    await takeAway(12)
    await watched.watch.look()
    watched.pass(40)
    await watched.watch.look()
    expect(await watched.found()).toEqual([])
    watched.pass(21)
    await watched.watch.look()
    expect(await watched.found()).toEqual([`gap ${watched.writer.engineId} batch 12-12`])
    const [gap] = await watched.findings()
    // Its neighbours are leaves 10 and 11.
    expect([gap?.first, gap?.last]).toEqual([10, 11])
  })

  it('so is the last one of all, which only its engine can know of', async () => {
    await watched.writer.append([event()], NOTHING)
    await takeAway(14)
    await watched.watch.look()
    watched.pass(61)
    await watched.watch.look()
    expect(await watched.found()).toContain(`gap ${watched.writer.engineId} batch 14-14`)
  })

  it('what a process that was killed left among its last numbers is declared by another, and is no gap', async () => {
    const dead = watched.log.writer()
    for (let count = 0; count < 4; count++) await dead.append([event()], NOTHING)
    // A batch that was under way when it was killed: number 3 was never committed, number 4 was.
    await watched.attack('DELETE FROM audit.event WHERE engine_id = $1 AND engine_counter = 3', [
      dead.engineId,
    ])
    await watched.log.sql("UPDATE audit.engine SET seen_at = now() - interval '1 minute' WHERE id = $1", [
      dead.engineId,
    ])
    const before = await watched.found()
    await watched.watch.look()
    watched.pass(61)
    await watched.watch.look()
    await watched.sequencer.catchUp()
    expect(await watched.found()).toEqual(before)
    const [row] = await watched.log.sql<{ declared: string }>(
      'SELECT declared::text AS declared FROM audit.engine_count WHERE engine_id = $1',
      [dead.engineId],
    )
    expect(row?.declared).toBe('{[3,4)}')
    watched.pass(120)
    await watched.watch.look()
    expect(await watched.found()).toEqual(before)
  })
})

it('an event that was put into the past has no place, and is found', async () => {
  const watched = await openWatchedLog()
  await watched.grow(3)
  await watched.log.sql("SELECT audit.ensure_day((now() AT TIME ZONE 'UTC')::date - 1)")
  const [row] = await watched.log.sql<{ id: string }>(
    `INSERT INTO audit.event (id, ts, account_id, region, body, engine_id, engine_stream, engine_counter, mac)
     SELECT gen_random_uuid(), ts - interval '30 minutes', account_id, region, body, engine_id, engine_stream, 999, mac
     FROM audit.event LIMIT 1 RETURNING id`,
  )
  await watched.watch.look()
  await watched.watch.look()
  expect(await watched.found()).toEqual([`missing unplaced ${row?.id}`])
  await watched.close()
})
