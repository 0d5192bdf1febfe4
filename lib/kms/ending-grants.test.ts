/** Revoking and retiring grants: who may, what is left, and that no engine goes on (facts §9.6, R52). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { callsOn } from '#lib/testing/elsewhere.ts'
import { grantTools, OUTSIDER, PLAINTEXT, ROOT, STRANGER, userOf } from '#lib/testing/grants.ts'
import { ACCOUNT, type Answer, OTHER_ACCOUNT, openWorld, type World } from '#lib/testing/world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world?.close())

const UNKNOWN = 'f'.repeat(64)
const { newKey, give, list, outcome, encrypts } = grantTools(() => world)
const count = async (KeyId: string) => (await list(KeyId)).length

describe('RevokeGrant', () => {
  it('takes the permission away at once, and is logged', async () => {
    const { KeyId, Arn } = await newKey()
    const { GrantId } = await give(KeyId)
    expect(await encrypts('stranger', KeyId)).toBe('yes')
    expect(await outcome('admin', 'RevokeGrant', { KeyId, GrantId })).toBe('yes')
    const { record } = await world.lastEvent()
    expect(record).toMatchObject({
      eventName: 'RevokeGrant',
      requestParameters: { keyId: KeyId, grantId: GrantId },
      responseElements: null,
      resources: [{ ARN: Arn }],
    })
    expect(await encrypts('stranger', KeyId)).toBe('AccessDeniedException')
    expect(await count(KeyId)).toBe(0)
  })

  it.each([
    ['a grant that is not there', 'admin', UNKNOWN, 'NotFoundException'],
    ['what is no grant id', 'admin', 'x', 'InvalidGrantIdException'],
    ['upper case', 'admin', 'F'.repeat(64), 'InvalidGrantIdException'],
    ['somebody without permission', 'bob', UNKNOWN, 'AccessDeniedException'],
    ['the grantee', 'stranger', undefined, 'AccessDeniedException'],
    ['another account', 'outsider', undefined, 'AccessDeniedException'],
  ])('refuses %s', async (_, name, id, code) => {
    const { KeyId, Arn } = await newKey()
    const { GrantId } = await give(KeyId, {
      Operations: ['Encrypt', 'RetireGrant'],
      RetiringPrincipal: OUTSIDER,
    })
    expect(await outcome(name, 'RevokeGrant', { KeyId: Arn, GrantId: id ?? GrantId })).toBe(code)
    expect(await count(KeyId)).toBe(1)
  })

  it('refuses the grant of another key', async () => {
    const [own, other] = [await newKey(), await newKey()]
    const { GrantId } = await give(other.KeyId)
    expect(await outcome('admin', 'RevokeGrant', { KeyId: own.KeyId, GrantId })).toBe('NotFoundException')
    expect(await count(other.KeyId)).toBe(1)
  })

  it('does nothing in a dry run', async () => {
    const { KeyId } = await newKey()
    const { GrantId } = await give(KeyId)
    const input = { KeyId, GrantId, DryRun: true }
    expect(await outcome('admin', 'RevokeGrant', input)).toBe('DryRunOperationException')
    expect(await outcome('admin', 'RevokeGrant', { ...input, GrantId: UNKNOWN })).toBe('NotFoundException')
    expect(await count(KeyId)).toBe(1)
  })

  it.each(['DisableKey', 'ScheduleKeyDeletion'])('works after %s', async (operation) => {
    const { KeyId } = await newKey()
    const { GrantId } = await give(KeyId)
    await world.as('admin').call(operation, { KeyId })
    expect(await outcome('admin', 'RevokeGrant', { KeyId, GrantId })).toBe('yes')
  })

  it('leaves the children of a grant in force', async () => {
    const { KeyId } = await newKey()
    const { GrantId } = await give(KeyId, { Operations: ['CreateGrant', 'Encrypt'] })
    const child = { KeyId, GranteePrincipal: userOf('carol'), Operations: ['Encrypt'] }
    await world.as('stranger').call('CreateGrant', child)
    await world.as('admin').call('RevokeGrant', { KeyId, GrantId })
    expect(await outcome('stranger', 'CreateGrant', child)).toBe('AccessDeniedException')
    expect(await encrypts('carol', KeyId)).toBe('yes')
  })
})

describe('who may retire a grant', () => {
  const byCarol = { GranteePrincipal: userOf('carol'), RetiringPrincipal: userOf('bob') }
  const within = { Operations: ['Encrypt', 'RetireGrant'] }
  it.each<[string, object, string, string]>([
    ['its retiring principal', byCarol, 'bob', 'yes'],
    ['its grantee, where it says so', { ...byCarol, ...within }, 'carol', 'yes'],
    ['its grantee, where it does not', byCarol, 'carol', 'AccessDeniedException'],
    ['the root user of the account that made it', byCarol, 'root', 'yes'],
    ['an identity of that account with kms:RetireGrant', byCarol, 'admin', 'yes'],
    ['an identity of that account without', byCarol, 'stranger', 'AccessDeniedException'],
    ['a retiring principal of another account', { RetiringPrincipal: OUTSIDER }, 'outsider', 'yes'],
    ['a grantee of another account', { GranteePrincipal: OUTSIDER, ...within }, 'outsider', 'yes'],
    [
      'an identity of the retiring account with kms:RetireGrant',
      { RetiringPrincipal: `arn:aws:iam::${OTHER_ACCOUNT}:root` },
      'outsider',
      'yes',
    ],
    ['another account that it does not name', byCarol, 'outsider', 'AccessDeniedException'],
    [
      'somebody whom it does not name',
      { RetiringPrincipal: userOf('carol') },
      'bob',
      'AccessDeniedException',
    ],
  ])('%s', async (_, grant, name, expected) => {
    const { KeyId, Arn } = await newKey()
    const byId = await give(KeyId, grant)
    const byToken = await give(KeyId, grant)
    expect(await outcome(name, 'RetireGrant', { KeyId: Arn, GrantId: byId.GrantId })).toBe(expected)
    expect(await outcome(name, 'RetireGrant', { GrantToken: byToken.GrantToken })).toBe(expected)
    expect(await count(KeyId)).toBe(expected === 'yes' ? 0 : 2)
  })

  const policyWith = (...more: object[]) => {
    const root = { Effect: 'Allow', Principal: { AWS: ROOT }, Action: 'kms:*', Resource: '*' }
    return JSON.stringify({ Version: '2012-10-17', Statement: [root, ...more] })
  }
  const to = { Principal: { AWS: userOf('bob') }, Action: 'kms:RetireGrant', Resource: '*' }
  it.each([
    ['a key policy that allows it has no effect', { ...to, Effect: 'Allow' }, {}],
    ['a key policy that denies it has', { ...to, Effect: 'Deny' }, { RetiringPrincipal: userOf('bob') }],
  ])('%s', async (_, statement, grant) => {
    const { KeyId, Arn } = await newKey({ Policy: policyWith(statement) })
    const { GrantId } = await give(KeyId, grant)
    expect(await outcome('bob', 'RetireGrant', { KeyId: Arn, GrantId })).toBe('AccessDeniedException')
    expect(await count(KeyId)).toBe(1)
  })

  it('does not include the key’s own account where another made the grant', async () => {
    const { KeyId, Arn } = await newKey()
    await give(KeyId, { GranteePrincipal: OUTSIDER, Operations: ['CreateGrant', 'Encrypt'] })
    const { GrantId } = await world
      .as('outsider')
      .call('CreateGrant', { KeyId: Arn, GranteePrincipal: STRANGER, Operations: ['Encrypt'] })
    expect(await outcome('admin', 'RetireGrant', { KeyId: Arn, GrantId })).toBe('AccessDeniedException')
    expect(await outcome('outsider', 'RetireGrant', { KeyId: Arn, GrantId })).toBe('yes')
  })
})

describe('RetireGrant', () => {
  it('is logged with the grant, and without the token', async () => {
    const { KeyId, Arn } = await newKey()
    const byToken = await give(KeyId)
    await world.as('admin').call('RetireGrant', { GrantToken: byToken.GrantToken })
    const { record, decision } = await world.lastEvent()
    expect(record).toMatchObject({
      eventName: 'RetireGrant',
      requestParameters: null,
      responseElements: null,
      additionalEventData: { grantId: byToken.GrantId },
      resources: [{ ARN: Arn }],
    })
    expect(JSON.stringify(record)).not.toContain(byToken.GrantToken)
    expect(decision?.decisions[0]).toMatchObject({ grant: { id: byToken.GrantId, operation: 'RetireGrant' } })
    const byId = await give(KeyId)
    await world.as('admin').call('RetireGrant', { KeyId: Arn, GrantId: byId.GrantId })
    expect((await world.lastEvent()).record).toMatchObject({
      requestParameters: { keyId: Arn, grantId: byId.GrantId },
      additionalEventData: { grantId: byId.GrantId },
    })
  })

  const arnOf = (KeyId: string) => `arn:aws:kms:eu-west-1:${ACCOUNT}:key/${KeyId}`
  const ABSENT = arnOf('00000000-0000-4000-8000-000000000000')
  it.each<[string, string, (made: Answer) => object, string]>([
    ['nothing', 'admin', () => ({}), 'ValidationException'],
    ['a key without a grant', 'admin', ({ Arn }) => ({ KeyId: Arn }), 'ValidationException'],
    ['a grant without a key', 'admin', ({ GrantId }) => ({ GrantId }), 'ValidationException'],
    [
      'both forms',
      'admin',
      ({ Arn, GrantId, GrantToken }) => ({ KeyId: Arn, GrantId, GrantToken }),
      'ValidationException',
    ],
    ['a key id that is no ARN', 'admin', ({ KeyId, GrantId }) => ({ KeyId, GrantId }), 'InvalidArnException'],
    [
      'an alias',
      'admin',
      ({ Arn, GrantId }) => ({ KeyId: Arn.replace(/key\/.*/, 'alias/x'), GrantId }),
      'InvalidArnException',
    ],
    ['what is no grant id', 'admin', ({ Arn }) => ({ KeyId: Arn, GrantId: 'x' }), 'InvalidGrantIdException'],
    [
      'a grant that is not there',
      'admin',
      ({ Arn }) => ({ KeyId: Arn, GrantId: UNKNOWN }),
      'NotFoundException',
    ],
    ['a key that is not there', 'admin', ({ GrantId }) => ({ KeyId: ABSENT, GrantId }), 'NotFoundException'],
    [
      'of another account, a grant that is not there',
      'outsider',
      ({ Arn }) => ({ KeyId: Arn, GrantId: UNKNOWN }),
      'AccessDeniedException',
    ],
    [
      'of another account, a key that is not there',
      'outsider',
      () => ({ KeyId: ABSENT, GrantId: UNKNOWN }),
      'AccessDeniedException',
    ],
    ['what is no token', 'admin', () => ({ GrantToken: 'AQAA' }), 'InvalidGrantTokenException'],
    ['a dry run', 'admin', ({ GrantToken }) => ({ GrantToken, DryRun: true }), 'DryRunOperationException'],
  ])('refuses %s', async (_, name, input, code) => {
    const { KeyId, Arn } = await newKey()
    const made = { ...(await give(KeyId)), KeyId, Arn }
    expect(await outcome(name, 'RetireGrant', input(made))).toBe(code)
    expect(await count(KeyId)).toBe(1)
  })

  it('says the same of a foreign key that is there and of one that is not', async () => {
    const { Arn } = await newKey()
    const [there, absent] = await Promise.all(
      [Arn, ABSENT].map((KeyId) => world.as('outsider').refusal('RetireGrant', { KeyId, GrantId: UNKNOWN })),
    )
    expect(there?.message.replace(Arn, '')).toBe(absent?.message.replace(ABSENT, ''))
  })

  it('refuses a grant that is gone, by its token and by its id', async () => {
    const { KeyId, Arn } = await newKey()
    const { GrantId, GrantToken } = await give(KeyId)
    await world.as('admin').call('RetireGrant', { GrantToken })
    expect(await outcome('admin', 'RetireGrant', { GrantToken })).toBe('InvalidGrantTokenException')
    expect(await outcome('admin', 'RetireGrant', { KeyId: Arn, GrantId })).toBe('NotFoundException')
  })

  it('refuses a token in another Region', async () => {
    const { KeyId } = await newKey()
    const { GrantToken } = await give(KeyId)
    const refusal = await world.as('admin', 'us-east-1').refusal('RetireGrant', { GrantToken })
    expect(refusal.code).toBe('InvalidGrantTokenException')
  })

  it('happens once, however many ask at once', async () => {
    const { KeyId, Arn } = await newKey()
    const { GrantId } = await give(KeyId)
    const engines = [world.engine, await world.another()]
    const outcomes = await Promise.all(
      Array.from({ length: 6 }, (_, n) =>
        callsOn(engines[n % 2] ?? world.engine, world.as('admin')).refused('RetireGrant', {
          KeyId: Arn,
          GrantId,
        }),
      ),
    )
    expect(outcomes.filter((refused) => refused === undefined)).toHaveLength(1)
    expect(new Set(outcomes)).toEqual(new Set([undefined, 'NotFoundException']))
  })
})

