import { createHmac, generateKeyPairSync } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readSetupState } from '#lib/store/installation.ts'
import { type Answer, allOperations, base64, openWorld, type World } from '#lib/testing/world.ts'
import { applySeed } from './seed.ts'
import { SeedError } from './seed-text.ts'

const ACCOUNT = '888899990000'
const KEY = '1234abcd-12ab-34cd-56ef-1234567890ab'
const seed = (description = 'orders') => `
accounts:
  - id: "${ACCOUNT}"
    alias: seeded
    regions: [eu-west-1]
    root: { accessKeys: [{ id: AKIAROOTROOTROOT2222, secret: the-secret-of-the-root }] }
    users:
      - name: sam
        accessKeys: [{ id: AKIASAMSAMSAMSAM2222, secret: the-secret-of-sam }]
        policies: [{ Version: "2012-10-17", Statement: [{ Effect: Allow, Action: "kms:*", Resource: "*" }] }]
keys:
  - account: "${ACCOUNT}"
    region: eu-west-1
    id: ${KEY}
    description: ${description}
    aliases: [alias/orders]
    tags: { team: shop }
    material: AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=
`

let world: World
let folder: string
let path: string
const write = (text: string) => writeFile(path, text)
const counts = async () =>
  (
    await world.sql(
      `SELECT (SELECT count(*)::int FROM keyhouse.account WHERE id = $1) AS accounts,
    (SELECT count(*)::int FROM keyhouse.principal WHERE account_id = $1) AS principals,
    (SELECT count(*)::int FROM keyhouse.access_key WHERE account_id = $1) AS "accessKeys",
    (SELECT count(*)::int FROM keyhouse.key WHERE account_id = $1) AS keys`,
      [ACCOUNT],
    )
  )[0]

const openAll = async () => {
  world = await openWorld()
  await world.sql(`INSERT INTO keyhouse.installation (id, root_key_check) VALUES (gen_random_uuid(), '\\x0001020304050607')
    ON CONFLICT DO NOTHING`)
  folder = await mkdtemp(join(tmpdir(), 'seed-'))
  path = join(folder, 'seed.yaml')
}
const closeAll = async () => {
  await world.close()
  await rm(folder, { recursive: true })
}

describe('a seed file', () => {
  beforeAll(openAll)
  afterAll(closeAll)

  it('that is not there, or is a folder, says so', async () => {
    await expect(applySeed(world.engine, join(folder, 'none.yaml'))).rejects.toThrow(
      'none.yaml cannot be read: ENOENT',
    )
    await expect(applySeed(world.engine, folder)).rejects.toThrow('cannot be read: EISDIR')
  })

  it('with a fault changes nothing', async () => {
    await write(seed().replace('"2012-10-17"', '"2013-01-01"'))
    await expect(applySeed(world.engine, path)).rejects.toThrow(SeedError)
    expect(await counts()).toEqual({ accounts: 0, principals: 0, accessKeys: 0, keys: 0 })
    expect(await readSetupState(world.engine.services.database)).toMatchObject({
      setUp: false,
      seedHash: null,
    })
  })

  it('makes accounts, people, access keys and keys, and counts as set-up', async () => {
    await write(seed())
    expect(await applySeed(world.engine, path)).toEqual({ kind: 'applied', accounts: 1, keys: 1 })
    expect(await counts()).toEqual({ accounts: 1, principals: 2, accessKeys: 2, keys: 1 })
    expect((await readSetupState(world.engine.services.database))?.setUp).toBe(true)
    const sam = await world.engine.services.identities.byAccessKey('AKIASAMSAMSAMSAM2222')
    expect(sam).toMatchObject({
      active: true,
      identity: { principal: { name: 'sam' }, accountAlias: 'seeded' },
    })
    const key = await world.engine.services.keys.byAlias(
      { partition: 'aws', region: 'eu-west-1', account: ACCOUNT },
      'alias/orders',
    )
    expect(key?.row).toMatchObject({
      id: KEY,
      description: 'orders',
      fixedMaterial: true,
      tags: [{ key: 'team', value: 'shop' }],
    })
    const event = (await world.events('CreateKey')).at(-1)
    expect(
      await world.sql('SELECT version, event_id AS event FROM keyhouse.policy_version WHERE key_id = $1', [
        KEY,
      ]),
    ).toEqual([{ version: 1, event: event?.eventID }])
  })

  it('changes nothing the second time', async () => {
    const before = await counts()
    expect(await applySeed(world.engine, path)).toEqual({ kind: 'unchanged' })
    expect(await counts()).toEqual(before)
  })

  it('that differs from the first is not read, and says why', async () => {
    await write(seed('other orders'))
    expect(await applySeed(world.engine, path)).toEqual({
      kind: 'ignored',
      reason: expect.stringContaining('seed.yaml differs from the seed'),
    })
    expect(
      (await world.sql(`SELECT description FROM keyhouse.key WHERE id = $1`, [KEY]))[0]?.description,
    ).toBe('orders')
    await write('not even a seed: [')
    expect(await applySeed(world.engine, path)).toMatchObject({ kind: 'ignored' })
  })
})

