/** Policies that name an algorithm: each operation tells its own, and a grant lends the rest. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ACCOUNT, openWorld, type World } from '#lib/testing/world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world?.close())

const CAROL = `arn:aws:iam::${ACCOUNT}:user/carol`
const encode = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')

/** A key that carol may use for one action, if one condition holds. */
const policyFor = (action: string, condition: Record<string, string>) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` }, Action: 'kms:*', Resource: '*' },
      {
        Effect: 'Allow',
        Principal: { AWS: CAROL },
        Action: action,
        Resource: '*',
        Condition: { StringEquals: condition },
      },
    ],
  })

const ECDSA = { Message: 'AA==', SigningAlgorithm: 'ECDSA_SHA_256' }
const HMAC = { Message: 'AA==', MacAlgorithm: 'HMAC_SHA_256' }
const ML_KEM = { EncapsulationAlgorithm: 'ML_KEM' }
const OAEP = { Plaintext: 'AA==', EncryptionAlgorithm: 'RSAES_OAEP_SHA_256' }
const SIGNS = { KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' }
const ENCAPSULATES = { KeySpec: 'ML_KEM_512', KeyUsage: 'ENCAPSULATE_DECAPSULATE' }

/** Operation, key, input, condition key, its value here, and another. */
const CASES: [string, object, object, string, string, string][] = [
  ['Sign', SIGNS, ECDSA, 'kms:SigningAlgorithm', 'ECDSA_SHA_256', 'ECDSA_SHA_384'],
  ['Sign', SIGNS, ECDSA, 'kms:MessageType', 'RAW', 'DIGEST'],
  [
    'GenerateMac',
    { KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' },
    HMAC,
    'kms:MacAlgorithm',
    'HMAC_SHA_256',
    'HMAC_SHA_512',
  ],
  ['Encapsulate', ENCAPSULATES, ML_KEM, 'kms:EncapsulationAlgorithm', 'ML_KEM', 'OTHER'],
  [
    'Encrypt',
    { KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT_DECRYPT' },
    OAEP,
    'kms:EncryptionAlgorithm',
    'RSAES_OAEP_SHA_256',
    'SYMMETRIC_DEFAULT',
  ],
  [
    'GenerateDataKeyPair',
    {},
    { KeyPairSpec: 'ECC_NIST_P256' },
    'kms:EncryptionAlgorithm',
    'SYMMETRIC_DEFAULT',
    'RSAES_OAEP_SHA_256',
  ],
]

describe('a condition', () => {
  it.each(CASES)('%s of %o with %o is decided by %s', async (operation, kind, input, name, value, other) => {
    for (const [required, allowed] of [
      [value, true],
      [other, false],
    ] as const) {
      const Policy = policyFor(`kms:${operation}`, { [name]: required })
      const { KeyMetadata } = await world.as('admin').call('CreateKey', { ...kind, Policy })
      const asked = { KeyId: KeyMetadata.KeyId, ...input }
      if (allowed)
        expect(await world.as('carol').call(operation, asked)).toHaveProperty('KeyId', KeyMetadata.Arn)
      else expect((await world.as('carol').refusal(operation, asked)).code).toBe('AccessDeniedException')
    }
  })

  it('DeriveSharedSecret is decided by kms:KeyAgreementAlgorithm', async () => {
    const kind = { KeySpec: 'ECC_NIST_P256', KeyUsage: 'KEY_AGREEMENT' }
    for (const [required, code] of [
      ['ECDH', 'DryRunOperationException'],
      ['OTHER', 'AccessDeniedException'],
    ] as const) {
      const Policy = policyFor('kms:DeriveSharedSecret', { 'kms:KeyAgreementAlgorithm': required })
      const { KeyMetadata } = await world.as('admin').call('CreateKey', { ...kind, Policy })
      const { PublicKey } = await world.as('admin').call('GetPublicKey', { KeyId: KeyMetadata.KeyId })
      const refusal = await world.as('carol').refusal('DeriveSharedSecret', {
        KeyId: KeyMetadata.KeyId,
        KeyAgreementAlgorithm: 'ECDH',
        PublicKey: encode(PublicKey),
        DryRun: true,
      })
      expect(refusal.code).toBe(code)
    }
  })
})

describe('a grant', () => {
  it('lets its grantee sign and read the public key at once by its token, and verify nothing', async () => {
    const { KeyMetadata } = await world.as('admin').call('CreateKey', SIGNS)
    const KeyId = KeyMetadata.KeyId
    const carol = world.as('carol')
    expect((await carol.refusal('Sign', { KeyId, ...ECDSA })).code).toBe('AccessDeniedException')
    const { GrantToken } = await world.as('admin').call('CreateGrant', {
      KeyId,
      GranteePrincipal: CAROL,
      Operations: ['Sign', 'GetPublicKey'],
    })
    const GrantTokens = [GrantToken]
    const { Signature } = await carol.call('Sign', { KeyId, ...ECDSA, GrantTokens })
    expect(await carol.call('GetPublicKey', { KeyId, GrantTokens })).toHaveProperty('KeyId', KeyMetadata.Arn)
    const verify = { KeyId, ...ECDSA, Signature: encode(Signature), GrantTokens }
    expect((await carol.refusal('Verify', verify)).code).toBe('AccessDeniedException')
  })
})
