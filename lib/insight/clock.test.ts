/** A clock for tests: a year in a second, date by date, and never where time is real. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openWorld, type World } from '#lib/testing/world.ts'

const DAY = 86_400_000
let world: World

beforeAll(async () => {
  world = await openWorld()
  await world.sql(
    `INSERT INTO keyhouse.installation (id, root_key_check) VALUES (gen_random_uuid(), '\\x0001020304050607')`,
  )
})
afterAll(() => world?.close())

const admin = () => world.as('admin')
const days = (count: number) => ({ Seconds: (count * DAY) / 1000 })
const setManual = (manual: boolean) =>
  world.sql('UPDATE keyhouse.installation SET manual_clock = $1', [manual])

describe('an installation that goes by real time', () => {
  it.each([
    ['is not advanced', 'AdvanceClock', days(1)],
    ['is not emptied', 'Reset', {}],
  ])('%s', async (_, operation, input) => {
    const refusal = await admin().refusal(operation, input)
    expect(refusal.code).toBe('UnsupportedOperationException')
    expect(refusal.message).toContain('goes by real time')
    expect((await admin().call('ShowClock')).AheadSeconds).toBe(0)
  })
})

describe('a manual clock', () => {
  beforeAll(() => setManual(true))

  it.each([
    ['neither member', {}],
    ['both', { Seconds: 5, To: 4_000_000_000 }],
    ['a time that has passed', { To: 1_000_000_000 }],
    ['the far future', { To: 40_000_000_000 }],
    ['no time at all', { Seconds: 0 }],
  ])('refuses %s', async (_, input) => {
    expect((await admin().refusal('AdvanceClock', input)).code).toBe('ValidationException')
  })

  it('is moved only by whoever a policy allows', async () => {
    for (const operation of ['AdvanceClock', 'AcknowledgeClock', 'Reset', 'ShowClock']) {
      const input = operation === 'AdvanceClock' ? days(1) : {}
      expect((await world.as('alice').refusal(operation, input)).code).toBe('AccessDeniedException')
    }
  })

  it('lets two years pass, with each rotation at its date and a deletion done, and is no jump', async () => {
    const turning = (await admin().call('CreateKey')).KeyMetadata
    const doomed = (await admin().call('CreateKey')).KeyMetadata.KeyId
    await admin().call('EnableKeyRotation', { KeyId: turning.KeyId, RotationPeriodInDays: 90 })
    await admin().call('ScheduleKeyDeletion', { KeyId: doomed, PendingWindowInDays: 7 })
    const before = (await admin().call('ShowClock')).Now.getTime()
    const moved = await admin().call('AdvanceClock', days(730))
    expect(moved.Now.getTime() - moved.From.getTime()).toBe(730 * DAY)
    const { Now, Manual, JumpedAt } = await admin().call('ShowClock')
    expect(Manual).toBe(true)
    expect(JumpedAt).toBeUndefined()
    expect(Now.getTime() - before).toBeGreaterThanOrEqual(730 * DAY)
    const { Rotations } = await admin().call('ListKeyRotations', { KeyId: turning.KeyId })
    const ages = Rotations.map(({ RotationDate }: { RotationDate: Date }) =>
      Math.floor((RotationDate.getTime() - before) / DAY),
    )
    expect(ages).toHaveLength(8)
    // Two years have 200 stops, some 88 hours apart: a rotation may be that late, the next is not later for it.
    for (const [index, age] of ages.entries()) {
      expect(age).toBeGreaterThanOrEqual(90 * (index + 1) - 1)
      expect(age).toBeLessThan(90 * (index + 1) + 5)
    }
    expect((await admin().refusal('DescribeKey', { KeyId: doomed })).code).toBe('NotFoundException')
    expect(await world.events('DeleteKey')).toHaveLength(1)
    expect(await world.events('AdvanceClock')).not.toHaveLength(0)
  })

  it('goes to a moment', async () => {
    const To = Math.floor((await admin().call('ShowClock')).Now.getTime() / 1000) + 3600
    await admin().call('AdvanceClock', { To })
    const { Now } = await admin().call('ShowClock')
    expect(Now.getTime() - To * 1000).toBeGreaterThanOrEqual(0)
    expect(Now.getTime() - To * 1000).toBeLessThan(5000)
  })

  it('is emptied only by a supervisor that can', async () => {
    const refusal = await admin().refusal('Reset')
    expect(refusal).toMatchObject({
      code: 'UnsupportedOperationException',
      message: expect.stringContaining('cannot be emptied'),
    })
  })
})
