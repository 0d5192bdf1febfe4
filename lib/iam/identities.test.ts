import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ACCOUNT_ID } from '#lib/domain/account.ts'
import { passwordFault } from '#lib/domain/password-rules.ts'
import { administratorPolicy, SAMPLE_PEOPLE, SAMPLE_ROLES, trustPolicy } from '#lib/domain/sample.ts'
import { checkIdentityPolicy, checkTrustPolicy } from '#lib/policy/check.ts'
import { ACCOUNT, OTHER_ACCOUNT, openWorld, type World } from '#lib/testing/world.ts'
import { changeIdentities } from './change-identities.ts'
import { createAccessKey, draftAccessKey } from './create-access-key.ts'
import { createUser, draftUser } from './create-user.ts'
import { newAccessKeyId, newAccessKeySecret, newAccountId, newPassword, newUserId } from './identifiers.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

const epoch = async (account: string) =>
  BigInt((await world.sql(`SELECT epoch FROM keyhouse.account WHERE id = $1`, [account]))[0]?.epoch)

describe('ids and secrets', () => {
  it.each([
    ['a user', newUserId, /^AIDA[A-Z2-7]{17}$/],
    ['an access key', newAccessKeyId, /^AKIA[A-Z2-7]{16}$/],
    ['a secret', newAccessKeySecret, /^[A-Za-z0-9+/]{40}$/],
    ['an account', newAccountId, ACCOUNT_ID],
    ['a password', newPassword, /^[a-z2-7]{5}(-[a-z2-7]{5}){3}$/],
  ])('of %s have AWS’s shape and never come twice', (_, make, shape) => {
    const made = Array.from({ length: 500 }, () => make())
    for (const text of made) expect(text).toMatch(shape)
    expect(new Set(made).size).toBe(500)
  })

  it('for people keep the rules for passwords', () => {
    for (let i = 0; i < 100; i++) expect(passwordFault(newPassword())).toBeUndefined()
  })
})

describe('the policies Keyhouse writes itself', () => {
  it.each([{ name: 'administrator', policy: administratorPolicy }, ...SAMPLE_PEOPLE, ...SAMPLE_ROLES])(
    'for $name are fine',
    ({ policy }) => {
      expect(checkIdentityPolicy(policy)).toBeNull()
    },
  )

  it('let a role be assumed', () => {
    const surroundings = { partition: 'aws', principalExists: () => true }
    expect(checkTrustPolicy(trustPolicy(`arn:aws:iam::${ACCOUNT}:user/bob`), surroundings)).toBeNull()
  })

  it('let none of the sample people use kms:*, nor anything of cryptography', () => {
    for (const { policy } of [...SAMPLE_PEOPLE, ...SAMPLE_ROLES])
      expect(policy).not.toMatch(/kms:\*|Encrypt|Decrypt|DataKey|"\*"(?=[,\s]*"Resource)/)
  })
})

describe('an access key', () => {
  it('opens only as the row it was sealed for', async () => {
    const alice = world.as('alice')
    const { identities } = world.engine.services
    expect(await identities.byAccessKey(alice.accessKey.id)).toBeDefined()
    identities.drop(ACCOUNT)
    await world.sql(
      `UPDATE keyhouse.access_key SET secret_sealed = (SELECT secret_sealed FROM keyhouse.access_key WHERE id = $1) WHERE id = $2`,
      [world.as('bob').accessKey.id, alice.accessKey.id],
    )
    await expect(identities.byAccessKey(alice.accessKey.id)).rejects.toThrow()
  })

  it('is one of two at most, however many ask at once', async () => {
    const { database, domainKeys } = world.engine.services
    const owner = { account: ACCOUNT, principal: world.as('carol').principal.id }
    const drafts = await Promise.all(Array.from({ length: 4 }, () => draftAccessKey(domainKeys, owner)))
    const results = await Promise.allSettled(
      drafts.map((draft) => database.transaction((rows) => createAccessKey(rows, draft))),
    )
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  it('may be given, for a seed', async () => {
    const pair = { id: 'AKIAIOSFODNN7EXAMPLE', secret: 'wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY01' }
    const draft = await draftAccessKey(
      world.engine.services.domainKeys,
      { account: ACCOUNT, principal: ACCOUNT },
      pair,
    )
    expect(draft.pair).toEqual(pair)
    expect(Buffer.from(draft.row.secretSealed).includes(pair.secret)).toBe(false)
  })
})

describe('a user', () => {
  it('with a policy nobody can understand is not made', async () => {
    const policies = [{ name: 'odd', document: '{"Version":"2012-10-17","Statement":[{"Effect":"Maybe"}]}' }]
    await expect(
      draftUser({ account: ACCOUNT, name: 'odd', password: undefined, policies }),
    ).rejects.toMatchObject({
      code: 'MalformedPolicyDocumentException',
      message: expect.stringContaining('Policy odd of odd: '),
    })
  })

  it('has a name that differs from others by more than case', async () => {
    const twin = await draftUser({ account: ACCOUNT, name: 'ALICE', password: undefined, policies: [] })
    await expect(
      world.engine.services.database.transaction((rows) => createUser(rows, twin)),
    ).rejects.toThrow()
  })
})

describe('a change of identities', () => {
  it('moves the epoch of the accounts it touches, and of no other', async () => {
    const before = [await epoch(ACCOUNT), await epoch(OTHER_ACCOUNT)] as const
    await changeIdentities(world.engine.services, [ACCOUNT], async () => {})
    expect(await epoch(ACCOUNT)).toBe(before[0] + 1n)
    expect(await epoch(OTHER_ACCOUNT)).toBe(before[1])
  })

  it('that fails changes nothing', async () => {
    const before = await epoch(ACCOUNT)
    const user = await draftUser({ account: ACCOUNT, name: 'half', password: undefined, policies: [] })
    const failing = changeIdentities(world.engine.services, [ACCOUNT], async (rows) => {
      await createUser(rows, user)
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    expect(await epoch(ACCOUNT)).toBe(before)
    expect(await world.sql(`SELECT 1 FROM keyhouse.principal WHERE name = 'half'`)).toEqual([])
  })
})

describe('GetCallerIdentity', () => {
  it.each(['stranger', 'root', 'outsider'])('answers %s', async (name) => {
    const person = world.as(name)
    const { id, account, arn } = person.principal
    expect(await person.call('GetCallerIdentity')).toEqual({ UserId: id, Account: account, Arn: arn })
  })
})