describe('a seed that was interrupted', () => {
  beforeAll(openAll)
  afterAll(closeAll)

  it('goes on where it stopped, and only with the same file', async () => {
    await write(seed())
    await applySeed(world.engine, path)
    // As if the process had died after the accounts, before the keys and the last mark.
    await world.sql(`DELETE FROM keyhouse.key WHERE id = $1`, [KEY])
    await world.sql(`UPDATE keyhouse.installation SET set_up_at = NULL`)
    world.engine.services.keys.drop({ account: ACCOUNT, region: 'eu-west-1', id: KEY })

    await write(seed('other orders'))
    await expect(applySeed(world.engine, path)).rejects.toThrow('differs from the seed that was begun here')
    await write(seed())
    expect(await applySeed(world.engine, path)).toEqual({ kind: 'applied', accounts: 1, keys: 1 })
    expect(await counts()).toEqual({ accounts: 1, principals: 2, accessKeys: 2, keys: 1 })
  })
})

describe('an installation that was set up by hand', () => {
  beforeAll(openAll)
  afterAll(closeAll)

  it('takes no seed', async () => {
    await world.sql(`UPDATE keyhouse.installation SET set_up_at = now()`)
    await write(seed())
    expect(await applySeed(world.engine, path)).toEqual({
      kind: 'ignored',
      reason: expect.stringContaining('set up by hand'),
    })
    expect((await counts())?.accounts).toBe(0)
  })
})

