import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { letUser, newUser } from '#lib/testing/iam.ts'
import { ACCOUNT, openWorld, type World } from '#lib/testing/world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world?.close())

const allow = (AWS: string | string[], Action: string) => ({
  Effect: 'Allow',
  Principal: { AWS },
  Action,
  Resource: '*',
})
async function keyWith(...Statement: object[]): Promise<string> {
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement })
  const input = { Policy, BypassPolicyLockoutSafetyCheck: true }
  return (await world.as('admin').call('CreateKey', input)).KeyMetadata.KeyId
}
const READ = allow(`arn:aws:iam::${ACCOUNT}:user/admin`, 'kms:GetKeyPolicy')
const namings = (PrincipalArn: string) => world.as('admin').call('ListNamings', { PrincipalArn })

describe('ListNamings', () => {
  it('tells the keys that name a user, and who else could change their policies', async () => {
    const { arn, id } = await newUser(world, 'dana')
    const lost = await keyWith(READ, allow(arn, 'kms:*'))
    const kept = await keyWith(READ, allow(arn, 'kms:*'), allow(`arn:aws:iam::${ACCOUNT}:root`, 'kms:*'))
    const other = await keyWith(
      READ,
      allow(arn, 'kms:*'),
      allow(`arn:aws:iam::${ACCOUNT}:user/alice`, 'kms:*'),
    )
    await keyWith(READ)
    const { Keys, PrincipalId, Hidden, More } = await namings(arn)
    expect({ PrincipalId, Hidden, More }).toEqual({ PrincipalId: id, Hidden: 0, More: false })
    const found = Object.fromEntries(
      Keys.map((key: { KeyId: string; OthersInControl: string }) => [key.KeyId, key.OthersInControl]),
    )
    expect(found).toEqual({ [lost]: 'nobody', [kept]: 'several', [other]: 'one' })
  })

  it('counts the grants to it, and the roles that trust it', async () => {
    const { arn } = await newUser(world, 'emil')
    const { KeyMetadata } = await world.as('admin').call('CreateKey')
    await world.as('admin').call('CreateGrant', {
      KeyId: KeyMetadata.KeyId,
      GranteePrincipal: arn,
      Operations: ['Decrypt'],
    })
    const trust = { Effect: 'Allow', Principal: { AWS: arn }, Action: 'sts:AssumeRole' }
    await world.as('admin').call('CreateRole', {
      RoleName: 'emils',
      AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [trust] }),
    })
    const { Keys, Roles } = await namings(arn)
    expect(Keys).toMatchObject([{ KeyId: KeyMetadata.KeyId, InPolicy: false, Grants: 1 }])
    expect(Roles).toEqual(['emils'])
  })

  it('says of keys whose policy may not be read only how many there are', async () => {
    const { arn } = await newUser(world, 'finn')
    await keyWith(allow(arn, 'kms:*'))
    expect(await namings(arn)).toMatchObject({ Keys: [], Hidden: 1 })
  })

  it('is for those who may simulate the principal', async () => {
    const { arn } = await newUser(world, 'gina')
    const nosy = await newUser(world, 'nosy')
    await letUser(world, 'nosy', 'kms:GetKeyPolicy')
    expect((await nosy.refusal('ListNamings', { PrincipalArn: arn })).code).toBe('AccessDeniedException')
  })
})
