/** A creating call that an SDK sends again makes one thing (R40), also when both are under way at once. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { callsOn, type Elsewhere } from '#lib/testing/elsewhere.ts'
import { openWorld, type World } from '#lib/testing/world.ts'

let world: World
let engines: Elsewhere[]
beforeAll(async () => {
  world = await openWorld()
  const admin = world.as('admin')
  engines = [callsOn(world.engine, admin), callsOn(await world.another(), admin)]
})
afterAll(() => world?.close())

const keyCount = async () => Number((await world.sql('SELECT count(*) AS n FROM keyhouse.key'))[0]?.n)
const retry = (bodyHash = 'a') => ({ invocationId: randomUUID(), bodyHash: Buffer.alloc(32, bodyHash) })

/** The same call ten times at once, over both engines. */
const tenTimes = (operation: string, input: object, channel: (n: number) => object) =>
  Promise.all(
    Array.from({ length: 10 }, (_, n) => engines[n % engines.length]!.call(operation, input, channel(n))),
  )

describe('ten CreateKey calls at once', () => {
  it.each([
    ['with one invocation id and body make one key', () => retry(), 1],
    ['with one invocation id and ten bodies make ten', () => ({ invocationId: 'one-invocation' }), 10],
    ['without an invocation id make ten', () => ({}), 10],
  ])('%s', async (_, channel, made) => {
    const before = await keyCount()
    const shared = channel()
    const each = (n: number) =>
      made === 10 && 'invocationId' in shared ? { ...shared, bodyHash: Buffer.alloc(32, n) } : shared
    const answers = await tenTimes('CreateKey', {}, each)
    expect(new Set(answers.map((answer) => answer.KeyMetadata.KeyId)).size).toBe(made)
    expect(await keyCount()).toBe(before + made)
  })

  it('of two people with one invocation id make a key each', async () => {
    const channel = retry()
    const alice = callsOn(world.engine, world.as('alice'))
    const answers = await Promise.all([
      engines[0]!.call('CreateKey', {}, channel),
      alice.call('CreateKey', {}, channel),
    ])
    expect(new Set(answers.map((answer) => answer.KeyMetadata.KeyId)).size).toBe(2)
  })
})

describe('a retry', () => {
  it('of CreateAlias is no AlreadyExistsException, while a second CreateAlias is', async () => {
    const key = (await engines[0]!.call('CreateKey')).KeyMetadata.KeyId
    const input = { AliasName: 'alias/once', TargetKeyId: key }
    await tenTimes(
      'CreateAlias',
      input,
      (() => {
        const same = retry()
        return () => same
      })(),
    )
    expect(await engines[1]!.refused('CreateAlias', input)).toBe('AlreadyExistsException')
  })

  it('of CreateKey sees the key as it is now', async () => {
    const channel = retry()
    const made = (await engines[0]!.call('CreateKey', {}, channel)).KeyMetadata
    await engines[0]!.call('DisableKey', { KeyId: made.KeyId })
    const again = (await engines[1]!.call('CreateKey', {}, channel)).KeyMetadata
    expect(again).toMatchObject({ KeyId: made.KeyId, KeyState: 'Disabled' })
  })

  it('is forgotten after a quarter of an hour', async () => {
    const channel = retry()
    const made = (await engines[0]!.call('CreateKey', {}, channel)).KeyMetadata
    await world.sql(`UPDATE keyhouse.idempotency SET created_at = created_at - interval '16 minutes'`)
    await world.sql(
      `DELETE FROM keyhouse.idempotency WHERE created_at < clock_timestamp() - interval '15 minutes'`,
    )
    expect((await engines[1]!.call('CreateKey', {}, channel)).KeyMetadata.KeyId).not.toBe(made.KeyId)
  })
})
