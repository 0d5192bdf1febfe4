import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newUser } from '#lib/testing/iam.ts'
import { type Answer, openWorld, type World } from '#lib/testing/world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world?.close())

const list = (input: object = {}) => world.as('admin').call('ListCredentials', input)

describe('ListCredentials', () => {
  it('has groups, password and access keys of a user, with when each was last used', async () => {
    const hana = await newUser(world, 'hana')
    await world.as('admin').call('CreateGroup', { GroupName: 'payments' })
    await world.as('admin').call('AddUserToGroup', { GroupName: 'payments', UserName: 'hana' })
    const before = (await list({ Words: 'han' })).Users
    expect(before).toMatchObject([
      { UserName: 'hana', Arn: hana.arn, Groups: ['payments'], Password: 'none', SecondFactor: false },
    ])
    expect(before[0].AccessKeys).toMatchObject([{ AccessKeyId: hana.accessKey.id, Status: 'Active' }])
    expect(before[0].AccessKeys[0]).not.toHaveProperty('LastUsed')
    await hana.call('GetCallerIdentity')
    const [after] = (await list({ Words: hana.accessKey.id.toLowerCase() })).Users
    expect(after.AccessKeys[0].LastUsed).toMatchObject({ ServiceName: 'sts' })
    expect(after.LastActive).toBeInstanceOf(Date)
  })

  it('comes in pages by name, each user once', async () => {
    for (const name of ['page-a', 'page-b', 'page-c']) await newUser(world, name)
    const first = await list({ Words: 'page-', MaxItems: 2 })
    const second = await list({ Words: 'page-', MaxItems: 2, Marker: first.Marker })
    const names = [...first.Users, ...second.Users].map(({ UserName }: Answer) => UserName)
    expect(names).toEqual(['page-a', 'page-b', 'page-c'])
    expect([first.Count, first.IsTruncated, second.IsTruncated]).toEqual([3, true, false])
  })

  it('is for those who may read the credential report', async () => {
    const ivo = await newUser(world, 'ivo')
    expect((await ivo.refusal('ListCredentials')).code).toBe('AccessDeniedException')
  })
})
