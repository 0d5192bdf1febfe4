import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Answer, base64, OTHER_REGION, openWorld, type World } from '#lib/testing/world.ts'

let world: World
const admin = () => world.as('admin')
const made = async () => (await admin().call('CreateKey')).KeyMetadata.KeyId
const use = (KeyId: string) => admin().call('Encrypt', { KeyId, Plaintext: base64('kept') })
const unused = async (Days: number, more: object = {}): Promise<Answer> =>
  admin().call('ListUnusedKeys', { Days, ...more })
const ids = async (Days: number) => (await unused(Days)).Keys.map(({ KeyId }: Answer) => KeyId)

/** As if a key had been made, and used, that many days ago. */
const age = async (KeyId: string, { days, used }: { days: number; used?: number }) => {
  await unused(1)
  await world.sql(`UPDATE audit.last_use SET ts = now() - $2 * interval '1 day' WHERE key_id = $1`, [
    KeyId,
    used ?? 0,
  ])
  await world.sql(`UPDATE keyhouse.key SET created_at = now() - $2 * interval '1 day' WHERE id = $1`, [
    KeyId,
    days,
  ])
}

let never: string
let long: string
let lately: string
let fresh: string

beforeAll(async () => {
  world = await openWorld()
  never = await made()
  await age(never, { days: 400 })
  long = await made()
  await use(long)
  await age(long, { days: 500, used: 100 })
  lately = await made()
  await use(lately)
  await age(lately, { days: 500, used: 20 })
  fresh = await made()
})
afterAll(() => world?.close())

describe('ListUnusedKeys', () => {
  it.each<[string, number, () => string[]]>([
    ['those that nobody ever used, and were not used that long', 90, () => [never, long]],
    ['more of them for fewer days', 10, () => [never, long, lately]],
    ['none that is younger', 1, () => [never, long, lately]],
    ['fewer for more days', 300, () => [never]],
    ['none when all are younger', 600, () => []],
  ])('gives %s', async (_, days, expected) => {
    expect(await ids(days)).toEqual(expected())
  })

  it('tells when each was last used and made, and how it stands', async () => {
    await admin().call('CreateAlias', { AliasName: 'alias/long', TargetKeyId: long })
    const { Keys } = await unused(90)
    expect(Keys).toMatchObject([
      { KeyId: never, LastUsed: null, Alias: null, State: 'Enabled' },
      { KeyId: long, Alias: 'alias/long', Region: 'eu-west-1' },
    ])
    expect(Keys[1].LastUsed.getTime()).toBeLessThan(Date.now() - 99 * 86_400_000)
  })

  it('goes on where a page ended, each key once', async () => {
    const first = await unused(10, { Limit: 2 })
    const second = await unused(10, { Limit: 2, Cursor: first.NextCursor })
    expect([...first.Keys, ...second.Keys].map(({ KeyId }) => KeyId)).toEqual([never, long, lately])
    expect(second.NextCursor).toBeUndefined()
    const wrong = await admin().refusal('ListUnusedKeys', { Days: 90, Cursor: first.NextCursor })
    expect(wrong.code).toBe('InvalidMarkerException')
  })

  it('a use takes a key off at once', async () => {
    await use(lately)
    expect(await ids(10)).not.toContain(lately)
  })

  it('goes by the installation’s clock for when a key was made', async () => {
    await world.advance({ days: 30 })
    expect(await ids(20)).toContain(fresh)
  })

  it('is of one Region and account, for whoever may list keys', async () => {
    expect((await world.as('admin', OTHER_REGION).call('ListUnusedKeys', { Days: 1 })).Keys).toEqual([])
    expect((await world.as('outsider').call('ListUnusedKeys', { Days: 1 })).Keys).toEqual([])
    expect((await world.as('bob').call('ListUnusedKeys', { Days: 90 })).Keys.length).toBeGreaterThan(0)
    expect((await world.as('stranger').refusal('ListUnusedKeys', { Days: 1 })).code).toBe(
      'AccessDeniedException',
    )
  })
})
