import { randomUUID } from 'node:crypto'
import { DecryptCommand, KMSClient } from '@aws-sdk/client-kms'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ServedWorld, serveWorld } from '#lib/server/wire/served-world.ts'
import { ACCOUNT, type Answer, base64, REGION, type World } from '#lib/testing/world.ts'

let served: ServedWorld
let world: World
let key: string
let blob: string

const arnOf = (name: string) => `arn:aws:iam::${ACCOUNT}:user/${name}`
const policyWith = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement }, null, 2)
const DELEGATE = {
  Sid: 'Root',
  Effect: 'Allow',
  Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
  Action: 'kms:*',
  Resource: '*',
}
const use = (tenant: string) => ({
  Sid: 'Use',
  Effect: 'Allow',
  Principal: { AWS: arnOf('bob') },
  Action: 'kms:Decrypt',
  Resource: '*',
  Condition: { StringEquals: { 'kms:EncryptionContext:tenant': tenant } },
})

beforeAll(async () => {
  served = await serveWorld()
  world = served.world
  const admin = world.as('admin')
  key = (await admin.call('CreateKey', { Policy: policyWith(DELEGATE, use('acme')) })).KeyMetadata.KeyId
  const input = { KeyId: key, Plaintext: base64('x'), EncryptionContext: { tenant: 'acme' } }
  blob = Buffer.from((await admin.call('Encrypt', input)).CiphertextBlob).toString('base64')
})
afterAll(() => served?.close())

const decrypt = (who: string, requestId: string, tenant = 'acme') =>
  world.as(who).call('Decrypt', { CiphertextBlob: blob, EncryptionContext: { tenant } }, { requestId })

/** The request id of something that was refused or not. */
async function asked(doing: (requestId: string) => Promise<unknown>): Promise<string> {
  const requestId = randomUUID()
  await doing(requestId).catch(() => {})
  return requestId
}
const explain = (RequestId: string, by = 'admin'): Promise<Answer> =>
  world.as(by).call('ExplainEvent', { RequestId })

