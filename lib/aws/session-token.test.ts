import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  ALICE_KEY,
  OTHER_SESSION_KEY,
  OVER_SESSION_KEY,
  openTestEdge,
  SESSION_KEY,
  send,
  sendSigned,
  type TestEdge,
} from './testing.ts'

let edge: TestEdge
beforeAll(async () => {
  edge = await openTestEdge({ vpcEndpoint: 'vpce-0a1b2c3d' })
})
afterAll(() => edge?.close())

const TOKEN = 'x-amz-security-token'
type Headers = Record<string, string>
const INVALID = ['UnrecognizedClientException', 'The security token included in the request is invalid.']
const EXPIRED = ['ExpiredTokenException', 'The security token included in the request is expired']

const ask = (
  credentials: { id: string; secret: string; sessionToken?: string },
  after?: (headers: Headers) => Headers,
) => sendSigned(edge, 'TrentService.ListKeys', '{}', { sign: { credentials }, ...(after && { after }) })

describe('temporary credentials', () => {
  it('with their token sign a request', async () => {
    const { status } = await ask(SESSION_KEY)
    expect(status).toBe(200)
    expect(edge.invoked.at(-1)?.caller.credential).toEqual({ kind: 'access-key', id: SESSION_KEY.id })
  })

  const { sessionToken: _, ...withoutToken } = SESSION_KEY
  it.each<[string, Parameters<typeof ask>, string[]]>([
    ['without their token', [withoutToken], INVALID],
    ['with another', [{ ...SESSION_KEY, sessionToken: 'c2Vzc2lvbi10b2tlbh==' }], INVALID],
    ['with an empty one', [{ ...SESSION_KEY, sessionToken: '' }], INVALID],
    [
      'with that of another session',
      [{ ...SESSION_KEY, sessionToken: OTHER_SESSION_KEY.sessionToken }],
      INVALID,
    ],
    ['that are over', [OVER_SESSION_KEY], EXPIRED],
    [
      'that are over, with a wrong token',
      [{ ...OVER_SESSION_KEY, sessionToken: SESSION_KEY.sessionToken }],
      INVALID,
    ],
    [
      'with a token that was put in after signing',
      [withoutToken, (headers) => ({ ...headers, [TOKEN]: SESSION_KEY.sessionToken })],
      [
        'InvalidSignatureException',
        "'x-amz-security-token' must be a 'SignedHeader' in the AWS Authorization.",
      ],
    ],
  ])('%s do not', async (_name, [credentials, after], words) => {
    const { status, json } = await ask(credentials, after)
    expect([status, json.__type, json.message]).toEqual([400, ...words])
  })

  it('that are over say so only to whoever signs right', async () => {
    const { json } = await ask({ ...OVER_SESSION_KEY, secret: 'wrong' })
    expect(json.__type).toBe('InvalidSignatureException')
  })
})

describe('lasting credentials', () => {
  it('have no token', async () => {
    const { json } = await ask({ ...ALICE_KEY, sessionToken: SESSION_KEY.sessionToken })
    expect([json.__type, json.message]).toEqual(INVALID)
  })
})

const FORM = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' }
const WEB_IDENTITY =
  'Action=AssumeRoleWithWebIdentity&Version=2011-06-15&RoleArn=arn&RoleSessionName=job&WebIdentityToken=abcd'

describe('a form without a signature', () => {
  it('is read when it is an AssumeRoleWithWebIdentity, and counted when its token is refused', async () => {
    const { status, body } = await send(edge, WEB_IDENTITY, FORM)
    expect([status, /<Code>(\w+)</.exec(body)?.[1]]).toEqual([400, 'InvalidIdentityToken'])
    expect(edge.refused.at(-1)).toMatchObject({
      reason: 'InvalidIdentityToken',
      operation: 'AssumeRoleWithWebIdentity',
    })
  })

  it.each([
    ['another operation', 'Action=AssumeRole&Version=2011-06-15&RoleArn=arn'],
    [
      'another operation that mentions it',
      `Action=GetCallerIdentity&Version=2011-06-15&X=${encodeURIComponent(WEB_IDENTITY)}`,
    ],
    [
      'another that holds it as a field',
      'Action=GetCallerIdentity&Version=2011-06-15&X.Action=AssumeRoleWithWebIdentity',
    ],
    ['another version', WEB_IDENTITY.replace('2011-06-15', '2010-05-08')],
    ['too long', `${WEB_IDENTITY}&X=${'x'.repeat(100_000)}`],
  ])('is asked for its signature when it is %s', async (_, body) => {
    const answer = await send(edge, body, FORM)
    expect([answer.status, /<Code>(\w+)</.exec(answer.body)?.[1]]).toEqual([
      403,
      'MissingAuthenticationToken',
    ])
  })

  it('that does not parse is no request', async () => {
    const answer = await send(edge, `${WEB_IDENTITY}&Action=AssumeRole`, FORM)
    expect(/<Code>(\w+)</.exec(answer.body)?.[1]).toBe('MalformedInput')
  })
})

describe('a listener that stands for a VPC endpoint', () => {
  it('says so of every request, whatever the request says', async () => {
    const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'TrentService.ListKeys' }
    const claims = { 'x-amz-vpc-endpoint': 'vpce-evil', 'x-amz-source-vpce': 'vpce-evil' }
    await sendSigned(edge, 'TrentService.ListKeys', '{}', { sign: { headers: { ...headers, ...claims } } })
    expect(edge.invoked.at(-1)?.caller.channel.vpcEndpoint).toBe('vpce-0a1b2c3d')
    expect(edge.invoked.at(-1)?.caller.through).toBeUndefined()
  })
})

// Last: it spends the attempts of this address.
describe('many tokens that are refused', () => {
  it('slow their address down', async () => {
    const codes = new Set<string | undefined>()
    for (let i = 0; i < 140; i++)
      codes.add(/<Code>(\w+)</.exec((await send(edge, WEB_IDENTITY, FORM)).body)?.[1])
    expect(codes).toEqual(new Set(['InvalidIdentityToken', 'Throttling']))
  })
})
