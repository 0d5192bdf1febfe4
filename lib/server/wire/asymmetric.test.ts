/** AWS's SDK for JavaScript with keys that sign, agree, encapsulate and encrypt; OpenSSL is the other side. */
import {
  constants,
  createPrivateKey,
  createPublicKey,
  decapsulate,
  diffieHellman,
  encapsulate,
  generateKeyPairSync,
  publicEncrypt,
  verify,
} from 'node:crypto'
import {
  CreateCustomKeyStoreCommand,
  CreateKeyCommand,
  type CreateKeyCommandInput,
  DecapsulateCommand,
  DecryptCommand,
  DeriveSharedSecretCommand,
  DescribeCustomKeyStoresCommand,
  EncapsulateCommand,
  EncryptCommand,
  GenerateDataKeyPairCommand,
  GenerateDataKeyPairWithoutPlaintextCommand,
  GenerateMacCommand,
  GetPublicKeyCommand,
  KMSClient,
  KMSInvalidMacException,
  KMSInvalidSignatureException,
  ReEncryptCommand,
  SignCommand,
  VerifyCommand,
  VerifyMacCommand,
} from '@aws-sdk/client-kms'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { REGION } from '#lib/testing/world.ts'
import { type ServedWorld, serveWorld } from './served-world.ts'

let served: ServedWorld
let kms: KMSClient
beforeAll(async () => {
  served = await serveWorld()
  const { id, secret } = served.world.as('admin').accessKey
  kms = new KMSClient({
    endpoint: served.url,
    region: REGION,
    maxAttempts: 1,
    credentials: { accessKeyId: id, secretAccessKey: secret },
  })
})
afterAll(() => served?.close())

const Message = Buffer.from('order 42')

async function made(input: CreateKeyCommandInput) {
  const { KeyMetadata } = await kms.send(new CreateKeyCommand(input))
  return KeyMetadata?.Arn ?? expect.fail('no key was made')
}
async function publicKeyOf(KeyId: string) {
  const { PublicKey } = await kms.send(new GetPublicKeyCommand({ KeyId }))
  return createPublicKey({ key: Buffer.from(PublicKey ?? []), format: 'der', type: 'spki' })
}
const privateKeyOf = (pkcs8: Uint8Array | undefined) =>
  createPrivateKey({ key: Buffer.from(pkcs8 ?? []), format: 'der', type: 'pkcs8' })

/** The error that the SDK throws. */
const thrownBy = (promise: Promise<unknown>): Promise<Error> =>
  promise.then(
    () => expect.fail('was not refused'),
    (error: Error) => error,
  )