describe('ExplainEvent', () => {
  it('finds the trace of a refusal that the SDK got over the wire', async () => {
    const { id: accessKeyId, secret: secretAccessKey } = world.as('stranger').accessKey
    const client = new KMSClient({
      region: REGION,
      endpoint: served.url,
      credentials: { accessKeyId, secretAccessKey },
    })
    const command = new DecryptCommand({
      CiphertextBlob: Buffer.from(blob, 'base64'),
      EncryptionContext: { tenant: 'acme' },
    })
    const refusal = await client.send(command).catch((thrown) => thrown)
    client.destroy()
    expect(refusal.name).toBe('AccessDeniedException')
    const told = await explain(refusal.$metadata.requestId)
    expect(told).toMatchObject({
      Allowed: false,
      Verdict: 'implicit-deny',
      Basis: 'recorded',
      PrincipalArn: arnOf('stranger'),
      Action: 'kms:Decrypt',
    })
    expect(told.Gates.map(({ Result }: Answer) => Result)).toEqual([
      'pass',
      'no',
      'pass',
      'no',
      'not-applicable',
      'not-applicable',
    ])
    expect(told.Remedy).toMatchObject({ Where: 'identity-policy' })
  })

  it('quotes the policy of then, when it has changed since', async () => {
    const then = await asked((id) => decrypt('bob', id, 'beta'))
    await world.as('admin').call('PutKeyPolicy', { KeyId: key, Policy: policyWith(DELEGATE, use('beta')) })
    const told = await explain(then)
    await world.as('admin').call('PutKeyPolicy', { KeyId: key, Policy: policyWith(DELEGATE, use('acme')) })
    const [near] = told.Gates[1].Statements
    expect(near).toMatchObject({ Sid: 'Use', Line: 13, Principal: true, Action: true })
    expect(near.Conditions).toMatchObject([{ Values: ['acme'], Saw: ['beta'], Holds: false }])
    expect(told.Remedy).toMatchObject({
      Where: 'request',
      Sentence: expect.stringContaining('tenant = acme'),
    })
  })

  it('tells the statement that allowed', async () => {
    const told = await explain(await asked((id) => decrypt('bob', id)))
    expect(told).toMatchObject({ Allowed: true, Verdict: 'allowed', Deciding: { Sid: 'Use' }, Remedy: null })
  })

  it('tells the statement that denied, of an identity policy that is gone', async () => {
    const admin = world.as('admin')
    const PolicyDocument = policyWith({ Sid: 'Never', Effect: 'Deny', Action: 'kms:Decrypt', Resource: '*' })
    await admin.call('PutUserPolicy', { UserName: 'bob', PolicyName: 'never', PolicyDocument })
    const then = await asked((id) => decrypt('bob', id))
    await admin.call('DeleteUserPolicy', { UserName: 'bob', PolicyName: 'never' })
    const told = await explain(then)
    expect(told).toMatchObject({
      Verdict: 'explicit-deny',
      Deciding: { Sid: 'Never', PolicyName: 'never', PolicyRole: 'identity', Line: 4 },
      Remedy: { Where: 'identity-policy', Sentence: expect.stringContaining('no longer deny') },
      Turning: { EventName: 'PutUserPolicy', By: arnOf('admin') },
    })
  })

  it('names the change between the last success and the refusal, not a later one', async () => {
    const admin = world.as('admin')
    await decrypt('bob', randomUUID())
    await admin.call('PutKeyPolicy', { KeyId: key, Policy: policyWith(DELEGATE) })
    const then = await asked((id) => decrypt('bob', id))
    await admin.call('TagResource', { KeyId: key, Tags: [{ TagKey: 'a', TagValue: 'b' }] })
    const told = await explain(then)
    await admin.call('PutKeyPolicy', { KeyId: key, Policy: policyWith(DELEGATE, use('acme')) })
    expect(told.Turning).toMatchObject({ EventName: 'PutKeyPolicy', By: arnOf('admin') })
  })

  it('tells the state of the key that failed a permitted request', async () => {
    const admin = world.as('admin')
    await admin.call('DisableKey', { KeyId: key })
    const then = await asked((id) => decrypt('bob', id))
    await admin.call('EnableKey', { KeyId: key })
    const told = await explain(then)
    expect(told).toMatchObject({ Allowed: false, Verdict: 'allowed' })
    expect(told.Gates.at(-1)).toMatchObject({
      Result: 'no',
      Sentence: expect.stringContaining('DisabledException'),
    })
  })

  it('explains the same event by its own id', async () => {
    const requestId = await asked((id) => decrypt('stranger', id))
    await world.engine.services.sequencer.catchUp()
    const [row] = await world.sql('SELECT event_id FROM audit.entry WHERE request_id = $1', [requestId])
    const told = await world.as('admin').call('ExplainEvent', { EventId: row?.event_id })
    expect(told).toEqual(await explain(requestId))
  })

  it('says so of a request that no policy was asked about', async () => {
    const requestId = await asked((id) =>
      world.as('bob').call('DescribeKey', { KeyId: 'alias/none' }, { requestId: id }),
    )
    expect(await explain(requestId)).toMatchObject({
      Deciding: null,
      Sentence: expect.stringContaining('not found'),
    })
  })
})

describe('who may ask for a recorded trace', () => {
  it('is whoever was refused, without the texts', async () => {
    const told = await explain(await asked((id) => decrypt('bob', id, 'beta')), 'bob')
    expect(told).toMatchObject({ Allowed: false, Verdict: 'implicit-deny', Context: {} })
    expect(JSON.stringify(told)).not.toContain('acme')
  })

  it('is whoever reads the log, with the texts they may read', async () => {
    const told = await explain(await asked((id) => decrypt('bob', id, 'beta')), 'carol')
    expect(told.Gates[1].Statements[0]).toMatchObject({ Text: null, Conditions: [] })
  })

  it('is nobody else, who is not told whether there is such a request', async () => {
    const mine = await asked((id) => decrypt('bob', id))
    for (const RequestId of [mine, randomUUID()]) {
      const refusal = await world.as('stranger').refusal('ExplainEvent', { RequestId })
      expect(refusal.code).toBe('AccessDeniedException')
    }
  })

  it('is nobody of another account', async () => {
    const mine = await asked((id) => decrypt('bob', id))
    expect((await world.as('outsider').refusal('ExplainEvent', { RequestId: mine })).code).toBe(
      'NotFoundException',
    )
  })
})
