/** AWS's SDK for JavaScript against the real engine: the walk that a program takes. */
import { CloudTrailClient, LookupEventsCommand } from '@aws-sdk/client-cloudtrail'
import {
  CancelKeyDeletionCommand,
  CreateAliasCommand,
  CreateKeyCommand,
  DecryptCommand,
  DescribeKeyCommand,
  DisableKeyCommand,
  EnableKeyRotationCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  GenerateDataKeyWithoutPlaintextCommand,
  GetKeyPolicyCommand,
  GetKeyRotationStatusCommand,
  KMSClient,
  ListAliasesCommand,
  ListKeyRotationsCommand,
  ListResourceTagsCommand,
  PutKeyPolicyCommand,
  paginateListKeys,
  ReEncryptCommand,
  RotateKeyOnDemandCommand,
  ScheduleKeyDeletionCommand,
} from '@aws-sdk/client-kms'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ACCOUNT, REGION } from '#lib/testing/world.ts'
import { type ServedWorld, serveWorld } from './served-world.ts'

let served: ServedWorld
beforeAll(async () => {
  served = await serveWorld()
})
afterAll(() => served?.close())

function configOf(name: string) {
  const { id, secret } = served.world.as(name).accessKey
  return {
    endpoint: served.url,
    region: REGION,
    maxAttempts: 1,
    credentials: { accessKeyId: id, secretAccessKey: secret },
  }
}
const kmsOf = (name: string) => new KMSClient(configOf(name))

/** The name of the error that the SDK throws. */
const refusalOf = (promise: Promise<unknown>) =>
  promise.then(
    () => expect.fail('was not refused'),
    (error: Error) => error.name,
  )

const bytes = (text: string) => Buffer.from(text)
const text = (blob: Uint8Array | undefined) => Buffer.from(blob ?? []).toString()

