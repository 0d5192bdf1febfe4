import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ALICE_KEY, openTestEdge, sendSigned, type TestEdge } from './testing.ts'

let edge: TestEdge
beforeAll(async () => {
  edge = await openTestEdge()
})
afterAll(() => edge.close())

describe('what is signed right but makes no sense', () => {
  it.each([
    ['JSON that is cut off', '{"KeyId":', 'SerializationException'],
    ['a member twice', '{"KeyId":"a","KeyId":"b"}', 'SerializationException'],
    ['a member of the wrong type', '{"KeyId":5}', 'SerializationException'],
    ['base64 that is none', '{"KeyId":"a","Plaintext":"a"}', 'SerializationException'],
    ['base64 with bits left over', '{"KeyId":"a","Plaintext":"aGVsbG9="}', 'SerializationException'],
    ['a member that is null', '{"KeyId":null,"Plaintext":"YQ=="}', 'ValidationException'],
    ['a bomb', '['.repeat(100_000), 'SerializationException'],
  ])('%s is refused', async (_, body, type) => {
    const answer = await sendSigned(edge, 'TrentService.Encrypt', body)
    expect([answer.status, answer.json.__type]).toEqual([400, type])
    expect(answer.body).not.toContain('position -')
  })

  it('is reported when it never reached the door', async () => {
    edge.refused.length = 0
    await sendSigned(edge, 'TrentService.Encrypt', '{')
    expect(edge.refused).toEqual([
      expect.objectContaining({
        reason: 'SerializationException',
        accessKeyId: ALICE_KEY.id,
        operation: 'Encrypt',
      }),
    ])
  })

  it('of a stranger is not even parsed', async () => {
    const stranger = { sign: { credentials: { ...ALICE_KEY, secret: 'wrong' } } }
    expect((await sendSigned(edge, 'TrentService.Encrypt', '{', stranger)).json.__type).toBe(
      'InvalidSignatureException',
    )
  })
})

describe('a fault of ours', () => {
  it('says nothing of its cause to the caller, and everything needed to the operator', async () => {
    edge.logged.length = 0
    const answer = await sendSigned(edge, 'TrentService.ScheduleKeyDeletion', '{"KeyId":"crash"}')
    expect([answer.status, answer.json.__type]).toEqual([500, 'KMSInternalException'])
    expect(answer.body).not.toMatch(/SELECT|TypeError|at /)
    expect(edge.logged).toEqual([
      expect.objectContaining({
        requestId: answer.headers.get('x-amzn-requestid'),
        operation: 'ScheduleKeyDeletion',
        detail: 'TypeError: SELECT secret FROM somewhere',
      }),
    ])
  })
})

describe('STS', () => {
  const ask = (body: string, sign = {}) => sendSigned(edge, '', body, { form: true, sign })
  const IDENTITY = 'Action=GetCallerIdentity&Version=2011-06-15'

  it('answers in XML', async () => {
    const answer = await ask(IDENTITY)
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/xml'])
    expect(answer.body).toContain(`<RequestId>${answer.headers.get('x-amzn-requestid')}</RequestId>`)
  })

  it('has fifteen minutes for a clock', async () => {
    expect((await ask(IDENTITY, { date: new Date(Date.now() - 14 * 60_000) })).status).toBe(200)
    const late = await ask(IDENTITY, { date: new Date(Date.now() - 16 * 60_000) })
    expect(late.status).toBe(403)
    expect(late.body).toMatch(
      /<Code>SignatureDoesNotMatch<\/Code><Message>Signature expired: .* - 15 min\.\)/,
    )
  })

  it.each([
    [
      'an unknown action',
      'Action=Nothing&Version=2011-06-15',
      {},
      400,
      'InvalidAction',
      'Could not find operation Nothing for version 2011-06-15',
    ],
    [
      'an unknown version',
      'Action=GetCallerIdentity&Version=1999-01-01',
      {},
      400,
      'InvalidAction',
      'for version 1999-01-01',
    ],
    ['a form that is none', 'Action=%zz', {}, 400, 'MalformedInput', 'percent-encoded'],
    [
      'a scope of another service',
      IDENTITY,
      { service: 'kms' },
      403,
      'SignatureDoesNotMatch',
      'correct service: &apos;sts&apos;',
    ],
  ])('refuses %s', async (_, body, sign, status, code, words) => {
    const answer = await ask(body, sign)
    expect(answer.status).toBe(status)
    expect(answer.body).toContain(`<Code>${code}</Code>`)
    expect(answer.body).toContain(words)
  })
})
