import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Answer, base64, openWorld, type World } from '#lib/testing/world.ts'

let world: World
const keys: string[] = []

beforeAll(async () => {
  world = await openWorld()
  const admin = world.as('admin')
  for (const names of [['payments', 'archive'], ['ledger']]) {
    const { KeyId } = (await admin.call('CreateKey', {})).KeyMetadata
    keys.push(KeyId)
    for (const name of names)
      await admin.call('CreateAlias', { AliasName: `alias/${name}`, TargetKeyId: KeyId })
  }
  await admin.call('Encrypt', { KeyId: 'alias/ledger', Plaintext: base64('x') })
  await admin.call('DescribeKey', { KeyId: 'alias/aws/s3' })
  await world.engine.services.sequencer.catchUp()
})
afterAll(() => world?.close())

const search = (input: object = {}, name = 'carol') => world.as(name).call('SearchAliases', input)
const names = ({ Aliases }: Answer) => Aliases.map(({ AliasName }: Answer) => AliasName)

describe('SearchAliases', () => {
  it('gives each alias with its key, by name, and none of AWS’s own', async () => {
    const found = await search()
    expect(names(found)).toEqual(['alias/archive', 'alias/ledger', 'alias/payments'])
    expect(found).toMatchObject({ Count: 3, CountIsExact: true })
    expect(found.Aliases[1]).toMatchObject({
      TargetKeyId: keys[1],
      KeyState: 'Enabled',
      KeySpec: 'SYMMETRIC_DEFAULT',
      KeyUsage: 'ENCRYPT_DECRYPT',
      CreationDate: expect.any(Date),
      lastUse: { operation: 'Encrypt', actor: world.as('admin').principal.arn, ts: expect.any(Date) },
    })
    expect(found.Aliases[0].lastUse).toBeNull()
  })

  it.each([
    ['part of a name', 'ARCH', ['alias/archive']],
    ['signs that LIKE would read', '100%_', []],
    ['blanks', '  ', ['alias/archive', 'alias/ledger', 'alias/payments']],
  ])('filters by %s', async (_, Words, expected) => {
    const found = await search({ Words })
    expect(names(found)).toEqual(expected)
    expect(found.Count).toBe(expected.length)
  })

  it('pages by name, and its cursor is good for the same words only', async () => {
    const first = await search({ Limit: 2 })
    expect(names(await search({ Limit: 2, Cursor: first.NextCursor }))).toEqual(['alias/payments'])
    const refusal = await world.as('carol').refusal('SearchAliases', { Words: 'a', Cursor: first.NextCursor })
    expect(refusal.code).toBe('InvalidMarkerException')
  })

  it('is refused to someone who may not list aliases, and shows no alias of another account', async () => {
    expect((await world.as('stranger').refusal('SearchAliases')).code).toBe('AccessDeniedException')
    expect(await search({}, 'outsider')).toMatchObject({ Aliases: [], Count: 0 })
  })
})