describe('a program with the SDK', () => {
  it.each([
    ['ECC_NIST_P256', 'ECDSA_SHA_256', 'sha256'],
    ['RSA_2048', 'RSASSA_PKCS1_V1_5_SHA_512', 'sha512'],
    ['ECC_NIST_EDWARDS25519', 'ED25519_SHA_512', null],
    ['ML_DSA_65', 'ML_DSA_SHAKE_256', null],
  ] as const)('signs with %s by %s; anyone verifies', async (KeySpec, SigningAlgorithm, hash) => {
    const KeyId = await made({ KeySpec, KeyUsage: 'SIGN_VERIFY' })
    const { Signature } = await kms.send(new SignCommand({ KeyId, Message, SigningAlgorithm }))
    expect(verify(hash, Message, await publicKeyOf(KeyId), Buffer.from(Signature ?? []))).toBe(true)
    const asked = { KeyId, Signature, SigningAlgorithm }
    const verified = await kms.send(new VerifyCommand({ ...asked, Message }))
    expect(verified).toMatchObject({ KeyId, SignatureValid: true, SigningAlgorithm })
    const wrong = new VerifyCommand({ ...asked, Message: Buffer.from('order 43') })
    expect(await thrownBy(kms.send(wrong))).toBeInstanceOf(KMSInvalidSignatureException)
  })

  it('makes a MAC, and is told when one does not match', async () => {
    const KeyId = await made({ KeySpec: 'HMAC_384', KeyUsage: 'GENERATE_VERIFY_MAC' })
    const asked = { KeyId, Message, MacAlgorithm: 'HMAC_SHA_384' } as const
    const { Mac } = await kms.send(new GenerateMacCommand(asked))
    expect(Mac).toHaveLength(48)
    expect(await kms.send(new VerifyMacCommand({ ...asked, Mac }))).toMatchObject({ MacValid: true })
    const wrong = new VerifyMacCommand({ ...asked, Mac: new Uint8Array(48) })
    expect(await thrownBy(kms.send(wrong))).toBeInstanceOf(KMSInvalidMacException)
  })

  it('derives the secret that the other side derives', async () => {
    const KeyId = await made({ KeySpec: 'ECC_NIST_P384', KeyUsage: 'KEY_AGREEMENT' })
    const peer = generateKeyPairSync('ec', { namedCurve: 'P-384' })
    const answer = await kms.send(
      new DeriveSharedSecretCommand({
        KeyId,
        KeyAgreementAlgorithm: 'ECDH',
        PublicKey: peer.publicKey.export({ format: 'der', type: 'spki' }),
      }),
    )
    const theirs = diffieHellman({ privateKey: peer.privateKey, publicKey: await publicKeyOf(KeyId) })
    expect(Buffer.from(answer.SharedSecret ?? [])).toEqual(theirs)
    expect(answer).toMatchObject({ KeyId, KeyOrigin: 'AWS_KMS', KeyAgreementAlgorithm: 'ECDH' })
  })

  it('opens what others encapsulated for it, and encapsulates itself', async () => {
    const KeyId = await made({ KeySpec: 'ML_KEM_768', KeyUsage: 'ENCAPSULATE_DECAPSULATE' })
    const EncapsulationAlgorithm = 'ML_KEM' as const
    const { sharedKey, ciphertext } = encapsulate(await publicKeyOf(KeyId))
    const open = (SharedSecretCiphertextBlob: Uint8Array | undefined) =>
      kms.send(new DecapsulateCommand({ KeyId, EncapsulationAlgorithm, SharedSecretCiphertextBlob }))
    expect(Buffer.from((await open(ciphertext)).SharedSecret ?? [])).toEqual(sharedKey)
    const own = await kms.send(new EncapsulateCommand({ KeyId, EncapsulationAlgorithm }))
    expect((await open(own.SharedSecretCiphertextBlob)).SharedSecret).toEqual(own.SharedSecret)
  })

  it('gets a data key pair whose private half only its key opens', async () => {
    const KeyId = await made({})
    const EncryptionContext = { tenant: 'acme' }
    const asked = { KeyId, KeyPairSpec: 'ML_KEM_512', EncryptionContext } as const
    const pair = await kms.send(new GenerateDataKeyPairCommand(asked))
    const publicKey = createPublicKey({ key: Buffer.from(pair.PublicKey ?? []), format: 'der', type: 'spki' })
    const { sharedKey, ciphertext } = encapsulate(publicKey)
    expect(decapsulate(privateKeyOf(pair.PrivateKeyPlaintext), ciphertext)).toEqual(sharedKey)
    const sealed = await kms.send(new GenerateDataKeyPairWithoutPlaintextCommand(asked))
    expect(sealed).not.toHaveProperty('PrivateKeyPlaintext')
    const { Plaintext } = await kms.send(
      new DecryptCommand({ CiphertextBlob: sealed.PrivateKeyCiphertextBlob, EncryptionContext }),
    )
    const half = createPublicKey(privateKeyOf(Plaintext)).export({ format: 'der', type: 'spki' })
    expect(half).toEqual(Buffer.from(sealed.PublicKey ?? []))
  })

  it('decrypts what anyone encrypted to an RSA key, and moves it under a symmetric one', async () => {
    const KeyId = await made({ KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT_DECRYPT' })
    const EncryptionAlgorithm = 'RSAES_OAEP_SHA_256' as const
    const padding = constants.RSA_PKCS1_OAEP_PADDING
    const key = await publicKeyOf(KeyId)
    const CiphertextBlob = publicEncrypt({ key, padding, oaepHash: 'sha256' }, Message)
    const opened = await kms.send(new DecryptCommand({ KeyId, EncryptionAlgorithm, CiphertextBlob }))
    expect(Buffer.from(opened.Plaintext ?? [])).toEqual(Message)
    const sealed = await kms.send(new EncryptCommand({ KeyId, EncryptionAlgorithm, Plaintext: Message }))
    expect(sealed.CiphertextBlob).toHaveLength(256)
    const DestinationKeyId = await made({})
    const moved = await kms.send(
      new ReEncryptCommand({
        CiphertextBlob: sealed.CiphertextBlob,
        SourceKeyId: KeyId,
        SourceEncryptionAlgorithm: EncryptionAlgorithm,
        DestinationKeyId,
      }),
    )
    const { Plaintext } = await kms.send(new DecryptCommand({ CiphertextBlob: moved.CiphertextBlob }))
    expect(Buffer.from(Plaintext ?? [])).toEqual(Message)
  })

  it('finds no custom key store, and makes none', async () => {
    expect(await kms.send(new DescribeCustomKeyStoresCommand({}))).toMatchObject({ CustomKeyStores: [] })
    const create = new CreateCustomKeyStoreCommand({ CustomKeyStoreName: 'vault' })
    expect((await thrownBy(kms.send(create))).name).toBe('UnsupportedOperationException')
  })
})
