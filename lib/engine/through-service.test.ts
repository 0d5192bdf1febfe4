/** Services as callers: what they may do for somebody, and for themselves, and what nobody may claim. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { signRequest } from '#lib/aws/signer.ts'
import type { Caller } from '#lib/domain/caller.ts'
import { type ServedWorld, serveWorld } from '#lib/server/wire/served-world.ts'
import { callAs, document, refusalOf, type Statement } from '#lib/testing/sessions.ts'
import { ACCOUNT, OTHER_ACCOUNT, REGION, type World } from '#lib/testing/world.ts'
import { asService, throughService } from './through-service.ts'

let served: ServedWorld
let world: World
beforeAll(async () => {
  served = await serveWorld()
  world = served.world
})
afterAll(() => served?.close())

const ALICE = `arn:aws:iam::${ACCOUNT}:user/alice`
const BUCKET = 'arn:aws:s3:::orders'

async function keyWith(...more: readonly Statement[]): Promise<string> {
  const root = {
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
    Action: 'kms:*',
    Resource: '*',
  }
  const made = await world.as('admin').call('CreateKey', { Policy: document(root, ...more) })
  return made.KeyMetadata.Arn
}

const forAlice = (Condition: Statement, Action = 'kms:Encrypt') => ({
  ...{ Effect: 'Allow', Principal: { AWS: ALICE }, Action, Resource: '*', Condition },
})
const equals = (key: string, value: string) => ({ StringEquals: { [key]: value } })

const encrypt = (caller: Caller, KeyId: string) =>
  callAs(world.engine, { ...caller, channel: { ...caller.channel, requestId: randomUUID() } }, 'Encrypt', {
    ...{ KeyId, Plaintext: 'AA==' },
  })
const outcome = (caller: Caller, key: string) =>
  encrypt(caller, key).then(
    () => 'allowed',
    (thrown) => String(thrown.code),
  )
const DENIED = 'AccessDeniedException'

const alice = () => world.as('alice').caller
const bySsm = () => throughService(alice(), { service: 'ssm' })
const byS3 = (source: object = {}) => throughService(alice(), { service: 's3', ...source })

describe('a call that a service carries for somebody', () => {
  it.each<[string, Statement]>([
    ['kms:ViaService', equals('kms:ViaService', `s3.${REGION}.amazonaws.com`)],
    ['aws:CalledVia', { 'ForAnyValue:StringEquals': { 'aws:CalledVia': 's3.amazonaws.com' } }],
    ['aws:CalledViaFirst', equals('aws:CalledViaFirst', 's3.amazonaws.com')],
    ['aws:CalledViaLast', equals('aws:CalledViaLast', 's3.amazonaws.com')],
    ['aws:SourceArn', { ArnLike: { 'aws:SourceArn': BUCKET } }],
    ['aws:SourceAccount', equals('aws:SourceAccount', ACCOUNT)],
  ])('opens a policy that asks for %s, and nobody else does', async (_, condition) => {
    const key = await keyWith(forAlice(condition))
    const source = { sourceArn: BUCKET, sourceAccount: ACCOUNT }
    expect(await outcome(byS3(source), key)).toBe('allowed')
    expect(await outcome(bySsm(), key)).toBe(DENIED)
    expect(await outcome(alice(), key)).toBe(DENIED)
  })

  it('is their own by aws:ViaAWSService, without their address', async () => {
    const key = await keyWith(
      forAlice({ Bool: { 'aws:ViaAWSService': 'true' }, Null: { 'aws:SourceIp': 'true' } }),
    )
    expect(await outcome(byS3(), key)).toBe('allowed')
    expect(await outcome(alice(), key)).toBe(DENIED)
  })

  it('gives nobody what they may not do themselves', async () => {
    const key = await keyWith()
    expect(await outcome(throughService(world.as('stranger').caller, { service: 's3' }), key)).toBe(DENIED)
  })

  it('is logged as theirs, invoked by the service', async () => {
    const key = await keyWith(forAlice(equals('kms:ViaService', `s3.${REGION}.amazonaws.com`)))
    await encrypt(byS3(), key)
    expect((await world.events('Encrypt')).at(-1)).toMatchObject({
      userIdentity: { type: 'IAMUser', userName: 'alice', invokedBy: 's3.amazonaws.com' },
      sourceIPAddress: 's3.amazonaws.com',
      userAgent: 's3.amazonaws.com',
    })
  })

  it('makes grants for resources of AWS', async () => {
    const key = await keyWith(forAlice({ Bool: { 'kms:GrantIsForAWSResource': 'true' } }, 'kms:CreateGrant'))
    const input = { KeyId: key, GranteePrincipal: ALICE, Operations: ['Encrypt'] }
    const give = (caller: Caller) => callAs(world.engine, caller, 'CreateGrant', input)
    expect((await give(byS3())).GrantId).toBeDefined()
    expect((await refusalOf(give(alice()))).code).toBe(DENIED)
  })
})

describe('an AWS managed key', () => {
  it('is used through its service only', async () => {
    const { KeyMetadata } = await world.as('admin').call('DescribeKey', { KeyId: 'alias/aws/s3' })
    expect(await outcome(byS3(), KeyMetadata.Arn)).toBe('allowed')
    expect(await outcome(bySsm(), KeyMetadata.Arn)).toBe(DENIED)
    for (const name of ['alice', 'admin'])
      expect(await outcome(world.as(name).caller, KeyMetadata.Arn)).toBe(DENIED)
    const foreign = throughService(world.as('outsider').caller, { service: 's3' })
    expect(await outcome(foreign, KeyMetadata.Arn)).toBe(DENIED)
  })
})

const s3 = (source: object = {}, account = ACCOUNT) =>
  asService({ service: 's3', account, region: REGION, ...source })
const forS3 = (Condition?: Statement) => ({
  ...{ Effect: 'Allow', Principal: { Service: 's3.amazonaws.com' }, Action: 'kms:Encrypt', Resource: '*' },
  ...(Condition && { Condition }),
})

describe('a service that calls for itself', () => {
  it('is named by its own name', async () => {
    const key = await keyWith(forS3())
    expect(await outcome(s3(), key)).toBe('allowed')
    expect(await outcome(asService({ service: 'ssm', account: ACCOUNT, region: REGION }), key)).toBe(DENIED)
  })

  it('has no part in what the account’s own policies give', async () => {
    expect(await outcome(s3(), await keyWith())).toBe(DENIED)
  })

  it('is no principal through whom a call went', async () => {
    const key = await keyWith(forS3(equals('kms:ViaService', `s3.${REGION}.amazonaws.com`)))
    expect(await outcome(s3(), key)).toBe(DENIED)
  })

  it('is known by aws:PrincipalServiceName and aws:PrincipalIsAWSService', async () => {
    const condition = {
      ...equals('aws:PrincipalServiceName', 's3.amazonaws.com'),
      Bool: { 'aws:PrincipalIsAWSService': 'true' },
    }
    const key = await keyWith({ ...forS3(condition), Principal: '*' })
    expect(await outcome(s3(), key)).toBe('allowed')
    expect(await outcome(alice(), key)).toBe(DENIED)
  })

  it('is logged as the service', async () => {
    await encrypt(s3(), await keyWith(forS3()))
    expect((await world.events('Encrypt')).at(-1)?.userIdentity).toEqual({
      type: 'AWSService',
      invokedBy: 's3.amazonaws.com',
    })
  })

  it('uses a grant for the resource that the grant is about, and for no other', async () => {
    const key = await keyWith()
    await world.as('admin').call('CreateGrant', {
      ...{ KeyId: key, GranteeServicePrincipal: 's3.amazonaws.com', Operations: ['Encrypt'] },
      ...{ Constraints: { SourceArn: BUCKET }, RetiringPrincipal: ALICE },
    })
    expect(await outcome(s3({ sourceArn: BUCKET }), key)).toBe('allowed')
    expect(await outcome(s3({ sourceArn: `${BUCKET}-2` }), key)).toBe(DENIED)
    expect(await outcome(s3(), key)).toBe(DENIED)
  })
})

describe('a confused deputy', () => {
  it.each<[string, Statement]>([
    ['aws:SourceAccount', equals('aws:SourceAccount', ACCOUNT)],
    ['aws:SourceArn', { ArnLike: { 'aws:SourceArn': `arn:aws:sns:${REGION}:${ACCOUNT}:*` } }],
  ])('is refused: a service asked by another account for this one’s key, by %s', async (_, condition) => {
    const key = await keyWith(forS3(condition))
    const topic = (account: string) => ({
      sourceAccount: account,
      sourceArn: `arn:aws:sns:${REGION}:${account}:orders`,
    })
    expect(await outcome(s3(topic(ACCOUNT)), key)).toBe('allowed')
    expect(await outcome(s3(topic(OTHER_ACCOUNT)), key)).toBe(DENIED)
    expect(await outcome(s3(topic(OTHER_ACCOUNT), OTHER_ACCOUNT), key)).toBe(DENIED)
    expect(await outcome(s3(), key)).toBe(DENIED)
  })
})

describe('a request', () => {
  it('cannot claim to come through a service, for a resource, or by an endpoint', async () => {
    const key = await keyWith(
      forAlice(equals('kms:ViaService', `s3.${REGION}.amazonaws.com`)),
      forAlice(equals('aws:SourceAccount', ACCOUNT)),
      forAlice(equals('aws:SourceVpce', 'vpce-1')),
      forAlice({ Bool: { 'aws:ViaAWSService': 'true' } }),
    )
    const claims = {
      'x-amz-via-service': `s3.${REGION}.amazonaws.com`,
      'x-amz-calledvia': 's3.amazonaws.com',
      'x-amz-source-arn': BUCKET,
      'x-amz-source-account': ACCOUNT,
      'x-amz-source-vpce': 'vpce-1',
      'x-amz-invoked-by': 's3.amazonaws.com',
      'user-agent': 's3.amazonaws.com',
    }
    const body = JSON.stringify({ KeyId: key, Plaintext: 'AA==' })
    const headers = signRequest({
      ...{ method: 'POST', url: `${served.url}/`, body, region: REGION, service: 'kms', date: new Date() },
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': 'TrentService.Encrypt',
        ...claims,
      },
      credentials: world.as('alice').accessKey,
    })
    const answer = await fetch(served.url, { method: 'POST', body, headers })
    expect(answer.status).toBe(400)
    expect(await answer.text()).toContain(DENIED)
  })

  it('through a configured endpoint has its name, and no public address', async () => {
    const key = await keyWith(
      forAlice({ ...equals('aws:SourceVpce', 'vpce-1'), Null: { 'aws:SourceIp': 'true' } }),
    )
    const { channel } = alice()
    expect(await outcome({ ...alice(), channel: { ...channel, vpcEndpoint: 'vpce-1' } }, key)).toBe('allowed')
    expect(await outcome(alice(), key)).toBe(DENIED)
  })
})
