/**
 * Two engines on one database, their caches warm. Once a revocation is acknowledged by one, nothing that is asked of the
 * other afterwards succeeds (R52): shown by histories in which both happen at once.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { changeIdentities } from '#lib/iam/change-identities.ts'
import { callsOn, type Elsewhere } from '#lib/testing/elsewhere.ts'
import { histories, type Revocation } from '#lib/testing/revocation-histories.ts'
import { ACCOUNT, openWorld, type World } from '#lib/testing/world.ts'

const USER = `arn:aws:iam::${ACCOUNT}:user/bob`
const ROOT = `arn:aws:iam::${ACCOUNT}:root`

const allow = (AWS: string, ...Action: string[]) => ({
  Effect: 'Allow',
  Principal: { AWS },
  Action,
  Resource: '*',
})
const policyOf = (...statements: object[]) => JSON.stringify({ Version: '2012-10-17', Statement: statements })
const BOB_MAY = policyOf(allow(ROOT, 'kms:*'), allow(USER, 'kms:Encrypt'))
const BOB_MAY_NOT = policyOf(allow(ROOT, 'kms:*'))

let world: World
/** The administrator on the first engine, bob on the second. */
let admin: Elsewhere
let bob: Elsewhere

beforeAll(async () => {
  world = await openWorld()
  const second = await world.another()
  admin = callsOn(world.engine, world.as('admin'))
  bob = callsOn(second, world.as('bob'))
})
afterAll(() => world?.close())

const newKey = async () => (await admin.call('CreateKey', { Policy: BOB_MAY })).KeyMetadata.KeyId as string

const setStatus = (status: 'Active' | 'Inactive') =>
  changeIdentities(world.engine.services, [ACCOUNT], ({ prisma }) =>
    prisma.accessKey.update({ where: { id: world.as('bob').accessKey.id }, data: { status } }),
  )

const disabling: Revocation = {
  revoke: (KeyId) => admin.call('DisableKey', { KeyId }),
  restore: (KeyId) => admin.call('EnableKey', { KeyId }),
}
const policyChange: Revocation = {
  revoke: (KeyId) => admin.call('PutKeyPolicy', { KeyId, Policy: BOB_MAY_NOT }),
  restore: (KeyId) => admin.call('PutKeyPolicy', { KeyId, Policy: BOB_MAY }),
}
const deactivation: Revocation = { revoke: () => setStatus('Inactive'), restore: () => setStatus('Active') }

const encrypt = (KeyId: string) => bob.refused('Encrypt', { KeyId, Plaintext: 'AA==' })

describe('after a revocation on one engine nothing succeeds on another', () => {
  it.each([
    // One access key, so one history at a time.
    ['DisableKey', disabling, { lanes: 6, each: 35 }],
    ['PutKeyPolicy', policyChange, { lanes: 6, each: 35 }],
    ['the deactivation of an access key', deactivation, { lanes: 1, each: 100 }],
  ])(
    '%s',
    async (_, of, size) => {
      const { succeededBefore, refusedAfter, violations } = await histories(
        { newKey, use: encrypt, of },
        size,
      )
      expect(violations).toBe(0)
      expect(refusedAfter).toBe(size.lanes * size.each * 2)
      // The two did meet: some uses went through while the revocation was under way.
      expect(succeededBefore).toBeGreaterThan(0)
    },
    120_000,
  )
})

describe('an engine with an old key in its cache', () => {
  it('decides anew on the key as it is now, and says so', async () => {
    const key = await newKey()
    expect(await encrypt(key)).toBeUndefined()
    await admin.call('DisableKey', { KeyId: key })
    expect(await encrypt(key)).toBe('DisabledException')
    await admin.call('EnableKey', { KeyId: key })
    expect(await encrypt(key)).toBeUndefined()
  })

  it('encrypts under the material that another engine has just made', async () => {
    const key = await newKey()
    const rootOnSecond = callsOn(await world.another(), world.as('admin'))
    const before = (await rootOnSecond.call('GenerateDataKey', { KeyId: key, KeySpec: 'AES_256' }))
      .KeyMaterialId
    await admin.call('RotateKeyOnDemand', { KeyId: key })
    const after = (await rootOnSecond.call('GenerateDataKey', { KeyId: key, KeySpec: 'AES_256' }))
      .KeyMaterialId
    expect(after).not.toBe(before)
  })

  it('follows an alias that another engine moved', async () => {
    const [from, to] = [await newKey(), await newKey()]
    const AliasName = `alias/moving-${from}`
    const second = callsOn(await world.another(), world.as('admin'))
    await admin.call('CreateAlias', { AliasName, TargetKeyId: from })
    expect((await second.call('Encrypt', { KeyId: AliasName, Plaintext: 'AA==' })).KeyId).toContain(from)
    await admin.call('UpdateAlias', { AliasName, TargetKeyId: to })
    expect((await second.call('Encrypt', { KeyId: AliasName, Plaintext: 'AA==' })).KeyId).toContain(to)
    await admin.call('DeleteAlias', { AliasName })
    expect(await second.refused('Encrypt', { KeyId: AliasName, Plaintext: 'AA==' })).toBe('NotFoundException')
  })

  it('takes part in changes: of two at once both happen, one after the other', async () => {
    const key = await newKey()
    const second = callsOn(await world.another(), world.as('admin'))
    const tag = (n: number) => ({ KeyId: key, Tags: [{ TagKey: `tag-${n}`, TagValue: 'x' }] })
    await Promise.all(
      Array.from({ length: 8 }, (_, n) => (n % 2 ? admin : second).call('TagResource', tag(n))),
    )
    expect((await admin.call('ListResourceTags', { KeyId: key })).Tags).toHaveLength(8)
    const [row] = await world.sql('SELECT row_version::int AS version FROM keyhouse.key WHERE id = $1', [key])
    expect(row?.version).toBe(9)
  })
})
