/** Multi-Region families: replication, shared and own properties, a new primary (facts §13). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  ACCOUNT,
  allOperations,
  base64,
  OTHER_REGION,
  openWorld,
  REGION,
  type World,
} from '#lib/testing/world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world?.close())

const admin = (region?: string) => world.as('admin', region)
const there = () => admin(OTHER_REGION)
const primary = async (input: object = {}): Promise<string> =>
  (await admin().call('CreateKey', { MultiRegion: true, ...input })).KeyMetadata.KeyId
const replicate = (KeyId: string, input: object = {}) =>
  admin().call('ReplicateKey', { KeyId, ReplicaRegion: OTHER_REGION, ...input })
const settle = () => world.engine.services.dueWork.sweep()
async function family(input: object = {}): Promise<string> {
  const KeyId = await primary(input)
  await replicate(KeyId)
  await settle()
  return KeyId
}
const operationNamed = (name: string) => allOperations.find((known) => known.name === name)!
const metadata = async (KeyId: string, region?: string) =>
  (await admin(region).call('DescribeKey', { KeyId })).KeyMetadata
const arnOf = (id: string, region = REGION) => `arn:aws:kms:${region}:${ACCOUNT}:key/${id}`
const encoded = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')
const ofKey = async (name: string, KeyId: string) =>
  (await world.events(name)).filter(({ resources }) => resources[0]?.ARN.endsWith(KeyId))

/** Encrypts in one Region and decrypts in another. */
async function travels(KeyId: string, from: string, to: string): Promise<boolean> {
  const { CiphertextBlob } = await admin(from).call('Encrypt', { KeyId, Plaintext: base64('hello') })
  const opened = await admin(to).call('Decrypt', { CiphertextBlob: encoded(CiphertextBlob) })
  return Buffer.from(opened.Plaintext).toString() === 'hello' && opened.KeyId === arnOf(KeyId, to)
}

