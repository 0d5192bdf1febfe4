/** Signing through the door; what the keys make is judged by OpenSSL with the public key that GetPublicKey gives. */
import { constants, createHash, createPublicKey, type KeyObject, verify as verifyOutside } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  algorithmsOf,
  existsIn,
  KEY_SPEC_NAMES,
  KEY_SPECS,
  type SigningAlgorithmName,
} from '#lib/domain/key-spec.ts'
import { MESSAGE_RULES } from '#lib/domain/message-types.ts'
import { type Answer, openWorld, type World } from '#lib/testing/world.ts'

const MESSAGE = Buffer.from('order 42')
const encode = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')

/** One key of each spec that signs; SM2 lives in China. */
const SPECS = KEY_SPEC_NAMES.filter((spec) => KEY_SPECS[spec].signing.length > 0)
const PAIRS = SPECS.flatMap((spec) => KEY_SPECS[spec].signing.map((algorithm) => [spec, algorithm] as const))

let world: World
const keys = new Map<string, { arn: string; publicKey: KeyObject }>()
let mac: string

const signer = (spec: string) => world.as(existsIn(spec as 'SM2', 'aws') ? 'admin' : 'liu')

beforeAll(async () => {
  world = await openWorld()
  for (const spec of SPECS) {
    const made = await signer(spec).call('CreateKey', { KeySpec: spec, KeyUsage: 'SIGN_VERIFY' })
    const { PublicKey } = await signer(spec).call('GetPublicKey', { KeyId: made.KeyMetadata.KeyId })
    const publicKey = createPublicKey({ key: Buffer.from(PublicKey), format: 'der', type: 'spki' })
    keys.set(spec, { arn: made.KeyMetadata.Arn, publicKey })
  }
  const made = await world
    .as('admin')
    .call('CreateKey', { KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' })
  mac = made.KeyMetadata.Arn
}, 60_000)
afterAll(() => world?.close())

const keyOf = (spec: string) => keys.get(spec) ?? expect.fail(`no key of ${spec}`)
const arnOf = (spec: string) => keyOf(spec).arn

const request = (spec: string, algorithm: SigningAlgorithmName, rest: object = {}) => ({
  KeyId: arnOf(spec),
  SigningAlgorithm: algorithm,
  Message: encode(MESSAGE),
  ...rest,
})
const sign = (spec: string, algorithm: SigningAlgorithmName, rest?: object): Promise<Answer> =>
  signer(spec).call('Sign', request(spec, algorithm, rest))

/** How OpenSSL is asked to check a signature of the whole message. */
function checkOutside(algorithm: SigningAlgorithmName, key: KeyObject, signature: Uint8Array): boolean {
  const hash = /SHA_(256|384|512)$/.exec(algorithm)?.[1]
  if (algorithm.startsWith('RSASSA_PSS')) {
    const padding = constants.RSA_PKCS1_PSS_PADDING
    return verifyOutside(`sha${hash}`, MESSAGE, { key, padding, saltLength: Number(hash) / 8 }, signature)
  }
  if (algorithm.startsWith('RSASSA') || algorithm.startsWith('ECDSA'))
    return verifyOutside(`sha${hash}`, MESSAGE, key, signature)
  return verifyOutside(null, MESSAGE, key, signature)
}

describe('a signature of the message', () => {
  it.each(PAIRS.filter(([, algorithm]) => !['ED25519_PH_SHA_512', 'SM2DSA'].includes(algorithm)))(
    '%s with %s holds in OpenSSL, and here',
    async (spec, algorithm) => {
      const signed = await sign(spec, algorithm)
      expect(signed).toMatchObject({ KeyId: arnOf(spec), SigningAlgorithm: algorithm })
      expect(checkOutside(algorithm, keyOf(spec).publicKey, signed.Signature)).toBe(true)
      const verified = await world
        .as('admin')
        .call('Verify', request(spec, algorithm, { Signature: encode(signed.Signature) }))
      expect(verified).toEqual({ KeyId: arnOf(spec), SignatureValid: true, SigningAlgorithm: algorithm })
    },
  )

  it.each(PAIRS.filter(([, algorithm]) => /^(RSASSA|ECDSA)/.test(algorithm)))(
    '%s with %s is the same whether KMS hashes or the caller does',
    async (spec, algorithm) => {
      const hash = `sha${/SHA_(256|384|512)$/.exec(algorithm)?.[1]}`
      const digest = { Message: encode(createHash(hash).update(MESSAGE).digest()), MessageType: 'DIGEST' }
      const { Signature } = await sign(spec, algorithm, digest)
      expect(checkOutside(algorithm, keyOf(spec).publicKey, Signature)).toBe(true)
      const again = await world
        .as('admin')
        .call('Verify', request(spec, algorithm, { ...digest, Signature: encode(Signature) }))
      expect(again.SignatureValid).toBe(true)
    },
  )

  it('of SM2 holds where SM2 is', async () => {
    const { Signature } = await sign('SM2', 'SM2DSA')
    const verified = await world
      .as('liu')
      .call('Verify', request('SM2', 'SM2DSA', { Signature: encode(Signature) }))
    expect(verified.SignatureValid).toBe(true)
  })

  it('of Ed25519ph is made of a digest, and holds here', async () => {
    const digest = encode(createHash('sha512').update(MESSAGE).digest())
    const rest = { Message: digest, MessageType: 'DIGEST' }
    const { Signature } = await sign('ECC_NIST_EDWARDS25519', 'ED25519_PH_SHA_512', rest)
    expect(Signature).toHaveLength(64)
    const input = request('ECC_NIST_EDWARDS25519', 'ED25519_PH_SHA_512', {
      ...rest,
      Signature: encode(Signature),
    })
    expect((await world.as('admin').call('Verify', input)).SignatureValid).toBe(true)
  })

  it('of ML-DSA by its μ is one of the message', async () => {
    const spki = keyOf('ML_DSA_44').publicKey.export({ format: 'der', type: 'spki' })
    // FIPS 204 §5.2: tr is a hash of the public key, μ one of tr, no context, and the message.
    const shake = (...parts: Uint8Array[]) =>
      createHash('shake256', { outputLength: 64 }).update(Buffer.concat(parts)).digest()
    const mu = shake(shake(spki.subarray(-1312)), Uint8Array.of(0, 0), MESSAGE)
    const { Signature } = await sign('ML_DSA_44', 'ML_DSA_SHAKE_256', {
      Message: encode(mu),
      MessageType: 'EXTERNAL_MU',
    })
    expect(checkOutside('ML_DSA_SHAKE_256', keyOf('ML_DSA_44').publicKey, Signature)).toBe(true)
  })
})

describe('a signature that does not hold', () => {
  it.each(PAIRS.filter(([, algorithm]) => algorithm !== 'ED25519_PH_SHA_512' && algorithm !== 'SM2DSA'))(
    '%s with %s is an exception without a word',
    async (spec, algorithm) => {
      const { Signature } = await sign(spec, algorithm)
      const changed = Buffer.from(Signature)
      changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1
      for (const input of [
        request(spec, algorithm, { Signature: encode(changed) }),
        request(spec, algorithm, { Signature: 'AA==' }),
        request(spec, algorithm, { Signature: encode(Signature), Message: encode(Buffer.from('order 43')) }),
      ]) {
        const refusal = await world.as('admin').refusal('Verify', input)
        expect(refusal).toMatchObject({ code: 'KMSInvalidSignatureException', message: '' })
      }
    },
  )
})

describe('what does not go together', () => {
  const TYPES = ['RAW', 'DIGEST', 'EXTERNAL_MU'] as const
  const refused = PAIRS.flatMap(([spec, algorithm]) =>
    TYPES.filter((type) => MESSAGE_RULES[algorithm][type] === undefined).map(
      (type) => [spec, algorithm, type] as const,
    ),
  )
  it.each(refused)('%s with %s refuses %s, to sign and to verify', async (spec, algorithm, type) => {
    for (const [operation, more] of [
      ['Sign', {}],
      ['Verify', { Signature: 'AA==' }],
    ] as const) {
      const input = request(spec, algorithm, {
        MessageType: type,
        Message: encode(Buffer.alloc(64)),
        ...more,
      })
      expect((await signer(spec).refusal(operation, input)).code).toBe('ValidationException')
    }
  })

  const sized = PAIRS.flatMap(([spec, algorithm]) =>
    (['DIGEST', 'EXTERNAL_MU'] as const).flatMap((type) => {
      const rule = MESSAGE_RULES[algorithm][type]
      return typeof rule === 'number' ? [[spec, algorithm, type, rule] as const] : []
    }),
  )
  it.each(sized)('%s with %s takes a %s of %i bytes only', async (spec, algorithm, type, bytes) => {
    for (const length of [bytes - 1, bytes + 1]) {
      const input = request(spec, algorithm, { MessageType: type, Message: encode(Buffer.alloc(length)) })
      expect(await signer(spec).refusal('Sign', input)).toMatchObject({
        code: 'ValidationException',
        message: `Digest is invalid length for algorithm ${algorithm}.`,
      })
    }
  })

  it('an algorithm of another spec is InvalidKeyUsageException, in AWS’s words', async () => {
    const refusal = await world.as('admin').refusal('Sign', request('ECC_NIST_P256', 'ECDSA_SHA_384'))
    expect(refusal).toMatchObject({
      code: 'InvalidKeyUsageException',
      message: 'Algorithm ECDSA_SHA_384 is incompatible with key spec ECC_NIST_P256.',
    })
  })

  it('a key of another usage is InvalidKeyUsageException, in AWS’s words', async () => {
    const input = { KeyId: mac, SigningAlgorithm: 'ECDSA_SHA_256', Message: 'AA==' }
    expect(await world.as('admin').refusal('Sign', input)).toMatchObject({
      code: 'InvalidKeyUsageException',
      message: `${mac} key usage is GENERATE_VERIFY_MAC which is not valid for Sign.`,
    })
    expect(await world.as('admin').refusal('Verify', { ...input, Signature: 'AA==' })).toMatchObject({
      message: `${mac} key usage is GENERATE_VERIFY_MAC which is not valid for Verify.`,
    })
  })

  it('a disabled key is DisabledException, a dry run that would succeed says so, one that would not says why', async () => {
    const { KeyMetadata } = await world
      .as('admin')
      .call('CreateKey', { KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' })
    const input = {
      KeyId: KeyMetadata.KeyId,
      SigningAlgorithm: 'ECDSA_SHA_256',
      Message: 'AA==',
      DryRun: true,
    }
    expect((await world.as('admin').refusal('Sign', input)).code).toBe('DryRunOperationException')
    const bad = { ...input, Signature: 'AA==' }
    expect((await world.as('admin').refusal('Verify', bad)).code).toBe('KMSInvalidSignatureException')
    await world.as('admin').call('DisableKey', { KeyId: KeyMetadata.KeyId })
    expect((await world.as('admin').refusal('Sign', input)).code).toBe('DisabledException')
  })

  it('a Message of 4,097 bytes is refused, and never repeated', async () => {
    const input = request('ECC_NIST_P256', 'ECDSA_SHA_256', { Message: encode(Buffer.alloc(4097)) })
    expect((await world.as('admin').refusal('Sign', input)).message).toBe(
      "1 validation error detected: Value at 'message' failed to satisfy constraint: Member must have length less than or equal to 4096",
    )
  })
})

describe('GetPublicKey', () => {
  it.each(SPECS.filter((spec) => spec !== 'SM2'))('tells what a key of %s signs with', async (spec) => {
    const answer = await world.as('admin').call('GetPublicKey', { KeyId: arnOf(spec) })
    expect(answer).toEqual({
      KeyId: arnOf(spec),
      PublicKey: expect.any(Uint8Array),
      KeySpec: spec,
      CustomerMasterKeySpec: spec,
      KeyUsage: 'SIGN_VERIFY',
      ...algorithmsOf(spec, 'SIGN_VERIFY'),
    })
  })

  it('gives the same twice, by an alias too, also after one answer was wiped', async () => {
    const KeyId = arnOf('ECC_NIST_P256')
    await world.as('admin').call('CreateAlias', { AliasName: 'alias/signs', TargetKeyId: KeyId })
    const first = await world.as('admin').call('GetPublicKey', { KeyId })
    const kept = Buffer.from(first.PublicKey)
    first.PublicKey.fill(0)
    const second = await world.as('admin').call('GetPublicKey', { KeyId: 'alias/signs' })
    expect(Buffer.from(second.PublicKey)).toEqual(kept)
  })

  it.each([
    ['SYMMETRIC_DEFAULT', 'ENCRYPT_DECRYPT'],
    ['HMAC_256', 'GENERATE_VERIFY_MAC'],
  ])('there is none of %s', async (KeySpec, KeyUsage) => {
    const { KeyMetadata } = await world.as('admin').call('CreateKey', { KeySpec, KeyUsage })
    expect(await world.as('admin').refusal('GetPublicKey', { KeyId: KeyMetadata.KeyId })).toMatchObject({
      code: 'UnsupportedOperationException',
      message: `${KeyMetadata.Arn} key spec is ${KeySpec} which is not valid for GetPublicKey.`,
    })
  })
})

describe('what policies and the log see', () => {
  it('the algorithm and the message type are conditions', async () => {
    const carol = 'arn:aws:iam::111122223333:user/carol'
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
          Principal: { AWS: carol },
          Action: 'kms:Sign',
          Resource: '*',
          Condition: {
            StringEquals: { 'kms:SigningAlgorithm': 'RSASSA_PSS_SHA_256', 'kms:MessageType': 'RAW' },
          },
        },
      ],
    })
    const KeyId = arnOf('RSA_2048')
    await world.as('admin').call('PutKeyPolicy', { KeyId, Policy })
    const ask = { KeyId, Message: encode(Buffer.alloc(32)), SigningAlgorithm: 'RSASSA_PSS_SHA_256' }
    expect((await world.as('carol').call('Sign', ask)).Signature).toHaveLength(256)
    for (const other of [{ SigningAlgorithm: 'RSASSA_PSS_SHA_384' }, { MessageType: 'DIGEST' }])
      expect((await world.as('carol').refusal('Sign', { ...ask, ...other })).code).toBe(
        'AccessDeniedException',
      )
  })

  it('an event names key, type and algorithm, and has neither message nor signature', async () => {
    const { Signature } = await sign('ECC_NIST_P256', 'ECDSA_SHA_256')
    const signed = (await world.lastEvent()).record
    expect(signed).toMatchObject({ eventName: 'Sign', readOnly: true, responseElements: null })
    expect(signed.requestParameters).toEqual({
      keyId: arnOf('ECC_NIST_P256'),
      messageType: 'RAW',
      signingAlgorithm: 'ECDSA_SHA_256',
    })
    await world
      .as('admin')
      .call('Verify', request('ECC_NIST_P256', 'ECDSA_SHA_256', { Signature: encode(Signature) }))
    const verified = (await world.lastEvent()).record
    for (const record of [signed, verified]) {
      expect(JSON.stringify(record)).not.toContain(encode(MESSAGE))
      expect(JSON.stringify(record)).not.toContain(encode(Signature))
    }
  })
})
