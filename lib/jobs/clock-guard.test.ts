/** A clock that jumped deletes nothing (R71): the rule as a table, then what it does to keys. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openWorld, type World } from '#lib/testing/world.ts'
import { explained, isJump, type Steady } from './clock-guard.ts'
import { openDueWork } from './due-work.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const BOOT = 'b0071d00-0000-4000-8000-000000000000'

describe('what counts as a jump', () => {
  const here: Steady = { boot: BOOT, ms: 100 * DAY }
  const earlier = (ms: number, boot: string | null = BOOT): Steady => ({ boot, ms: 100 * DAY - ms })
  type Case = [string, { elapsed: number; last?: Steady; seen?: Steady; jump: boolean }]
  it.each<Case>([
    ['ten seconds between two looks', { elapsed: 10_000, last: earlier(10_000), jump: false }],
    ['an hour less a second too far', { elapsed: HOUR + 9_000, last: earlier(10_000), jump: false }],
    ['an hour and more too far', { elapsed: HOUR + 11_000, last: earlier(10_000), jump: true }],
    ['four hundred days ahead', { elapsed: 400 * DAY, last: earlier(10_000), jump: true }],
    ['half an hour back', { elapsed: -HOUR / 2, last: earlier(10_000), jump: false }],
    ['two hours back', { elapsed: -2 * HOUR, last: earlier(10_000), jump: true }],
    ['a machine that slept for eight hours', { elapsed: 8 * HOUR, last: earlier(8 * HOUR), jump: false }],
    ['a clock that stood still for a day', { elapsed: 0, last: earlier(DAY), jump: false }],
    [
      'a week in which nothing ran, the machine up',
      { elapsed: 7 * DAY, seen: earlier(7 * DAY), jump: false },
    ],
    ['a clock set ahead between two starts', { elapsed: 7 * DAY, seen: earlier(60_000), jump: true }],
    ['a week, and the machine started again', { elapsed: 7 * DAY, seen: earlier(0, 'other'), jump: false }],
    ['a week, and nobody can tell', { elapsed: 7 * DAY, seen: earlier(0, null), jump: false }],
    ['forty days, and nobody can tell', { elapsed: 40 * DAY, seen: earlier(0, 'other'), jump: true }],
    ['back two hours over a restart', { elapsed: -2 * HOUR, seen: earlier(0, 'other'), jump: true }],
  ])('%s', (_, { elapsed, last, seen = earlier(0, null), jump }) => {
    const look = { at: new Date(0), boot: seen.boot, steadyMs: seen.ms }
    expect(isJump(elapsed, explained(look, last, here))).toBe(jump)
  })
})

describe('a clock that jumped', () => {
  let world: World
  const faults: string[] = []
  beforeAll(async () => {
    world = await openWorld()
  })
  afterAll(() => world?.close())

  const admin = () => world.as('admin')
  const work = () =>
    openDueWork({ ...world.engine, engineId: world.engine.id, fault: (message) => faults.push(message) })
  /** As if the database's clock had been set ahead: nothing else moves along. */
  const jump = (days: number) =>
    world.sql('UPDATE keyhouse.clock SET offset_ms = offset_ms + $1', [days * DAY])
  const exists = async (id: string) =>
    (await world.sql('SELECT 1 FROM keyhouse.key WHERE id = $1', [id])).length === 1

  it('stops deletion, says so once, lets rotation go on, and ends with an acknowledgement', async () => {
    const doomed = (await admin().call('CreateKey')).KeyMetadata.KeyId
    const turning = (await admin().call('CreateKey')).KeyMetadata.KeyId
    await admin().call('EnableKeyRotation', { KeyId: turning, RotationPeriodInDays: 90 })
    await admin().call('ScheduleKeyDeletion', { KeyId: doomed, PendingWindowInDays: 7 })
    const due = work()
    await due.sweep()
    await jump(100)
    await due.sweep()
    await due.sweep()
    expect(await exists(doomed)).toBe(true)
    const { Rotations } = await admin().call('ListKeyRotations', { KeyId: turning })
    expect(Rotations).toHaveLength(1)
    expect(faults).toEqual([expect.stringContaining('the clock jumped')])
    const events = await world.events('ClockJump')
    expect(events.map((event) => event.recipientAccountId).sort()).toEqual([
      '111122223333',
      '444455556666',
      '777788889999',
    ])
    expect(await admin().call('ShowClock')).toMatchObject({ Manual: false, JumpedAt: expect.any(Date) })
    expect(await world.engine.ready()).toMatchObject({ ok: true, reason: expect.stringContaining('jumped') })

    await world.as('alice').refusal('AcknowledgeClock')
    expect(await exists(doomed)).toBe(true)
    await admin().call('AcknowledgeClock')
    expect((await world.events('AcknowledgeClock')).at(-1)?.userIdentity.userName).toBe('admin')
    await due.sweep()
    expect(await exists(doomed)).toBe(false)
    expect(await world.engine.ready()).toEqual({ ok: true })
  })

  it('is noticed by the engine that starts after it', async () => {
    await work().sweep()
    await jump(40)
    await work().sweep()
    expect((await admin().call('ShowClock')).JumpedAt).toBeInstanceOf(Date)
    await admin().call('AcknowledgeClock')
    await jump(-1)
    await work().sweep()
    expect((await admin().call('ShowClock')).JumpedAt).toBeInstanceOf(Date)
    await admin().call('AcknowledgeClock')
  })

  it('is none when the clock was moved for a test', async () => {
    await world.advance({ days: 50 })
    await work().sweep()
    expect((await admin().call('ShowClock')).JumpedAt).toBeUndefined()
  })
})
