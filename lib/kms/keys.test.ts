/** Making, describing and ending keys. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ACCOUNT, type Answer, openWorld, type World } from '#lib/testing/world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world?.close())

const admin = () => world.as('admin')
const create = async (input: object = {}): Promise<Answer> =>
  (await admin().call('CreateKey', input)).KeyMetadata

describe('CreateKey', () => {
  it('without anything makes a symmetric key with the default policy', async () => {
    const key = await create()
    expect(key).toMatchObject({
      AWSAccountId: ACCOUNT,
      Description: '',
      Enabled: true,
      EncryptionAlgorithms: ['SYMMETRIC_DEFAULT'],
      KeyManager: 'CUSTOMER',
      KeySpec: 'SYMMETRIC_DEFAULT',
      CustomerMasterKeySpec: 'SYMMETRIC_DEFAULT',
      KeyState: 'Enabled',
      KeyUsage: 'ENCRYPT_DECRYPT',
      MultiRegion: false,
      Origin: 'AWS_KMS',
      CurrentKeyMaterialId: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
    expect(key).not.toHaveProperty('DeletionDate')
    const { Policy } = await admin().call('GetKeyPolicy', { KeyId: key.KeyId })
    expect(JSON.parse(Policy).Id).toBe('key-default-1')
  })

  it('is found in the log by the key it made', async () => {
    const { KeyId, Arn } = await create({ Description: 'found' })
    const [event] = await world.sql(
      `SELECT convert_from(body, 'UTF8')::json AS record FROM audit.event WHERE key_id = $1`,
      [KeyId],
    )
    expect(event?.record).toMatchObject({ eventName: 'CreateKey', resources: [{ ARN: Arn }] })
  })

  it('is answered once for an SDK that sends it twice', async () => {
    const channel = { invocationId: 'a3b1', bodyHash: new Uint8Array(32) }
    const first = await admin().call('CreateKey', {}, channel)
    const second = await admin().call('CreateKey', {}, channel)
    expect(second.KeyMetadata.KeyId).toBe(first.KeyMetadata.KeyId)
    const fresh = await admin().call('CreateKey', {}, { ...channel, invocationId: 'a3b2' })
    expect(fresh.KeyMetadata.KeyId).not.toBe(first.KeyMetadata.KeyId)
  })

  it('sent twice at once makes one key', async () => {
    const channel = { invocationId: 'twins', bodyHash: new Uint8Array(32) }
    const made = await Promise.all([1, 2, 3, 4].map(() => admin().call('CreateKey', {}, channel)))
    expect(new Set(made.map((answer) => answer.KeyMetadata.KeyId)).size).toBe(1)
  })

  it.each([
    ['a spec that does not exist', { KeySpec: 'AES_512' }, 'ValidationException'],
    [
      'a spec that this partition does not have',
      { KeySpec: 'SM2', KeyUsage: 'SIGN_VERIFY' },
      'UnsupportedOperationException',
    ],
    ['an asymmetric spec without a usage', { KeySpec: 'RSA_2048' }, 'ValidationException'],
    ['a usage that the spec does not have', { KeyUsage: 'SIGN_VERIFY' }, 'ValidationException'],
    [
      'both names of the spec',
      { KeySpec: 'SYMMETRIC_DEFAULT', CustomerMasterKeySpec: 'SYMMETRIC_DEFAULT' },
      'ValidationException',
    ],
    [
      'imported material of a spec that takes none',
      { Origin: 'EXTERNAL', KeySpec: 'ML_DSA_44', KeyUsage: 'SIGN_VERIFY' },
      'UnsupportedOperationException',
    ],
    [
      'the same tag twice',
      {
        Tags: [
          { TagKey: 'a', TagValue: '1' },
          { TagKey: 'a', TagValue: '2' },
        ],
      },
      'TagException',
    ],
    ['a reserved tag', { Tags: [{ TagKey: 'aws:a', TagValue: '1' }] }, 'TagException'],
    [
      '51 tags',
      { Tags: Array.from({ length: 51 }, (_, i) => ({ TagKey: `t${i}`, TagValue: '' })) },
      'TagException',
    ],
    ['a policy that is no JSON', { Policy: '{' }, 'MalformedPolicyDocumentException'],
    [
      'a policy of 32,769 bytes',
      { Policy: `{"Version":"2012-10-17","Id":"${'x'.repeat(32_740)}"}` },
      'LimitExceededException',
    ],
    [
      'a policy that locks its writer out',
      {
        Policy: JSON.stringify({
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: { AWS: `arn:aws:iam::${ACCOUNT}:user/bob` },
              Action: 'kms:*',
              Resource: '*',
            },
          ],
        }),
      },
      'MalformedPolicyDocumentException',
    ],
    [
      'a principal that does not exist',
      {
        Policy: JSON.stringify({
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: { AWS: [`arn:aws:iam::${ACCOUNT}:root`, `arn:aws:iam::${ACCOUNT}:user/nobody`] },
              Action: 'kms:*',
              Resource: '*',
            },
          ],
        }),
      },
      'MalformedPolicyDocumentException',
    ],
  ])('refuses %s', async (_, input, code) => {
    expect((await admin().refusal('CreateKey', input)).code).toBe(code)
  })
})

describe('states', () => {
  it('a disabled key encrypts nothing until it is enabled', async () => {
    const { KeyId, Arn } = await create()
    await admin().call('DisableKey', { KeyId })
    expect(await admin().refusal('Encrypt', { KeyId, Plaintext: 'AA==' })).toMatchObject({
      code: 'DisabledException',
      message: `${Arn} is disabled.`,
    })
    await admin().call('EnableKey', { KeyId })
    await admin().call('Encrypt', { KeyId, Plaintext: 'AA==' })
  })

  it('a key pending deletion does nothing, and a cancelled deletion leaves it disabled', async () => {
    const { KeyId, Arn } = await create()
    const scheduled = await admin().call('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 })
    expect(scheduled).toMatchObject({ KeyId: Arn, KeyState: 'PendingDeletion', PendingWindowInDays: 7 })
    const days = (scheduled.DeletionDate.getTime() - Date.now()) / 86_400_000
    expect(days).toBeCloseTo(7, 2)
    for (const [name, more] of [
      ['Encrypt', { Plaintext: 'AA==' }],
      ['TagResource', { Tags: [] }],
      ['EnableKey', {}],
      ['UpdateKeyDescription', { Description: 'x' }],
      ['ScheduleKeyDeletion', {}],
    ] as const) {
      expect(await admin().refusal(name, { KeyId, ...more })).toMatchObject({
        code: 'KMSInvalidStateException',
        message: `${Arn} is pending deletion.`,
      })
    }
    expect(await admin().call('CancelKeyDeletion', { KeyId })).toEqual({ KeyId: Arn })
    expect((await admin().call('DescribeKey', { KeyId })).KeyMetadata.KeyState).toBe('Disabled')
    expect((await admin().refusal('CancelKeyDeletion', { KeyId })).message).toBe(
      `${Arn} is not pending deletion.`,
    )
  })

  it.each([6, 31])('a window of %i days is refused', async (PendingWindowInDays) => {
    const { KeyId } = await create()
    expect((await admin().refusal('ScheduleKeyDeletion', { KeyId, PendingWindowInDays })).code).toBe(
      'ValidationException',
    )
  })
})

describe('lists', () => {
  it('ListKeys pages through every key once, in the order they were made', async () => {
    const made = [await create(), await create(), await create()]
    const seen: string[] = []
    let Marker: string | undefined
    do {
      const page = await admin().call('ListKeys', { Limit: 2, ...(Marker && { Marker }) })
      seen.push(...page.Keys.map((key: Answer) => key.KeyId))
      expect(page.Truncated).toBe(page.NextMarker !== undefined)
      Marker = page.NextMarker
    } while (Marker)
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen.slice(-3)).toEqual(made.map((key) => key.KeyId))
  })

  it.each(['garbage', 'AAAA', ''])('the marker %j is refused', async (Marker) => {
    const { code } = await admin().refusal('ListKeys', { Marker })
    expect(['InvalidMarkerException', 'ValidationException']).toContain(code)
  })

  it('a marker of one list does not open another', async () => {
    await create()
    const { NextMarker } = await admin().call('ListKeys', { Limit: 1 })
    expect((await admin().refusal('ListAliases', { Marker: NextMarker })).code).toBe('InvalidMarkerException')
  })
})

describe('aliases', () => {
  it('point at a key, can be pointed at another, and leave it untouched when deleted', async () => {
    const [first, second] = [await create(), await create()]
    await admin().call('CreateAlias', { AliasName: 'alias/moving', TargetKeyId: first.KeyId })
    expect((await admin().call('DescribeKey', { KeyId: 'alias/moving' })).KeyMetadata.KeyId).toBe(first.KeyId)
    await admin().call('UpdateAlias', { AliasName: 'alias/moving', TargetKeyId: second.KeyId })
    expect((await admin().call('DescribeKey', { KeyId: 'alias/moving' })).KeyMetadata.KeyId).toBe(
      second.KeyId,
    )
    const listed = await admin().call('ListAliases', { KeyId: second.KeyId })
    expect(listed.Aliases).toMatchObject([{ AliasName: 'alias/moving', TargetKeyId: second.KeyId }])
    await admin().call('DeleteAlias', { AliasName: 'alias/moving' })
    expect((await admin().refusal('DescribeKey', { KeyId: 'alias/moving' })).code).toBe('NotFoundException')
    expect((await admin().call('DescribeKey', { KeyId: second.KeyId })).KeyMetadata.Enabled).toBe(true)
  })

  it.each([
    ['no prefix', 'orders', 'ValidationException'],
    ['nothing after the prefix', 'alias/', 'ValidationException'],
    ['a reserved name', 'alias/aws/s3', 'NotAuthorizedException'],
    ['a space', 'alias/a b', 'ValidationException'],
    ['257 characters', `alias/${'a'.repeat(251)}`, 'ValidationException'],
  ])('a name with %s is refused', async (_, AliasName, code) => {
    const { KeyId } = await create()
    expect((await admin().refusal('CreateAlias', { AliasName, TargetKeyId: KeyId })).code).toBe(code)
  })

  it('a name that is taken is refused, naming it', async () => {
    const { KeyId } = await create()
    await admin().call('CreateAlias', { AliasName: 'alias/taken', TargetKeyId: KeyId })
    expect(
      await admin().refusal('CreateAlias', { AliasName: 'alias/taken', TargetKeyId: KeyId }),
    ).toMatchObject({
      code: 'AlreadyExistsException',
      message: `An alias with the name arn:aws:kms:eu-west-1:${ACCOUNT}:alias/taken already exists`,
    })
  })

  it('of one name created at once by many, one is made', async () => {
    const { KeyId } = await create()
    const tries = Array.from({ length: 5 }, () =>
      admin()
        .call('CreateAlias', { AliasName: 'alias/race', TargetKeyId: KeyId })
        .then(
          () => 'made',
          (error) => error.code,
        ),
    )
    const outcomes = await Promise.all(tries)
    expect(outcomes.filter((outcome) => outcome === 'made')).toHaveLength(1)
    expect(outcomes.filter((outcome) => outcome === 'AlreadyExistsException')).toHaveLength(4)
  })
})

describe('tags and description', () => {
  it('are set, replaced and removed', async () => {
    const { KeyId } = await create({ Tags: [{ TagKey: 'team', TagValue: 'pay' }] })
    await admin().call('TagResource', {
      KeyId,
      Tags: [
        { TagKey: 'team', TagValue: 'orders' },
        { TagKey: 'env', TagValue: '' },
      ],
    })
    expect((await admin().call('ListResourceTags', { KeyId })).Tags).toEqual([
      { TagKey: 'env', TagValue: '' },
      { TagKey: 'team', TagValue: 'orders' },
    ])
    await admin().call('UntagResource', { KeyId, TagKeys: ['env', 'absent'] })
    expect((await admin().call('ListResourceTags', { KeyId })).Tags).toHaveLength(1)
    await admin().call('UpdateKeyDescription', { KeyId, Description: 'new' })
    expect((await admin().call('DescribeKey', { KeyId })).KeyMetadata.Description).toBe('new')
  })
})

describe('rotation', () => {
  it('on demand makes a new material, and the old ciphertext still opens', async () => {
    const { KeyId, CurrentKeyMaterialId } = await create()
    const old = await admin().call('Encrypt', { KeyId, Plaintext: 'AAEC' })
    await admin().call('RotateKeyOnDemand', { KeyId })
    const after = (await admin().call('DescribeKey', { KeyId })).KeyMetadata
    expect(after.CurrentKeyMaterialId).not.toBe(CurrentKeyMaterialId)
    const opened = await admin().call('Decrypt', {
      CiphertextBlob: Buffer.from(old.CiphertextBlob).toString('base64'),
    })
    expect([...opened.Plaintext]).toEqual([0, 1, 2])
    expect(opened.KeyMaterialId).toBe(CurrentKeyMaterialId)
    const rotations = await admin().call('ListKeyRotations', { KeyId })
    expect(rotations.Rotations).toMatchObject([{ KeyMaterialState: 'CURRENT', RotationType: 'ON_DEMAND' }])
    const all = await admin().call('ListKeyRotations', { KeyId, IncludeKeyMaterial: 'ALL_KEY_MATERIAL' })
    expect(all.Rotations).toHaveLength(2)
    const events = await world.sql(
      `SELECT convert_from(body, 'UTF8')::json ->> 'eventName' AS name FROM audit.event WHERE key_id = $1`,
      [KeyId],
    )
    expect(events.map((event) => event.name)).toContain('RotateKey')
  })

  it('has a schedule that is reported and can be turned off', async () => {
    const { KeyId } = await create()
    expect(await admin().call('GetKeyRotationStatus', { KeyId })).toEqual({
      KeyId,
      KeyRotationEnabled: false,
    })
    await admin().call('EnableKeyRotation', { KeyId, RotationPeriodInDays: 90 })
    const status = await admin().call('GetKeyRotationStatus', { KeyId })
    expect(status).toMatchObject({ KeyRotationEnabled: true, RotationPeriodInDays: 90 })
    expect((status.NextRotationDate.getTime() - Date.now()) / 86_400_000).toBeCloseTo(90, 2)
    await admin().call('DisableKeyRotation', { KeyId })
    expect(await admin().call('GetKeyRotationStatus', { KeyId })).toEqual({
      KeyId,
      KeyRotationEnabled: false,
    })
  })

  it('of a disabled key is refused', async () => {
    const { KeyId } = await create()
    await admin().call('DisableKey', { KeyId })
    expect((await admin().refusal('EnableKeyRotation', { KeyId })).code).toBe('DisabledException')
  })
})
