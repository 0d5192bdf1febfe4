/** Data key pairs through the door: both halves fit together in OpenSSL, and Decrypt gives the private one back. */
import { createPrivateKey, createPublicKey } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DATA_KEY_PAIR_SPECS } from '#lib/domain/data-key-spec.ts'
import { existsIn } from '#lib/domain/key-spec.ts'
import { openWorld, type World } from '#lib/testing/world.ts'

let world: World
const keys: Record<string, string> = {}

beforeAll(async () => {
  world = await openWorld()
  for (const name of ['admin', 'liu']) keys[name] = (await world.as(name).call('CreateKey')).KeyMetadata.Arn
})
afterAll(() => world?.close())

const encode = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')
const homeOf = (spec: (typeof DATA_KEY_PAIR_SPECS)[number]) => (existsIn(spec, 'aws') ? 'admin' : 'liu')
const EncryptionContext = { tenant: 'acme' }

describe('GenerateDataKeyPair', () => {
  it.each(DATA_KEY_PAIR_SPECS.map((spec) => [spec] as const))(
    '%s: PKCS#8 and SPKI of one pair, and Decrypt opens what is sealed',
    async (spec) => {
      const person = world.as(homeOf(spec))
      const KeyId = keys[homeOf(spec)]
      const pair = await person.call('GenerateDataKeyPair', { KeyId, KeyPairSpec: spec, EncryptionContext })
      expect(pair).toMatchObject({
        KeyId,
        KeyPairSpec: spec,
        KeyMaterialId: expect.stringMatching(/^[0-9a-f]{64}$/),
      })
      const privateKey = Buffer.from(pair.PrivateKeyPlaintext)
      const half = createPublicKey(createPrivateKey({ key: privateKey, format: 'der', type: 'pkcs8' }))
      expect(half.export({ format: 'der', type: 'spki' })).toEqual(Buffer.from(pair.PublicKey))
      const CiphertextBlob = encode(pair.PrivateKeyCiphertextBlob)
      const opened = await person.call('Decrypt', { CiphertextBlob, EncryptionContext })
      expect(Buffer.from(opened.Plaintext)).toEqual(privateKey)
      expect((await person.refusal('Decrypt', { CiphertextBlob })).code).toBe('InvalidCiphertextException')
    },
    30_000,
  )

  it('without plaintext has none, and the sealed one fits the public half', async () => {
    const KeyId = keys.admin
    const pair = await world
      .as('admin')
      .call('GenerateDataKeyPairWithoutPlaintext', { KeyId, KeyPairSpec: 'ECC_NIST_P256' })
    expect(Object.keys(pair).sort()).toEqual([
      'KeyId',
      'KeyMaterialId',
      'KeyPairSpec',
      'PrivateKeyCiphertextBlob',
      'PublicKey',
    ])
    const { Plaintext } = await world
      .as('admin')
      .call('Decrypt', { CiphertextBlob: encode(pair.PrivateKeyCiphertextBlob) })
    const half = createPublicKey(
      createPrivateKey({ key: Buffer.from(Plaintext), format: 'der', type: 'pkcs8' }),
    )
    expect(half.export({ format: 'der', type: 'spki' })).toEqual(Buffer.from(pair.PublicKey))
  })

  it.each([
    ['SM2 outside of China', 'admin', 'SM2'],
    ['ML-KEM in China', 'liu', 'ML_KEM_768'],
  ])('%s is UnsupportedOperationException', async (_, name, KeyPairSpec) => {
    const input = { KeyId: keys[name], KeyPairSpec }
    expect((await world.as(name).refusal('GenerateDataKeyPair', input)).code).toBe(
      'UnsupportedOperationException',
    )
  })

  it('a spec that makes no pairs is a ValidationException', async () => {
    const input = { KeyId: keys.admin, KeyPairSpec: 'ML_DSA_44' }
    const refusal = await world.as('admin').refusal('GenerateDataKeyPair', input)
    expect(refusal.code).toBe('ValidationException')
    expect(refusal.message).toContain("Value 'ML_DSA_44' at 'keyPairSpec'")
  })

  it.each([
    ['RSA_2048', 'ENCRYPT_DECRYPT', 'Algorithm SYMMETRIC_DEFAULT is incompatible with key spec RSA_2048.'],
    ['HMAC_256', 'GENERATE_VERIFY_MAC', 'key usage is GENERATE_VERIFY_MAC which is not valid for'],
  ])('under a key of %s for %s is InvalidKeyUsageException', async (KeySpec, KeyUsage, text) => {
    const { KeyMetadata } = await world.as('admin').call('CreateKey', { KeySpec, KeyUsage })
    for (const [operation, more] of [
      ['GenerateDataKeyPair', { KeyPairSpec: 'ECC_NIST_P256' }],
      ['GenerateDataKeyPairWithoutPlaintext', { KeyPairSpec: 'ECC_NIST_P256' }],
      ['GenerateDataKey', { KeySpec: 'AES_256' }],
    ] as const) {
      const refusal = await world.as('admin').refusal(operation, { KeyId: KeyMetadata.KeyId, ...more })
      expect(refusal.code).toBe('InvalidKeyUsageException')
      expect(refusal.message).toContain(text)
    }
  })

  it('the spec of the pair is a condition', async () => {
    const Policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: 'arn:aws:iam::111122223333:root' },
          Action: 'kms:*',
          Resource: '*',
        },
        {
          Effect: 'Allow',
          Principal: { AWS: 'arn:aws:iam::111122223333:user/carol' },
          Action: 'kms:GenerateDataKeyPair',
          Resource: '*',
          Condition: {
            StringEquals: { 'kms:DataKeyPairSpec': 'ECC_NIST_P256', 'kms:EncryptionContext:tenant': 'acme' },
          },
        },
      ],
    })
    const KeyId = (await world.as('admin').call('CreateKey', { Policy })).KeyMetadata.KeyId
    const carol = world.as('carol')
    const input = { KeyId, KeyPairSpec: 'ECC_NIST_P256', EncryptionContext }
    expect((await carol.call('GenerateDataKeyPair', input)).KeyPairSpec).toBe('ECC_NIST_P256')
    for (const other of [{ KeyPairSpec: 'ECC_NIST_P384' }, { EncryptionContext: { tenant: 'other' } }])
      expect((await carol.refusal('GenerateDataKeyPair', { ...input, ...other })).code).toBe(
        'AccessDeniedException',
      )
  })

  it('an event has the spec and the context, and no half of the pair', async () => {
    const input = { KeyId: keys.admin, KeyPairSpec: 'ECC_NIST_P256', EncryptionContext }
    const pair = await world.as('admin').call('GenerateDataKeyPair', input)
    const { record } = await world.lastEvent()
    expect(record).toMatchObject({
      eventName: 'GenerateDataKeyPair',
      readOnly: true,
      requestParameters: {
        keyId: keys.admin,
        keyPairSpec: 'ECC_NIST_P256',
        encryptionContext: EncryptionContext,
      },
      responseElements: null,
      additionalEventData: { keyMaterialId: pair.KeyMaterialId },
    })
    for (const half of [pair.PrivateKeyPlaintext, pair.PublicKey, pair.PrivateKeyCiphertextBlob])
      expect(JSON.stringify(record)).not.toContain(encode(half))
  })

  it('a dry run says that it would have worked', async () => {
    const input = { KeyId: keys.admin, KeyPairSpec: 'ECC_NIST_P256', DryRun: true }
    for (const operation of ['GenerateDataKeyPair', 'GenerateDataKeyPairWithoutPlaintext'])
      expect((await world.as('admin').refusal(operation, input)).code).toBe('DryRunOperationException')
  })
})
