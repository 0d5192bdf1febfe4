/** ListGrants and ListRetirableGrants. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { grantTools, OUTSIDER, ROOT, STRANGER, userOf } from '#lib/testing/grants.ts'
import { type Answer, openWorld, type World } from '#lib/testing/world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world?.close())

const { newKey, give, list, outcome } = grantTools(() => world)

describe('ListGrants', () => {
  it('shows a grant as AWS does', async () => {
    const { KeyId, Arn } = await newKey()
    const { GrantId } = await give(KeyId, { RetiringPrincipal: userOf('bob'), Name: 'orders' })
    const [plain] = [await give(KeyId)]
    const [first, second] = await list(KeyId)
    expect(first).toEqual({
      KeyId: Arn,
      GrantId,
      Name: 'orders',
      CreationDate: expect.any(Date),
      GranteePrincipal: STRANGER,
      RetiringPrincipal: userOf('bob'),
      IssuingAccount: ROOT,
      Operations: ['Encrypt'],
    })
    expect(second).toMatchObject({ GrantId: plain?.GrantId, Name: '' })
    expect(Object.keys(second ?? {})).not.toContain('Constraints')
  })

  it('filters by grant and by grantee', async () => {
    const { KeyId } = await newKey()
    const { GrantId } = await give(KeyId)
    await give(KeyId, { GranteePrincipal: userOf('carol') })
    expect((await list(KeyId, { GrantId })).map((one) => one.GrantId)).toEqual([GrantId])
    expect(await list(KeyId, { GrantId: 'f'.repeat(64) })).toEqual([])
    expect(await list(KeyId, { GranteePrincipal: userOf('carol') })).toHaveLength(1)
    expect(await list(KeyId, { GranteePrincipal: userOf('bob') })).toEqual([])
    expect(await outcome('admin', 'ListGrants', { KeyId, GrantId: 'x' })).toBe('InvalidGrantIdException')
    expect(await outcome('admin', 'ListGrants', { KeyId, GranteeServicePrincipal: 's3.amazonaws.com' })).toBe(
      'ValidationException',
    )
  })

  it('pages through all of them once', async () => {
    const { KeyId } = await newKey()
    const made = await Promise.all(Array.from({ length: 7 }, () => give(KeyId)))
    const found: string[] = []
    let Marker: string | undefined
    do {
      const page = await world.as('admin').call('ListGrants', { KeyId, Limit: 3, Marker })
      found.push(...page.Grants.map((one: Answer) => one.GrantId))
      expect(page.Truncated).toBe(page.NextMarker !== undefined)
      Marker = page.NextMarker
    } while (Marker)
    expect(found.sort()).toEqual(made.map((one) => one.GrantId).sort())
    const other = await newKey()
    const { NextMarker } = await world.as('admin').call('ListGrants', { KeyId, Limit: 1 })
    expect(await outcome('admin', 'ListGrants', { KeyId: other.KeyId, Marker: NextMarker })).toBe(
      'InvalidMarkerException',
    )
    expect(await outcome('admin', 'ListGrants', { KeyId, Limit: 101 })).toBe('ValidationException')
  })
})

describe('ListRetirableGrants', () => {
  it('finds grants on every key of the Region, also of other accounts', async () => {
    const bob = userOf('bob')
    const ours = await newKey()
    const theirs = (await world.as('outsider').call('CreateKey')).KeyMetadata
    const elsewhere = (await world.as('admin', 'us-east-1').call('CreateKey')).KeyMetadata
    const before = (await world.as('admin').call('ListRetirableGrants', { RetiringPrincipal: bob })).Grants
      .length
    const first = await give(ours.KeyId, { RetiringPrincipal: bob })
    await give(ours.KeyId)
    const second = await give(theirs.KeyId, { RetiringPrincipal: bob }, 'outsider')
    await world.as('admin', 'us-east-1').call('CreateGrant', {
      KeyId: elsewhere.KeyId,
      GranteePrincipal: STRANGER,
      RetiringPrincipal: bob,
      Operations: ['Encrypt'],
    })
    const { Grants } = await world.as('admin').call('ListRetirableGrants', { RetiringPrincipal: bob })
    expect(Grants.slice(before).map((one: Answer) => [one.KeyId, one.GrantId])).toEqual([
      [ours.Arn, first.GrantId],
      [theirs.Arn, second.GrantId],
    ])
  })

  it.each([
    ['a principal of another account', 'admin', { RetiringPrincipal: OUTSIDER }, 'InvalidArnException'],
    ['nobody', 'admin', {}, 'ValidationException'],
    ['a service', 'admin', { RetiringServicePrincipal: 's3.amazonaws.com' }, 'ValidationException'],
    ['without permission', 'stranger', { RetiringPrincipal: STRANGER }, 'AccessDeniedException'],
  ])('refuses %s', async (_, name, input, code) => {
    expect(await outcome(name, 'ListRetirableGrants', input)).toBe(code)
  })
})