describe('ReplicateKey', () => {
  it('answers a replica that is being created, with defaults and not copies', async () => {
    const KeyId = await primary({ Description: 'first', Tags: [{ TagKey: 'a', TagValue: 'b' }] })
    const answer = await replicate(KeyId)
    expect(answer.ReplicaKeyMetadata).toMatchObject({
      KeyId,
      Arn: arnOf(KeyId, OTHER_REGION),
      KeyState: 'Creating',
      Enabled: false,
      Description: '',
      MultiRegion: true,
      MultiRegionConfiguration: {
        MultiRegionKeyType: 'REPLICA',
        PrimaryKey: { Arn: arnOf(KeyId), Region: REGION },
        ReplicaKeys: [{ Arn: arnOf(KeyId, OTHER_REGION), Region: OTHER_REGION }],
      },
    })
    expect(answer.ReplicaKeyMetadata).not.toHaveProperty('CurrentKeyMaterialId')
    expect(JSON.parse(answer.ReplicaPolicy).Id).toBe('key-default-1')
    expect(answer.ReplicaTags).toEqual([])
  })

  it('is finished without anybody asking', async () => {
    const KeyId = await primary()
    await replicate(KeyId, { Description: 'second', Tags: [{ TagKey: 'c', TagValue: 'd' }] })
    await expect.poll(async () => (await metadata(KeyId, OTHER_REGION)).KeyState).toBe('Enabled')
    const [here, replica] = [await metadata(KeyId), await metadata(KeyId, OTHER_REGION)]
    expect(replica.CurrentKeyMaterialId).toBe(here.CurrentKeyMaterialId)
    expect(replica.Description).toBe('second')
    expect(here.MultiRegionConfiguration).toEqual({
      ...replica.MultiRegionConfiguration,
      MultiRegionKeyType: 'PRIMARY',
    })
    expect((await there().call('ListResourceTags', { KeyId })).Tags).toEqual([{ TagKey: 'c', TagValue: 'd' }])
  })

  it('is in the log of both Regions', async () => {
    const KeyId = await family()
    expect(await ofKey('ReplicateKey', KeyId)).toMatchObject([
      {
        awsRegion: REGION,
        requestParameters: { keyId: KeyId, replicaRegion: OTHER_REGION },
        responseElements: { replicaKeyMetadata: { keyId: KeyId, keyState: 'Creating' } },
      },
    ])
    const created = await ofKey('CreateKey', KeyId)
    expect(created.map(({ awsRegion, eventType }) => [awsRegion, eventType])).toEqual([
      [REGION, 'AwsApiCall'],
      [OTHER_REGION, 'AwsServiceEvent'],
    ])
    expect(await ofKey('SynchronizeMultiRegionKey', KeyId)).toMatchObject([{ awsRegion: OTHER_REGION }])
  })

  it.each([
    ['a Region that has one', OTHER_REGION, 'AlreadyExistsException'],
    ['its own Region', REGION, 'AlreadyExistsException'],
    ['a Region that the account does not have', 'ap-south-1', 'ValidationException'],
    ['no Region', 'Ireland', 'ValidationException'],
  ])('refuses %s', async (_, ReplicaRegion, code) => {
    const KeyId = await family()
    expect((await admin().refusal('ReplicateKey', { KeyId, ReplicaRegion })).code).toBe(code)
  })

  it('refuses what is no primary, in AWS’s words', async () => {
    const single = (await admin().call('CreateKey')).KeyMetadata.KeyId
    const KeyId = await family()
    for (const [person, id, arn] of [
      [admin(), single, arnOf(single)],
      [there(), KeyId, arnOf(KeyId, OTHER_REGION)],
    ] as const)
      expect(await person.refusal('ReplicateKey', { KeyId: id, ReplicaRegion: REGION })).toMatchObject({
        code: 'UnsupportedOperationException',
        message: `${arn} is not a multi-region primary key.`,
      })
  })

  it.each([
    ['disabled', 'DisableKey', 'DisabledException'],
    ['pending deletion', 'ScheduleKeyDeletion', 'KMSInvalidStateException'],
  ])('refuses a primary that is %s', async (_, operation, code) => {
    const KeyId = await primary()
    await admin().call(operation, { KeyId })
    expect((await admin().refusal('ReplicateKey', { KeyId, ReplicaRegion: OTHER_REGION })).code).toBe(code)
  })

  it('refuses a policy that locks its writer out', async () => {
    const KeyId = await primary()
    const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [] })
    const refusal = await admin().refusal('ReplicateKey', { KeyId, ReplicaRegion: OTHER_REGION, Policy })
    expect(refusal.code).toBe('MalformedPolicyDocumentException')
  })

  it('sent twice by an SDK makes one replica', async () => {
    const KeyId = await primary()
    const channel = { invocationId: 'again', bodyHash: new Uint8Array(32) }
    const input = { KeyId, ReplicaRegion: OTHER_REGION }
    await admin().call('ReplicateKey', input, channel)
    const again = await admin().call('ReplicateKey', input, channel)
    expect(again.ReplicaKeyMetadata.Arn).toBe(arnOf(KeyId, OTHER_REGION))
    expect(await ofKey('CreateKey', KeyId)).toHaveLength(2)
  })

  it('of two at once makes one replica', async () => {
    const KeyId = await primary()
    const results = await Promise.allSettled([replicate(KeyId), replicate(KeyId)])
    const codes = results.map((result) => (result.status === 'rejected' ? result.reason.code : 'ok'))
    expect(codes.sort()).toEqual(['AlreadyExistsException', 'ok'])
  })

  describe('is permitted by', () => {
    const user = `arn:aws:iam::${ACCOUNT}:user/alice`
    const keyPolicy = (Condition: object = {}) =>
      JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
            Action: 'kms:*',
            Resource: '*',
          },
          { Effect: 'Allow', Principal: { AWS: user }, Action: 'kms:ReplicateKey', Resource: '*', Condition },
        ],
      })

    it.each([
      ['the key policy with CreateKey in the identity policy', 'alice', keyPolicy(), 'ok'],
      [
        'a condition on the Region that is met',
        'alice',
        keyPolicy({ StringEquals: { 'kms:ReplicaRegion': OTHER_REGION } }),
        'ok',
      ],
      [
        'no condition that names another Region',
        'alice',
        keyPolicy({ StringEquals: { 'kms:ReplicaRegion': 'ap-south-1' } }),
        'AccessDeniedException',
      ],
      [
        'nobody without CreateKey',
        'bob',
        keyPolicy().replace('user/alice', 'user/bob'),
        'AccessDeniedException',
      ],
    ])('%s', async (_, name, Policy, expected) => {
      const KeyId = await primary({ Policy })
      const asked = { KeyId, ReplicaRegion: OTHER_REGION }
      const outcome = await world
        .as(name)
        .call('ReplicateKey', asked)
        .then(
          () => 'ok',
          (thrown) => thrown.code,
        )
      expect(outcome).toBe(expected)
    })
  })
})