describe('another engine with warm caches', () => {
  it('permits what was granted here, and nothing once it was revoked', async () => {
    const { KeyId } = await newKey()
    const stranger = callsOn(await world.another(), world.as('stranger'))
    const asked = () => stranger.refused('Encrypt', { KeyId, Plaintext: PLAINTEXT })
    for (let n = 0; n < 20; n++) {
      expect(await asked()).toBe('AccessDeniedException')
      const { GrantId } = await give(KeyId)
      expect(await asked()).toBeUndefined()
      await world.as('admin').call('RevokeGrant', { KeyId, GrantId })
    }
  })

  it('finishes nothing that was asked for after the revocation was acknowledged', async () => {
    const { KeyId } = await newKey()
    const stranger = callsOn(await world.another(), world.as('stranger'))
    let before = 0
    let after = 0
    for (let n = 0; n < 60; n++) {
      const { GrantId } = await give(KeyId)
      let acknowledged = false
      const client = async () => {
        for (let last = false; !last; ) {
          last = acknowledged
          const refusal = await stranger.refused('Encrypt', { KeyId, Plaintext: PLAINTEXT })
          if (last) {
            after++
            expect(refusal).toBe('AccessDeniedException')
          } else if (refusal === undefined) before++
        }
      }
      const revoking = world
        .as('admin')
        .call('RevokeGrant', { KeyId, GrantId })
        .then(() => {
          acknowledged = true
        })
      await Promise.all([client(), client(), revoking])
    }
    expect(after).toBe(120)
    // The two did meet: some uses went through while the revocation was under way.
    expect(before).toBeGreaterThan(0)
  }, 60_000)
})
