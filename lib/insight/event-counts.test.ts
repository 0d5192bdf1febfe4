import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Answer, base64, openWorld, REGION, type World } from '#lib/testing/world.ts'

let world: World
const begin = Date.now() / 1000 - 60

beforeAll(async () => {
  world = await openWorld()
  const admin = world.as('admin')
  const { KeyId } = (await admin.call('CreateKey', {})).KeyMetadata
  await admin.call('CreateAlias', { AliasName: 'alias/payments', TargetKeyId: KeyId })
  for (const tenant of ['acme', 'acme', 'globex']) {
    await admin.call('Encrypt', {
      KeyId: 'alias/payments',
      Plaintext: base64('x'),
      EncryptionContext: { tenant },
    })
  }
  await world.as('bob').refusal('DisableKey', { KeyId })
})
afterAll(() => world.close())

const carol = (operation: string, input: object = {}) => world.as('carol').call(operation, input)
const barsOf = ({ Buckets }: Answer) =>
  Buckets.reduce((sum: number, { Ok, Denied, Error: failed }: Answer) => sum + Ok + Denied + failed, 0)

describe('one look at the log', () => {
  it.each<[string, number]>([
    ['event:Encrypt', 3],
    ['key:alias/payments event:Encrypt', 3],
    ['ctx.tenant:acme', 2],
    ['outcome:denied actor:bob', 1],
    ['(event:CreateKey OR event:CreateAlias)', 2],
    ['event:Sign', 0],
  ])('%s says %d in the list, the count and the bars', async (Filter, expected) => {
    const asked = { Filter, From: begin }
    const list = await carol('SearchEvents', asked)
    expect(list).toMatchObject({ Count: expected, CountIsExact: true })
    expect(list.Events).toHaveLength(expected)
    expect(await carol('CountEvents', asked)).toEqual({ Count: expected, CountIsExact: true })
    expect(barsOf(await carol('EventHistogram', asked))).toBe(expected)
    const { Facets } = await carol('EventFacets', { ...asked, Facet: 'region', Words: '' })
    const { Values } = Facets[0]
    expect(Values).toEqual(expected === 0 ? [] : [{ Value: REGION, Count: expected }])
  })

  it('gives each row its place in the log, which a checkpoint covers in time', async () => {
    const { Events } = await carol('SearchEvents', { Filter: 'event:CreateKey' })
    expect(Events).toMatchObject([{ index: expect.any(Number), signed: expect.any(Boolean) }])
  })

  it('adds one event to the log, not four', async () => {
    const count = async () => (await carol('CountEvents')).Count
    const before = await count()
    await carol('SearchEvents')
    await carol('EventHistogram')
    await carol('EventFacets')
    expect(await count()).toBe(before + 1)
  })
})

describe('a refusal', () => {
  it.each(['SearchEvents', 'CountEvents', 'EventHistogram', 'EventFacets'])('of %s', async (operation) => {
    expect(await world.as('bob').refusal(operation, {})).toMatchObject({ code: 'AccessDeniedException' })
    for (const [input, code, message] of [
      [{ Filter: 'colour:red' }, 'ValidationException', /There is no field colour.*at character 1 of/],
      [{ Filter: '(a' }, 'ValidationException', /not closed \(at character 1 of/],
      [{ Filter: '"abc"', From: begin - 100_000 }, 'ValidationException', /at most 24 hours/],
      [{ From: begin, To: begin - 1 }, 'InvalidTimeRangeException', /must not be after/],
    ] as const) {
      const refusal = await world.as('carol').refusal(operation, input)
      expect(refusal).toMatchObject({ code, message: expect.stringMatching(message) })
    }
  })

  it.each(['SearchEvents', 'CountEvents'])('of a cursor that is none: %s', async (operation) => {
    expect(await world.as('carol').refusal(operation, { Cursor: 'x' })).toMatchObject({
      code: 'InvalidMarkerException',
    })
  })
})

it('stays in its account', async () => {
  const outsider = world.as('outsider')
  expect((await outsider.call('CountEvents', { Filter: 'event:Encrypt' })).Count).toBe(0)
  expect(barsOf(await outsider.call('EventHistogram', { Filter: 'event:Encrypt' }))).toBe(0)
  const { Facets } = await outsider.call('EventFacets', { Facet: 'event', Words: 'Encrypt' })
  expect(Facets[0].Values).toEqual([])
})
