import { CloudTrailClient, LookupEventsCommand } from '@aws-sdk/client-cloudtrail'
import {
  DisableKeyCommand,
  EncryptCommand,
  KMSClient,
  ListKeysCommand,
  ScheduleKeyDeletionCommand,
} from '@aws-sdk/client-kms'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ACCOUNT, ALICE, ALICE_KEY, openTestEdge, REGION, SAMPLE_TIME, type TestEdge } from './testing.ts'

let edge: TestEdge
beforeAll(async () => {
  edge = await openTestEdge()
})
afterAll(() => edge.close())

const config = (over: { secretAccessKey?: string; accessKeyId?: string; region?: string } = {}) => ({
  endpoint: edge.url,
  region: over.region ?? REGION,
  maxAttempts: 1,
  credentials: { accessKeyId: ALICE_KEY.id, secretAccessKey: ALICE_KEY.secret, ...over },
})
const refusalOf = (promise: Promise<unknown>) =>
  promise.then(
    () => expect.fail('was not refused'),
    (error) => error,
  )

describe('@aws-sdk/client-kms', () => {
  it('lists keys', async () => {
    const kms = new KMSClient(config())
    const { Keys, Truncated, NextMarker } = await kms.send(new ListKeysCommand({ Limit: 5 }))
    expect([Keys, Truncated, NextMarker]).toEqual([[{ KeyId: 'a', KeyArn: 'b' }], false, undefined])
    expect(edge.invoked.at(-1)?.caller.channel.invocationId).toMatch(/^[0-9a-f-]{36}$/)
  })

  it('sends and receives bytes', async () => {
    const Plaintext = Uint8Array.from({ length: 256 }, (_, i) => i)
    const { CiphertextBlob } = await new KMSClient(config()).send(
      new EncryptCommand({ KeyId: 'alias/a', Plaintext }),
    )
    expect(CiphertextBlob?.subarray(0, 256)).toEqual(Plaintext)
  })

  it('understands an operation without output', async () => {
    const answer = await new KMSClient(config()).send(new DisableKeyCommand({ KeyId: 'a' }))
    expect(answer.$metadata.httpStatusCode).toBe(200)
    expect(answer.$metadata.requestId).toMatch(/^[0-9a-f-]{36}$/)
  })

  it.each([
    ['NotFoundException', "Key 'a' does not exist", 400],
    ['AccessDeniedException', 'User: x is not authorized', 400],
    ['KMSInternalException', 'An internal error occurred.', 500],
    ['DependencyTimeoutException', 'The request timed out.', 503],
  ])('understands %s', async (name, message, status) => {
    const error = await refusalOf(
      new KMSClient(config()).send(new ScheduleKeyDeletionCommand({ KeyId: `${name}|${message}` })),
    )
    expect([error.name, error.message, error.$metadata.httpStatusCode]).toEqual([name, message, status])
  })

  it('understands a constraint that is broken', async () => {
    const error = await refusalOf(new KMSClient(config()).send(new ListKeysCommand({ Limit: 5000 })))
    expect(error.name).toBe('ValidationException')
    expect(error.message).toContain("Value '5000' at 'limit' failed to satisfy constraint")
  })
})

describe('@aws-sdk/client-cloudtrail', () => {
  it('sends and receives times', async () => {
    const StartTime = new Date('2026-01-02T03:04:05Z')
    const { Events } = await new CloudTrailClient(config()).send(new LookupEventsCommand({ StartTime }))
    expect(Events?.[0]?.EventTime).toEqual(StartTime)
    const again = await new CloudTrailClient(config()).send(new LookupEventsCommand({}))
    expect(again.Events?.[0]?.EventTime).toEqual(SAMPLE_TIME)
  })

  it('understands a refusal', async () => {
    const error = await refusalOf(
      new CloudTrailClient(config()).send(new LookupEventsCommand({ NextToken: 'x' })),
    )
    expect(error.name).toBe('InvalidNextTokenException')
  })
})

describe('@aws-sdk/client-sts', () => {
  it.each(['eu-west-1', 'us-east-1'])('says who is calling, signed for %s', async (region) => {
    const { UserId, Account, Arn } = await new STSClient(config({ region })).send(
      new GetCallerIdentityCommand({}),
    )
    expect([UserId, Account, Arn]).toEqual([ALICE.id, ACCOUNT, ALICE.arn])
  })

  it.each([
    ['SignatureDoesNotMatch', { secretAccessKey: 'wrong' }, 403],
    ['InvalidClientTokenId', { accessKeyId: 'AKIANOBODYNOBODY0001' }, 403],
    ['SignatureDoesNotMatch', { region: 'xx-moon-1' }, 403],
  ])('understands %s', async (name, over, status) => {
    const error = await refusalOf(new STSClient(config(over)).send(new GetCallerIdentityCommand({})))
    expect([error.name, error.$metadata.httpStatusCode]).toEqual([name, status])
    expect(error.message).not.toBe('')
  })
})