describe('a program with the SDK', () => {
  it('creates a key, encrypts by its alias, decrypts without naming it, and re-encrypts', async () => {
    const kms = kmsOf('admin')
    const Tags = [{ TagKey: 'team', TagValue: 'shop' }]
    const { KeyMetadata: key } = await kms.send(new CreateKeyCommand({ Description: 'orders', Tags }))
    expect(key).toMatchObject({ KeyState: 'Enabled', KeySpec: 'SYMMETRIC_DEFAULT', Enabled: true })
    expect(key?.CreationDate).toBeInstanceOf(Date)
    await kms.send(new CreateAliasCommand({ AliasName: 'alias/orders', TargetKeyId: key?.KeyId }))
    const EncryptionContext = { tenant: 'acme', naïve: 'Grüße ☃' }
    const sealed = await kms.send(
      new EncryptCommand({ KeyId: 'alias/orders', Plaintext: bytes('order 42'), EncryptionContext }),
    )
    expect(sealed.KeyId).toBe(key?.Arn)
    const opened = await kms.send(
      new DecryptCommand({ CiphertextBlob: sealed.CiphertextBlob, EncryptionContext }),
    )
    expect(text(opened.Plaintext)).toBe('order 42')
    expect(await refusalOf(kms.send(new DecryptCommand({ CiphertextBlob: sealed.CiphertextBlob })))).toBe(
      'InvalidCiphertextException',
    )
    const { KeyMetadata: other } = await kms.send(new CreateKeyCommand({}))
    const again = await kms.send(
      new ReEncryptCommand({
        CiphertextBlob: sealed.CiphertextBlob,
        SourceEncryptionContext: EncryptionContext,
        DestinationKeyId: other?.KeyId,
      }),
    )
    expect(again).toMatchObject({ SourceKeyId: key?.Arn, KeyId: other?.Arn })
    expect(
      text((await kms.send(new DecryptCommand({ CiphertextBlob: again.CiphertextBlob }))).Plaintext),
    ).toBe('order 42')
    expect((await kms.send(new ListResourceTagsCommand({ KeyId: key?.KeyId }))).Tags).toEqual(Tags)
    expect((await kms.send(new ListAliasesCommand({ KeyId: key?.KeyId }))).Aliases).toMatchObject([
      { AliasName: 'alias/orders' },
    ])
  })

  it('gets data keys', async () => {
    const kms = kmsOf('admin')
    const { KeyMetadata: key } = await kms.send(new CreateKeyCommand({}))
    const made = await kms.send(new GenerateDataKeyCommand({ KeyId: key?.KeyId, KeySpec: 'AES_256' }))
    expect(made.Plaintext).toHaveLength(32)
    expect((await kms.send(new DecryptCommand({ CiphertextBlob: made.CiphertextBlob }))).Plaintext).toEqual(
      made.Plaintext,
    )
    const bare = await kms.send(
      new GenerateDataKeyWithoutPlaintextCommand({ KeyId: key?.KeyId, NumberOfBytes: 64 }),
    )
    expect(bare).not.toHaveProperty('Plaintext')
    expect(
      (await kms.send(new DecryptCommand({ CiphertextBlob: bare.CiphertextBlob }))).Plaintext,
    ).toHaveLength(64)
  })

  it('rotates a key and opens what was sealed before', async () => {
    const kms = kmsOf('admin')
    const { KeyMetadata: { KeyId } = {} } = await kms.send(new CreateKeyCommand({}))
    const old = await kms.send(new EncryptCommand({ KeyId, Plaintext: bytes('old') }))
    await kms.send(new EnableKeyRotationCommand({ KeyId, RotationPeriodInDays: 180 }))
    const status = await kms.send(new GetKeyRotationStatusCommand({ KeyId }))
    expect(status).toMatchObject({ KeyRotationEnabled: true, RotationPeriodInDays: 180 })
    expect(status.NextRotationDate).toBeInstanceOf(Date)
    await kms.send(new RotateKeyOnDemandCommand({ KeyId }))
    expect((await kms.send(new ListKeyRotationsCommand({ KeyId }))).Rotations).toMatchObject([
      { RotationType: 'ON_DEMAND' },
    ])
    expect(text((await kms.send(new DecryptCommand({ CiphertextBlob: old.CiphertextBlob }))).Plaintext)).toBe(
      'old',
    )
  })

  it('schedules deletion, is refused, and cancels it', async () => {
    const kms = kmsOf('admin')
    const { KeyMetadata: { KeyId } = {} } = await kms.send(new CreateKeyCommand({}))
    const scheduled = await kms.send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 }))
    const days = ((scheduled.DeletionDate?.getTime() ?? 0) - Date.now()) / 86_400_000
    expect(days).toBeCloseTo(7, 1)
    expect(await refusalOf(kms.send(new EncryptCommand({ KeyId, Plaintext: bytes('x') })))).toBe(
      'KMSInvalidStateException',
    )
    await kms.send(new CancelKeyDeletionCommand({ KeyId }))
    expect((await kms.send(new DescribeKeyCommand({ KeyId }))).KeyMetadata?.KeyState).toBe('Disabled')
  })

  it('walks through pages', async () => {
    const kms = kmsOf('admin')
    for (let n = 0; n < 5; n++) await kms.send(new CreateKeyCommand({}))
    const found: string[] = []
    for await (const page of paginateListKeys({ client: kms, pageSize: 2 }, {})) {
      expect(page.Keys?.length).toBeLessThanOrEqual(2)
      found.push(...(page.Keys ?? []).map((key) => key.KeyId ?? ''))
    }
    const [row] = await served.world.sql(
      'SELECT count(*)::int AS n FROM keyhouse.key WHERE account_id = $1',
      [ACCOUNT],
    )
    expect(new Set(found).size).toBe(row?.n)
  })

  it('twenty keys in one second are twenty keys', async () => {
    const kms = kmsOf('admin')
    const made = await Promise.all(Array.from({ length: 20 }, () => kms.send(new CreateKeyCommand({}))))
    expect(new Set(made.map((answer) => answer.KeyMetadata?.KeyId)).size).toBe(20)
  })

  it('has its policy back to the letter', async () => {
    const kms = kmsOf('admin')
    const { KeyMetadata: { KeyId } = {} } = await kms.send(new CreateKeyCommand({}))
    const Policy = `{ "Version": "2012-10-17",\n\t"Statement": [{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::${ACCOUNT}:root"},"Action":"kms:*","Resource":"*"}] }`
    await kms.send(new PutKeyPolicyCommand({ KeyId, Policy }))
    expect((await kms.send(new GetKeyPolicyCommand({ KeyId }))).Policy).toBe(Policy)
  })

  it('knows who it is, and finds what was done and refused', async () => {
    const { KeyMetadata: { KeyId } = {} } = await kmsOf('admin').send(new CreateKeyCommand({}))
    expect((await new STSClient(configOf('bob')).send(new GetCallerIdentityCommand({}))).Arn).toBe(
      `arn:aws:iam::${ACCOUNT}:user/bob`,
    )
    expect(await refusalOf(kmsOf('bob').send(new DisableKeyCommand({ KeyId })))).toBe('AccessDeniedException')
    const trail = new CloudTrailClient(configOf('carol'))
    const lookUp = async () => {
      const LookupAttributes = [{ AttributeKey: 'EventName' as const, AttributeValue: 'DisableKey' }]
      return (await trail.send(new LookupEventsCommand({ LookupAttributes }))).Events ?? []
    }
    await expect.poll(async () => (await lookUp()).length).toBeGreaterThan(0)
    const [event] = await lookUp()
    expect(event).toMatchObject({ Username: 'bob', EventSource: 'kms.amazonaws.com' })
    expect(JSON.parse(event?.CloudTrailEvent ?? '{}')).toMatchObject({
      errorCode: 'AccessDenied',
      userIdentity: { userName: 'bob' },
    })
  })
})
