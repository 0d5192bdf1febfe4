/** AWS managed keys: made when first described, then readable and nothing else (facts §16). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MANAGED_ALIASES } from '#lib/domain/aws-managed.ts'
import { ACCOUNT, base64, openWorld, REGION, type World } from '#lib/testing/world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world?.close())

const admin = () => world.as('admin')
const first = async (KeyId: string) => (await admin().call('DescribeKey', { KeyId })).KeyMetadata
const user = `arn:aws:iam::${ACCOUNT}:user/admin`

describe('a predefined alias', () => {
  it('has a key once somebody who may has described it, and keeps it', async () => {
    const key = await first('alias/aws/s3')
    expect(key).toMatchObject({
      KeyManager: 'AWS',
      KeyState: 'Enabled',
      KeySpec: 'SYMMETRIC_DEFAULT',
      MultiRegion: false,
      Origin: 'AWS_KMS',
      Description: expect.stringContaining('S3'),
    })
    expect((await first('alias/aws/s3')).KeyId).toBe(key.KeyId)
    expect((await first(`arn:aws:kms:${REGION}:${ACCOUNT}:alias/aws/s3`)).KeyId).toBe(key.KeyId)
    const created = (await world.events('CreateKey')).filter(({ resources }) => resources[0]?.ARN === key.Arn)
    expect(created).toMatchObject([{ eventType: 'AwsServiceEvent', awsRegion: REGION }])
  })

  it('described by many at once has one key', async () => {
    const keys = await Promise.all([1, 2, 3, 4].map(() => first('alias/aws/sqs')))
    expect(new Set(keys.map((key) => key.KeyId)).size).toBe(1)
  })

  it.each([
    ['of a service that has none', 'alias/aws/none', 'admin', 'NotFoundException'],
    ['described by someone who may not', 'alias/aws/rds', 'stranger', 'AccessDeniedException'],
    [
      'of another account',
      `arn:aws:kms:${REGION}:${ACCOUNT}:alias/aws/rds`,
      'outsider',
      'AccessDeniedException',
    ],
  ])('%s gets none', async (_, KeyId, name, code) => {
    expect((await world.as(name).refusal('DescribeKey', { KeyId })).code).toBe(code)
    expect(await world.sql(`SELECT FROM keyhouse.alias WHERE name LIKE '%/aws/rds'`)).toEqual([])
  })
})

describe('an AWS managed key', () => {
  it('rotates every year, for ever', async () => {
    const { KeyId, CurrentKeyMaterialId } = await first('alias/aws/ebs')
    expect(await admin().call('GetKeyRotationStatus', { KeyId })).toMatchObject({
      KeyRotationEnabled: true,
      RotationPeriodInDays: 365,
    })
    await world.advance({ days: 366 })
    expect((await first('alias/aws/ebs')).CurrentKeyMaterialId).not.toBe(CurrentKeyMaterialId)
  })

  it('has the policy of its service', async () => {
    const { KeyId } = await first('alias/aws/ebs')
    const { Id, Statement } = JSON.parse((await admin().call('GetKeyPolicy', { KeyId })).Policy)
    expect(Id).toMatch(/^auto-ebs-\d$/)
    expect(Statement[0]).toMatchObject({
      Principal: { AWS: '*' },
      Condition: {
        StringEquals: { 'kms:CallerAccount': ACCOUNT, 'kms:ViaService': `ec2.${REGION}.amazonaws.com` },
      },
    })
    expect(Statement[1].Principal).toEqual({ AWS: `arn:aws:iam::${ACCOUNT}:root` })
  })

  it.each([['ListGrants'], ['ListKeyPolicies'], ['ListResourceTags'], ['ListKeyRotations']])(
    'answers %s',
    async (operation) => {
      const { KeyId } = await first('alias/aws/s3')
      await admin().call(operation, { KeyId })
    },
  )

  it.each<[string, object]>([
    ['Encrypt', { Plaintext: base64('x') }],
    ['GenerateDataKey', { KeySpec: 'AES_256' }],
    ['ScheduleKeyDeletion', {}],
    ['DisableKey', {}],
    ['EnableKeyRotation', {}],
    ['DisableKeyRotation', {}],
    ['RotateKeyOnDemand', {}],
    ['UpdateKeyDescription', { Description: 'mine' }],
    ['PutKeyPolicy', { Policy: '{}' }],
    ['TagResource', { Tags: [{ TagKey: 'a', TagValue: 'b' }] }],
    ['CreateGrant', { GranteePrincipal: user, Operations: ['Decrypt'] }],
  ])('refuses %s to an administrator, and to the root', async (operation, input) => {
    const { KeyId } = await first('alias/aws/s3')
    for (const name of ['admin', 'root'])
      expect((await world.as(name).refusal(operation, { KeyId, ...input })).code).toBe(
        'AccessDeniedException',
      )
  })

  it('takes no alias of the account', async () => {
    const { KeyId } = await first('alias/aws/s3')
    const mine = (await admin().call('CreateKey')).KeyMetadata.KeyId
    await admin().call('CreateAlias', { AliasName: 'alias/mine', TargetKeyId: mine })
    for (const [operation, AliasName] of [
      ['CreateAlias', 'alias/more'],
      ['UpdateAlias', 'alias/mine'],
    ] as const)
      expect((await admin().refusal(operation, { AliasName, TargetKeyId: KeyId })).code).toBe(
        'AccessDeniedException',
      )
    await admin().call('DeleteAlias', { AliasName: 'alias/mine' })
  })
})

describe('lists', () => {
  type Entry = { AliasName: string; TargetKeyId?: string; CreationDate?: Date }

  async function allAliases(Limit: number): Promise<Entry[]> {
    const found: Entry[] = []
    let Marker: string | undefined
    do {
      const page = await admin().call('ListAliases', { Limit, ...(Marker && { Marker }) })
      expect(page.Aliases.length).toBeLessThanOrEqual(Limit)
      found.push(...page.Aliases)
      Marker = page.NextMarker
    } while (Marker)
    return found
  }

  it.each([1, 7, 100])('of aliases have each predefined one once, in pages of %i', async (limit) => {
    const { KeyId } = await first('alias/aws/s3')
    const key = (await admin().call('CreateKey')).KeyMetadata.KeyId
    const own = ['alias/a', 'alias/aws-like', 'alias/awt', 'alias/z']
    for (const AliasName of own) await admin().call('CreateAlias', { AliasName, TargetKeyId: key })
    const all = await allAliases(limit)
    expect(all.map((entry) => entry.AliasName)).toEqual([...own, ...MANAGED_ALIASES].sort())
    expect(all.find((entry) => entry.AliasName === 'alias/aws/s3')?.TargetKeyId).toBe(KeyId)
    expect(all.find((entry) => entry.AliasName === 'alias/aws/rds')).toEqual({
      AliasName: 'alias/aws/rds',
      AliasArn: `arn:aws:kms:${REGION}:${ACCOUNT}:alias/aws/rds`,
    })
    expect((await admin().call('ListAliases', { KeyId: key })).Aliases).toHaveLength(own.length)
    for (const AliasName of own) await admin().call('DeleteAlias', { AliasName })
  })

  it('of keys have the keys that exist, and SearchKeys has them when asked for', async () => {
    const { KeyId } = await first('alias/aws/s3')
    const { Keys } = await admin().call('ListKeys')
    expect(Keys.map((key: { KeyId: string }) => key.KeyId)).toContain(KeyId)
    const ids = async (input: object) =>
      (await admin().call('SearchKeys', input)).Keys.map((key: { id: string }) => key.id)
    expect(await ids({ Manager: 'AWS' })).toContain(KeyId)
    expect(await ids({})).not.toContain(KeyId)
    expect(await ids({ Manager: 'AWS', Filter: 'alias:aws/s3' })).toEqual([KeyId])
  })
})

describe('UpdateAlias', () => {
  it.each([
    ['another class', { KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' }, {}],
    [
      'another usage',
      { KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT_DECRYPT' },
      { KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY' },
    ],
    ['asymmetric from symmetric of the same usage', {}, { KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT_DECRYPT' }],
  ])('refuses a key of %s', async (_, from, to) => {
    const create = async (input: object) => (await admin().call('CreateKey', input)).KeyMetadata.KeyId
    const [old, next] = [await create(from), await create(to)]
    await admin().call('CreateAlias', { AliasName: 'alias/kind', TargetKeyId: old })
    const refusal = await admin().refusal('UpdateAlias', { AliasName: 'alias/kind', TargetKeyId: next })
    expect(refusal.code).toBe('ValidationException')
    expect(refusal.message).toContain('Alias alias/kind cannot be changed')
    await admin().call('DeleteAlias', { AliasName: 'alias/kind' })
  })

  it('admits another spec of the same class and usage', async () => {
    const create = async (KeySpec: string) =>
      (await admin().call('CreateKey', { KeySpec, KeyUsage: 'SIGN_VERIFY' })).KeyMetadata.KeyId
    const [old, next] = [await create('ECC_NIST_P256'), await create('ECC_NIST_EDWARDS25519')]
    await admin().call('CreateAlias', { AliasName: 'alias/curve', TargetKeyId: old })
    await admin().call('UpdateAlias', { AliasName: 'alias/curve', TargetKeyId: next })
    expect((await first('alias/curve')).KeyId).toBe(next)
  })
})