describe('a family', () => {
  it('decrypts in every Region what any of them encrypted', async () => {
    const KeyId = await family()
    expect(await travels(KeyId, REGION, OTHER_REGION)).toBe(true)
    expect(await travels(KeyId, OTHER_REGION, REGION)).toBe(true)
  })

  it('still does after a rotation, before and after which it was replicated', async () => {
    const KeyId = await primary()
    const { CiphertextBlob } = await admin().call('Encrypt', { KeyId, Plaintext: base64('old') })
    await admin().call('RotateKeyOnDemand', { KeyId })
    await replicate(KeyId)
    await settle()
    const opened = await there().call('Decrypt', { CiphertextBlob: encoded(CiphertextBlob) })
    expect(Buffer.from(opened.Plaintext).toString()).toBe('old')
    await admin().call('RotateKeyOnDemand', { KeyId })
    expect(await travels(KeyId, REGION, OTHER_REGION)).toBe(true)
    expect(await travels(KeyId, OTHER_REGION, REGION)).toBe(true)
    const [here, replica] = [await metadata(KeyId), await metadata(KeyId, OTHER_REGION)]
    expect(replica.CurrentKeyMaterialId).toBe(here.CurrentKeyMaterialId)
    const list = async (region: string) =>
      (await admin(region).call('ListKeyRotations', { KeyId, IncludeKeyMaterial: 'ALL_KEY_MATERIAL' }))
        .Rotations.length
    expect(await list(OTHER_REGION)).toBe(await list(REGION))
  })

  it('shares an HMAC', async () => {
    const KeyId = await family({ KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' })
    const asked = { KeyId, Message: base64('m'), MacAlgorithm: 'HMAC_SHA_256' }
    const { Mac } = await admin().call('GenerateMac', asked)
    expect((await there().call('VerifyMac', { ...asked, Mac: encoded(Mac) })).MacValid).toBe(true)
  })

  it('shares a key pair', async () => {
    const KeyId = await family({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' })
    const asked = { KeyId, Message: base64('m'), SigningAlgorithm: 'ECDSA_SHA_256' }
    const { Signature } = await there().call('Sign', asked)
    expect((await admin().call('Verify', { ...asked, Signature: encoded(Signature) })).SignatureValid).toBe(
      true,
    )
    const keys = [
      await admin().call('GetPublicKey', { KeyId }),
      await there().call('GetPublicKey', { KeyId }),
    ]
    expect(encoded(keys[0]?.PublicKey)).toBe(encoded(keys[1]?.PublicKey))
  })

  it('has states, descriptions and aliases of its members’ own', async () => {
    const KeyId = await family()
    await there().call('DisableKey', { KeyId })
    await there().call('UpdateKeyDescription', { KeyId, Description: 'only there' })
    await there().call('CreateAlias', { AliasName: 'alias/only-there', TargetKeyId: KeyId })
    expect(await metadata(KeyId)).toMatchObject({ KeyState: 'Enabled', Description: '' })
    expect((await admin().call('ListAliases', { KeyId })).Aliases).toEqual([])
  })

  it('loses a replica at its date, and gets one again', async () => {
    const KeyId = await family()
    await there().call('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 })
    const refusal = await admin().refusal('ReplicateKey', { KeyId, ReplicaRegion: OTHER_REGION })
    expect(refusal.code).toBe('AlreadyExistsException')
    await world.advance({ days: 8 })
    expect((await there().refusal('DescribeKey', { KeyId })).code).toBe('NotFoundException')
    expect((await metadata(KeyId)).MultiRegionConfiguration.ReplicaKeys).toEqual([])
    await replicate(KeyId)
    await settle()
    expect(await travels(KeyId, REGION, OTHER_REGION)).toBe(true)
    await there().call('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 })
    await world.advance({ days: 8 })
    expect((await there().call('GetDeletedKey', { KeyId })).MultiRegion).toBe(true)
  })

  it('finishes a replica that was to be deleted before it was there', async () => {
    const KeyId = await primary()
    // An engine that does no due work, as if it had died after the change.
    const second = await world.another()
    const ask = (person: ReturnType<typeof admin>, name: string, input: object) =>
      second.invoke(person.caller, operationNamed(name), input)
    await ask(admin(), 'ReplicateKey', { KeyId, ReplicaRegion: OTHER_REGION })
    expect((await metadata(KeyId, OTHER_REGION)).KeyState).toBe('Creating')
    expect((await there().refusal('Encrypt', { KeyId, Plaintext: 'AA==' })).message).toBe(
      `${arnOf(KeyId, OTHER_REGION)} is creating.`,
    )
    await ask(there(), 'ScheduleKeyDeletion', { KeyId })
    await ask(there(), 'CancelKeyDeletion', { KeyId })
    await settle()
    expect((await metadata(KeyId, OTHER_REGION)).KeyState).toBe('Disabled')
    await there().call('EnableKey', { KeyId })
    expect(await travels(KeyId, REGION, OTHER_REGION)).toBe(true)
  })

  it('gives such a replica the older materials too, when the key rotated meanwhile', async () => {
    const KeyId = await primary()
    const { CiphertextBlob } = await admin().call('Encrypt', { KeyId, Plaintext: base64('old') })
    // An engine that does no due work, as if it had died after the change.
    const second = await world.another()
    const ask = (person: ReturnType<typeof admin>, name: string, input: object) =>
      second.invoke(person.caller, operationNamed(name), input)
    await ask(admin(), 'ReplicateKey', { KeyId, ReplicaRegion: OTHER_REGION })
    await ask(admin(), 'RotateKeyOnDemand', { KeyId })
    await ask(there(), 'ScheduleKeyDeletion', { KeyId })
    await ask(there(), 'CancelKeyDeletion', { KeyId })
    await settle()
    await there().call('EnableKey', { KeyId })
    const opened = await there().call('Decrypt', { CiphertextBlob: encoded(CiphertextBlob) })
    expect(Buffer.from(opened.Plaintext).toString()).toBe('old')
    expect((await metadata(KeyId, OTHER_REGION)).CurrentKeyMaterialId).toBe(
      (await metadata(KeyId)).CurrentKeyMaterialId,
    )
    expect(await travels(KeyId, OTHER_REGION, REGION)).toBe(true)
  })

  it('that has a replica made again opens it by its new policy, on an engine that held the old one', async () => {
    const KeyId = await primary()
    const open = (...names: string[]) =>
      JSON.stringify({
        Version: '2012-10-17',
        Statement: names.map((name) => ({
          Effect: 'Allow',
          Principal: { AWS: `arn:aws:iam::${ACCOUNT}:user/${name}` },
          Action: 'kms:*',
          Resource: '*',
        })),
      })
    await replicate(KeyId, { Policy: open('admin', 'bob') })
    await settle()
    const second = await world.another()
    const bob = () =>
      second.invoke(world.as('bob', OTHER_REGION).caller, operationNamed('Encrypt'), {
        KeyId,
        Plaintext: base64('mine'),
      })
    await bob()
    await there().call('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 })
    await world.advance({ days: 8 })
    await replicate(KeyId, { Policy: open('admin') })
    await settle()
    await expect(bob()).rejects.toMatchObject({ code: 'AccessDeniedException' })
  })
})

describe('UpdatePrimaryRegion', () => {
  const move = (KeyId: string) => admin().call('UpdatePrimaryRegion', { KeyId, PrimaryRegion: OTHER_REGION })

  it('makes the replica the primary, for everyone, and both are enabled again', async () => {
    const KeyId = await family()
    await move(KeyId)
    await settle()
    for (const [region, type] of [
      [REGION, 'REPLICA'],
      [OTHER_REGION, 'PRIMARY'],
    ] as const)
      expect(await metadata(KeyId, region)).toMatchObject({
        KeyState: 'Enabled',
        MultiRegionConfiguration: {
          MultiRegionKeyType: type,
          PrimaryKey: { Region: OTHER_REGION },
          ReplicaKeys: [{ Region: REGION }],
        },
      })
    const logged = await ofKey('UpdatePrimaryRegion', KeyId)
    // Of one moment, so in no order.
    expect(logged.map(({ awsRegion }) => awsRegion).sort()).toEqual([REGION, OTHER_REGION])
    expect(await travels(KeyId, REGION, OTHER_REGION)).toBe(true)
    // What only a primary may is there now.
    expect((await admin().refusal('EnableKeyRotation', { KeyId })).code).toBe('UnsupportedOperationException')
    await there().call('EnableKeyRotation', { KeyId })
  })

  it('shows both as updating until it is done', async () => {
    const KeyId = await family()
    const second = await world.another()
    await second.invoke(admin().caller, operationNamed('UpdatePrimaryRegion'), {
      KeyId,
      PrimaryRegion: OTHER_REGION,
    })
    for (const region of [REGION, OTHER_REGION])
      expect((await metadata(KeyId, region)).KeyState).toBe('Updating')
    expect(await travels(KeyId, REGION, OTHER_REGION)).toBe(true)
    expect((await admin().refusal('DisableKey', { KeyId })).message).toBe(`${arnOf(KeyId)} is updating.`)
    await settle()
    const last = (await ofKey('SynchronizeMultiRegionKey', KeyId)).slice(-2)
    expect(last.map(({ awsRegion }) => awsRegion).sort()).toEqual([REGION, OTHER_REGION])
  })

  it.each([
    ['a Region without a replica', 'ap-south-1', 'NotFoundException'],
    ['where it is already', REGION, 'UnsupportedOperationException'],
  ])('refuses %s', async (_, PrimaryRegion, code) => {
    const KeyId = await family()
    expect((await admin().refusal('UpdatePrimaryRegion', { KeyId, PrimaryRegion })).code).toBe(code)
  })

  it('refuses a replica that is disabled, and says which', async () => {
    const KeyId = await family()
    await there().call('DisableKey', { KeyId })
    expect(
      await admin().refusal('UpdatePrimaryRegion', { KeyId, PrimaryRegion: OTHER_REGION }),
    ).toMatchObject({
      code: 'DisabledException',
      message: `${arnOf(KeyId, OTHER_REGION)} is disabled.`,
    })
  })

  it('is asked of the primary', async () => {
    const KeyId = await family()
    const refusal = await there().refusal('UpdatePrimaryRegion', { KeyId, PrimaryRegion: REGION })
    expect(refusal.message).toBe(`${arnOf(KeyId, OTHER_REGION)} is not a multi-region primary key.`)
  })

  it('needs the permission on both keys', async () => {
    const root = {
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
      Action: 'kms:*',
      Resource: '*',
    }
    const bobs = {
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${ACCOUNT}:user/bob` },
      Action: 'kms:UpdatePrimaryRegion',
      Resource: '*',
      Condition: { StringEquals: { 'kms:PrimaryRegion': OTHER_REGION } },
    }
    const policy = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement })
    const KeyId = await primary({ Policy: policy(root, bobs) })
    await replicate(KeyId)
    await settle()
    const asked = { KeyId, PrimaryRegion: OTHER_REGION }
    const refusal = await world.as('bob').refusal('UpdatePrimaryRegion', asked)
    expect(refusal.code).toBe('AccessDeniedException')
    expect(refusal.message).toContain(arnOf(KeyId, OTHER_REGION))
    await there().call('PutKeyPolicy', { KeyId, Policy: policy(root, bobs) })
    await world.as('bob').call('UpdatePrimaryRegion', asked)
  })
})
