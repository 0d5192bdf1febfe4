/** Automatic rotation: once per date however many engines sweep, by the installation's clock (facts §10, R69). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Engine } from '#lib/engine/engine.ts'
import { base64, openWorld, type World } from '#lib/testing/world.ts'
import { openDueWork } from './due-work.ts'
import { rotateDueKeys } from './rotation.ts'

const DAY = 86_400_000

let world: World
let second: Engine
/** How far the installation's clock is ahead of the real one. */
let ahead = 0

beforeAll(async () => {
  world = await openWorld()
  second = await world.another()
})
afterAll(() => world?.close())

const admin = () => world.as('admin')
const encode = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')

/** Lets days pass for everyone on this database. */
async function passDays(days: number): Promise<void> {
  ahead += days * DAY
  // Time that a test lets pass is no jump of the clock.
  await world.sql(
    `UPDATE keyhouse.clock SET offset_ms = $1, seen_at = seen_at + ($1 - offset_ms) * interval '1 ms'`,
    [ahead],
  )
  for (const engine of [world.engine, second]) await engine.services.clock.refresh()
}

async function rotatingKey(RotationPeriodInDays = 90): Promise<string> {
  const KeyId = (await admin().call('CreateKey')).KeyMetadata.KeyId
  await admin().call('EnableKeyRotation', { KeyId, RotationPeriodInDays })
  return KeyId
}

const faults: string[] = []
const fault = (message: string) => void faults.push(message)
const sweep = (engine: Engine) => rotateDueKeys(engine.services, engine.writer, fault)
const rotationsOf = async (KeyId: string) => (await admin().call('ListKeyRotations', { KeyId })).Rotations
const nextOf = async (KeyId: string): Promise<Date> =>
  (await admin().call('GetKeyRotationStatus', { KeyId })).NextRotationDate
const eventsOf = (keyId: string) =>
  world.sql(
    `SELECT convert_from(body, 'UTF8')::json AS record FROM audit.event WHERE key_id = $1
       AND convert_from(body, 'UTF8')::json ->> 'eventName' = 'RotateKey'`,
    [keyId],
  )