describe('a seed of every kind of key', () => {
  const pkcs8 = () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    return privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64')
  }
  const id = (n: number) => `00000000-0000-4000-8000-00000000000${n}`
  const MULTI = 'mrk-00000000000040008000000000000009'
  const keys = [
    { id: id(1), spec: 'ECC_NIST_P256', usage: 'SIGN_VERIFY', material: pkcs8() },
    { id: id(2), spec: 'HMAC_256', material: Buffer.alloc(32, 7).toString('base64') },
    { id: id(3), state: 'Disabled' },
    { id: id(4), origin: 'EXTERNAL' },
    {
      id: id(5),
      origin: 'EXTERNAL',
      material: Buffer.alloc(32, 5).toString('base64'),
      validTo: '2100-01-01',
    },
    {
      id: id(6),
      created: '2024-01-01',
      rotation: { periodDays: 365, past: ['2024-12-31T12:00:00Z', '2025-12-31T12:00:00Z'] },
    },
    { id: id(7), rotation: { enabled: true, next: '2090-06-01T00:00:00Z' } },
    {
      id: id(8),
      grants: [
        {
          name: 'reading',
          grantee: `arn:aws:iam::${ACCOUNT}:user/dora`,
          operations: ['Decrypt', 'DescribeKey'],
          constraints: { encryptionContextSubset: { tenant: 'acme' } },
        },
      ],
    },
    { id: MULTI, replicas: ['us-east-1'], material: Buffer.alloc(32, 9).toString('base64') },
  ].map((key) => ({ account: ACCOUNT, region: 'eu-west-1', ...key }))
  const text = JSON.stringify({
    clock: 'manual',
    accounts: [
      {
        id: ACCOUNT,
        regions: ['eu-west-1', 'us-east-1'],
        users: [
          {
            name: 'sam',
            accessKeys: [{ id: 'AKIASAMSAMSAMSAM2222', secret: 'the-secret-of-sam' }],
            policies: [
              { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'kms:*', Resource: '*' }] },
            ],
          },
          {
            name: 'dora',
            accessKeys: [{ id: 'AKIADORADORADORA2222', secret: 'the-secret-of-dora' }],
          },
        ],
      },
    ],
    keys,
  })

  async function call(accessKey: string, name: string, input: object, region = 'eu-west-1') {
    const found = await world.engine.services.identities.byAccessKey(accessKey)
    const operation = allOperations.find((one) => one.name === name)
    if (!found || !operation) throw new Error('nobody, or nothing')
    const caller = { ...world.as('admin').caller, region, principal: found.identity.principal }
    const credential = { kind: 'access-key', id: accessKey } as const
    return (await world.engine.invoke({ ...caller, credential }, operation, input)).output as Answer
  }
  const sam = (name: string, input: object, region?: string) =>
    call('AKIASAMSAMSAMSAM2222', name, input, region)
  const metadata = async (KeyId: string, region?: string) =>
    (await sam('DescribeKey', { KeyId }, region)).KeyMetadata

  beforeAll(async () => {
    await openAll()
    await write(text)
    await applySeed(world.engine, path)
  })
  afterAll(closeAll)

  it.each([
    [1, { KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY', KeyState: 'Enabled' }],
    [2, { KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' }],
    [3, { KeyState: 'Disabled' }],
    [4, { KeyState: 'PendingImport', Origin: 'EXTERNAL' }],
    [5, { KeyState: 'Enabled', ExpirationModel: 'KEY_MATERIAL_EXPIRES', ValidTo: new Date('2100-01-01') }],
    [6, { CreationDate: new Date('2024-01-01') }],
  ])('makes key %i as it says', async (n, expected) => {
    expect(await metadata(id(n))).toMatchObject(expected)
  })

  it('makes keys that work', async () => {
    const SigningAlgorithm = 'ECDSA_SHA_256'
    const Message = base64('x')
    const { Signature } = await sam('Sign', { KeyId: id(1), Message, SigningAlgorithm })
    const signature = Buffer.from(Signature).toString('base64')
    await sam('Verify', { KeyId: id(1), Message, SigningAlgorithm, Signature: signature })
    const { Mac } = await sam('GenerateMac', { KeyId: id(2), Message, MacAlgorithm: 'HMAC_SHA_256' })
    const expected = createHmac('sha256', Buffer.alloc(32, 7)).update('x').digest()
    expect(Buffer.from(Mac)).toEqual(expected)
    const { CiphertextBlob } = await sam('Encrypt', { KeyId: MULTI, Plaintext: Message })
    const blob = Buffer.from(CiphertextBlob).toString('base64')
    const opened = await sam('Decrypt', { CiphertextBlob: blob, KeyId: MULTI }, 'us-east-1')
    expect(Buffer.from(opened.Plaintext).toString()).toBe('x')
  })

  it('has rotations behind it and before it', async () => {
    const { Rotations } = await sam('ListKeyRotations', { KeyId: id(6) })
    expect(Rotations.map(({ RotationDate }: Answer) => RotationDate)).toEqual([
      new Date('2024-12-31T12:00:00Z'),
      new Date('2025-12-31T12:00:00Z'),
    ])
    const next = (await sam('GetKeyRotationStatus', { KeyId: id(7) })).NextRotationDate
    expect(next).toEqual(new Date('2090-06-01T00:00:00Z'))
  })

  it('gives what its grants give, and no more', async () => {
    const { CiphertextBlob } = await sam('Encrypt', {
      KeyId: id(8),
      Plaintext: base64('x'),
      EncryptionContext: { tenant: 'acme' },
    })
    const blob = Buffer.from(CiphertextBlob).toString('base64')
    const dora = (name: string, input: object) => call('AKIADORADORADORA2222', name, input)
    const EncryptionContext = { tenant: 'acme' }
    expect((await dora('Decrypt', { CiphertextBlob: blob, EncryptionContext })).KeyId).toContain(id(8))
    await expect(dora('Decrypt', { CiphertextBlob: blob })).rejects.toMatchObject({
      code: 'AccessDeniedException',
    })
    await expect(dora('Encrypt', { KeyId: id(8), Plaintext: base64('x') })).rejects.toMatchObject({
      code: 'AccessDeniedException',
    })
  })

  it('has a manual clock, for good', async () => {
    expect((await readSetupState(world.engine.services.database))?.manualClock).toBe(true)
    await write(text.replace('manual', 'real'))
    expect(await applySeed(world.engine, path)).toMatchObject({
      kind: 'ignored',
      reason: expect.stringContaining('./keyhouse reset'),
    })
  })

  it('asks in vain for a manual clock where there is data', async () => {
    await world.sql('UPDATE keyhouse.installation SET manual_clock = false')
    await write(`${text} `)
    await expect(applySeed(world.engine, path)).rejects.toThrow('this installation has data')
  })
})
