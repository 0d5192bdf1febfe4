/** The AWS Encryption SDK for JavaScript with keys of Keyhouse: envelope encryption as programs do it. */
import {
  buildClient,
  CommitmentPolicy,
  KmsKeyringNode,
  type KmsKeyringNodeInput,
} from '@aws-crypto/client-node'
import { KMS } from '@aws-sdk/client-kms'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { OTHER_REGION, REGION } from '#lib/testing/world.ts'
import { type ServedWorld, serveWorld } from './served-world.ts'

const { encrypt, decrypt } = buildClient(CommitmentPolicy.REQUIRE_ENCRYPT_REQUIRE_DECRYPT)
const message = 'order 42, '.repeat(2_000)
const encryptionContext = { tenant: 'acme', purpose: 'orders' }

let served: ServedWorld
beforeAll(async () => {
  served = await serveWorld()
})
afterAll(() => served?.close())

function clientAs(name: string) {
  const { id, secret } = served.world.as(name).accessKey
  return (region: string) =>
    new KMS({
      endpoint: served.url,
      region,
      maxAttempts: 1,
      credentials: { accessKeyId: id, secretAccessKey: secret },
    })
}

// The SDK's keyring names the class of an older release of the same client.
const keyringAs = (name: string, of: Pick<KmsKeyringNodeInput, 'generatorKeyId' | 'keyIds' | 'discovery'>) =>
  new KmsKeyringNode({ ...of, clientProvider: clientAs(name) as never })

describe('the AWS Encryption SDK', () => {
  it('encrypts under an alias and decrypts with the key’s ARN', async () => {
    const admin = served.world.as('admin')
    const { Arn } = (await admin.call('CreateKey')).KeyMetadata
    await admin.call('CreateAlias', { AliasName: 'alias/envelope', TargetKeyId: Arn })
    const alias = Arn.replace(/key\/.*/, 'alias/envelope')
    const { result } = await encrypt(keyringAs('admin', { generatorKeyId: alias }), message, {
      encryptionContext,
    })
    const opened = await decrypt(keyringAs('admin', { keyIds: [Arn] }), result)
    expect(opened.plaintext.toString()).toBe(message)
    expect(opened.messageHeader.encryptionContext).toMatchObject(encryptionContext)
  })

  it('decrypts with any one of several keys', async () => {
    const admin = served.world.as('admin')
    const [first, second] = [
      (await admin.call('CreateKey')).KeyMetadata,
      (await admin.call('CreateKey')).KeyMetadata,
    ]
    const both = keyringAs('admin', { generatorKeyId: first.Arn, keyIds: [second.Arn] })
    const { result } = await encrypt(both, message, { encryptionContext })
    await admin.call('DisableKey', { KeyId: first.KeyId })
    const opened = await decrypt(keyringAs('admin', { keyIds: [second.Arn] }), result)
    expect(opened.plaintext.toString()).toBe(message)
  })

  it('cannot decrypt as somebody whom the key does not let', async () => {
    const { Arn } = (await served.world.as('admin').call('CreateKey')).KeyMetadata
    const { result } = await encrypt(keyringAs('admin', { generatorKeyId: Arn }), message)
    await expect(decrypt(keyringAs('stranger', { keyIds: [Arn] }), result)).rejects.toThrow()
  })

  it('decrypts in another Region what a multi-Region key encrypted', async () => {
    const admin = served.world.as('admin')
    const { KeyId, Arn } = (await admin.call('CreateKey', { MultiRegion: true })).KeyMetadata
    await admin.call('ReplicateKey', { KeyId, ReplicaRegion: OTHER_REGION })
    await served.world.engine.services.dueWork.sweep()
    const { result } = await encrypt(keyringAs('admin', { generatorKeyId: Arn }), message, {
      encryptionContext,
    })
    const replica = served.world.as('admin', OTHER_REGION)
    const header = (await decrypt(keyringAs('admin', { keyIds: [Arn] }), result)).messageHeader
    const [dataKey] = header.encryptedDataKeys
    const opened = await replica.call('Decrypt', {
      CiphertextBlob: Buffer.from(dataKey?.encryptedDataKey ?? []).toString('base64'),
      EncryptionContext: header.encryptionContext,
    })
    expect(opened.KeyId).toBe(Arn.replace(REGION, OTHER_REGION))
    expect(opened.Plaintext).toHaveLength(32)
  })
})