describe('a key whose rotation is due', () => {
  it('rotates once, also when two engines sweep at the same time', async () => {
    const keys = [await rotatingKey(), await rotatingKey(), await rotatingKey()]
    const blob = encode(
      (await admin().call('Encrypt', { KeyId: keys[0], Plaintext: base64('old') })).CiphertextBlob,
    )
    const due = await nextOf(keys[0]!)
    expect(await sweep(world.engine)).toBe(0)
    await passDays(91)
    const rotated = await Promise.all([
      sweep(world.engine),
      sweep(second),
      sweep(world.engine),
      sweep(second),
    ])
    expect(rotated.reduce((sum, count) => sum + count)).toBe(3)
    for (const key of keys) {
      expect(await rotationsOf(key)).toMatchObject([
        { RotationType: 'AUTOMATIC', KeyMaterialState: 'CURRENT' },
      ])
      expect(await eventsOf(key)).toHaveLength(1)
    }
    // A period after the date that was due, not after the sweep.
    expect((await nextOf(keys[0]!)).getTime()).toBe(due.getTime() + 90 * DAY)
    const opened = await admin().call('Decrypt', { CiphertextBlob: blob })
    expect(Buffer.from(opened.Plaintext).toString()).toBe('old')
  })

  it('encrypts under its new material from then on, on every engine', async () => {
    const key = await rotatingKey()
    const before = (await admin().call('GenerateDataKey', { KeyId: key, KeySpec: 'AES_256' })).KeyMaterialId
    await passDays(91)
    await sweep(second)
    const after = (await admin().call('GenerateDataKey', { KeyId: key, KeySpec: 'AES_256' })).KeyMaterialId
    expect(after).not.toBe(before)
    expect((await rotationsOf(key))[0].KeyMaterialId).toBe(after)
  })

  it('rotates once when several dates passed, and the next is a period from now', async () => {
    const key = await rotatingKey()
    await passDays(400)
    await sweep(world.engine)
    await sweep(second)
    expect(await rotationsOf(key)).toHaveLength(1)
    const left = (await nextOf(key)).getTime() - world.engine.services.clock.now().getTime()
    expect(left).toBeGreaterThan(89.9 * DAY)
    expect(left).toBeLessThanOrEqual(90 * DAY)
  })

  it.each([
    ['disabled waits until it is enabled', 'DisableKey', 'EnableKey'],
    ['pending deletion waits until that is cancelled', 'ScheduleKeyDeletion', 'CancelKeyDeletion'],
  ])('and that is %s', async (_, stop, resume) => {
    const key = await rotatingKey()
    await admin().call(stop, { KeyId: key })
    await passDays(91)
    await sweep(world.engine)
    expect(await rotationsOf(key)).toEqual([])
    await admin().call(resume, { KeyId: key })
    // Cancelled deletion leaves the key disabled, as with AWS.
    if (resume === 'CancelKeyDeletion') await admin().call('EnableKey', { KeyId: key })
    await sweep(world.engine)
    expect(await rotationsOf(key)).toHaveLength(1)
  })

  it('does not rotate when rotation was turned off before its date', async () => {
    const key = await rotatingKey()
    await admin().call('DisableKeyRotation', { KeyId: key })
    await passDays(91)
    await sweep(world.engine)
    expect(await rotationsOf(key)).toEqual([])
  })

  it('records the rotation as the work of Keyhouse itself', async () => {
    const key = await rotatingKey()
    await passDays(91)
    await sweep(world.engine)
    const [event] = await eventsOf(key)
    expect(event?.record).toMatchObject({
      eventName: 'RotateKey',
      eventType: 'AwsServiceEvent',
      userIdentity: { invokedBy: 'AWS Internal' },
      serviceEventDetails: { rotationType: 'AUTOMATIC' },
    })
  })

  it('whose row was edited is left alone, and the others rotate', async () => {
    const [edited, good] = [await rotatingKey(), await rotatingKey()]
    await world.sql(`UPDATE keyhouse.key SET description = 'edited' WHERE id = $1`, [edited])
    world.engine.services.keys.drop({ account: '111122223333', region: 'eu-west-1', id: edited })
    await passDays(91)
    await sweep(world.engine)
    expect(faults.splice(0)).toEqual([expect.stringContaining(`key ${edited} of 111122223333`)])
    expect(await rotationsOf(good)).toHaveLength(1)
    const [row] = await world.sql('SELECT count(*)::int AS n FROM keyhouse.key_material WHERE key_id = $1', [
      edited,
    ])
    expect(row?.n).toBe(1)
    await world.sql(`DELETE FROM keyhouse.key WHERE id = $1`, [edited])
  })
})

describe('the lease of due work', () => {
  const work = (engine: Engine) => openDueWork({ ...engine, engineId: engine.id, fault })

  it('lets one engine sweep; another takes over when the lease has run out', async () => {
    const [first, other] = [work(world.engine), work(second)]
    await first.sweep()
    const key = await rotatingKey()
    await passDays(91)
    await other.sweep()
    expect(await rotationsOf(key)).toEqual([])
    await world.sql(`UPDATE keyhouse.lease SET expires_at = clock_timestamp() - interval '1 second'`)
    await other.sweep()
    expect(await rotationsOf(key)).toHaveLength(1)
  })

  it('starts and stops, and does its round at once', async () => {
    await world.sql('DELETE FROM keyhouse.lease')
    const key = await rotatingKey()
    await passDays(91)
    const running = work(world.engine)
    running.start()
    await expect.poll(() => rotationsOf(key), { timeout: 5000 }).toHaveLength(1)
    await running.stop()
    expect(faults).toEqual([])
  })
})
