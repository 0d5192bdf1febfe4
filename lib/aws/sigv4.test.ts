import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sha256 } from '#lib/crypto/digest.ts'
import { hmacHex, sigv4SigningKey } from '#lib/crypto/signing-key.ts'
import { basicTimestamp, stringToSign } from './canonical-request.ts'
import { JSON_TYPE } from './errors.ts'
import { signRequest } from './signer.ts'
import { ALICE_KEY, openTestEdge, REGION, RETIRED_KEY, send, sendSigned, type TestEdge } from './testing.ts'
import { exchangeRaw, headOf } from './testing-socket.ts'

let edge: TestEdge
beforeAll(async () => {
  edge = await openTestEdge()
})
afterAll(() => edge.close())

const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000)
type Headers = Record<string, string>
const authorization = (change: (text: string) => string) => (headers: Headers) => ({
  ...headers,
  authorization: change(headers.authorization ?? ''),
})
const without = (name: string) => (headers: Headers) =>
  Object.fromEntries(Object.entries(headers).filter(([each]) => each !== name))

const MISMATCH =
  /^The request signature we calculated does not match the signature you provided\. Check your AWS/
const INVALID_TOKEN = /^The security token included in the request is invalid\.$/

describe('a request that is not signed right is refused in AWS’s words', () => {
  const cases: [string, NonNullable<Parameters<typeof sendSigned>[3]>, string, RegExp][] = [
    [
      'no Authorization',
      { after: without('authorization') },
      'MissingAuthenticationTokenException',
      /^Missing Authentication Token$/,
    ],
    [
      'another scheme',
      { after: authorization(() => 'Bearer abc') },
      'MissingAuthenticationTokenException',
      /^Missing/,
    ],
    [
      'SigV4A',
      { after: authorization((text) => text.replace('HMAC', 'ECDSA-P256')) },
      'IncompleteSignatureException',
      /^Unsupported AWS 'algorithm': 'AWS4-ECDSA-P256-SHA256'\.$/,
    ],
    [
      'no Credential',
      { after: authorization((text) => text.replace(/Credential=[^,]*, /, '')) },
      'IncompleteSignatureException',
      /^Authorization header requires 'Credential' parameter\.$/,
    ],
    [
      'neither Signature nor SignedHeaders',
      { after: authorization((text) => text.replace(/, Signed.*/, '')) },
      'IncompleteSignatureException',
      /^Authorization header requires 'Signature' parameter\. Authorization header requires 'SignedHeaders' parameter\.$/,
    ],
    [
      'no date at all',
      { after: without('x-amz-date') },
      'IncompleteSignatureException',
      /^Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header\.$/,
    ],
    [
      'a date in another format',
      {
        sign: { headers: { 'x-amz-target': 'TrentService.ListKeys', 'x-amz-date': '2026-01-01T00:00:00Z' } },
      },
      'IncompleteSignatureException',
      /^Date must be in ISO-8601 'basic format'\. Got '2026-01-01T00:00:00Z'\.$/,
    ],
    [
      'a day that does not exist',
      { sign: { headers: { 'x-amz-target': 'TrentService.ListKeys', 'x-amz-date': '20260230T000000Z' } } },
      'IncompleteSignatureException',
      /^Date must be/,
    ],
    [
      'the 61st minute',
      { sign: { headers: { 'x-amz-target': 'TrentService.ListKeys', 'x-amz-date': '20260228T006000Z' } } },
      'IncompleteSignatureException',
      /^Date must be/,
    ],
    [
      'SignedHeaders out of order',
      { after: authorization((text) => text.replace('host;x-amz-date', 'x-amz-date;host')) },
      'IncompleteSignatureException',
      /sorted and unique/,
    ],
    [
      'too old',
      { sign: { date: minutesAgo(6) } },
      'InvalidSignatureException',
      /^Signature expired: \d{8}T\d{6}Z is now earlier than \d{8}T\d{6}Z \(\d{8}T\d{6}Z - 5 min\.\)$/,
    ],
    [
      'in the future',
      { sign: { date: minutesAgo(-6) } },
      'InvalidSignatureException',
      /^Signature not yet current: \d{8}T\d{6}Z is still later than \d{8}T\d{6}Z \(\d{8}T\d{6}Z \+ 5 min\.\)$/,
    ],
    [
      'a Region the account does not have',
      { sign: { region: 'xx-moon-1' } },
      'InvalidSignatureException',
      /^Credential should be scoped to a valid region, not 'xx-moon-1'\. $/,
    ],
    [
      'us-east-1, which is global for STS only',
      { sign: { region: 'us-east-1' } },
      'InvalidSignatureException',
      /valid region/,
    ],
    [
      'another service',
      { sign: { service: 'sts' } },
      'InvalidSignatureException',
      /^Credential should be scoped to correct service: 'kms'\. $/,
    ],
    [
      'another terminator',
      { after: authorization((text) => text.replace('aws4_request', 'aws5_request')) },
      'InvalidSignatureException',
      /^Credential should be scoped with a valid terminator: 'aws4_request', not 'aws5_request'$/,
    ],
    [
      'a scope of another day',
      { after: authorization((text) => text.replace(/\/\d{8}\//, '/20200101/')) },
      'InvalidSignatureException',
      /^Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20200101' != /,
    ],
    [
      'a wrong secret',
      { sign: { credentials: { ...ALICE_KEY, secret: 'no' } } },
      'InvalidSignatureException',
      MISMATCH,
    ],
    [
      'an unknown access key',
      { sign: { credentials: { id: 'AKIANOBODYNOBODY0001', secret: 'x' } } },
      'UnrecognizedClientException',
      INVALID_TOKEN,
    ],
    [
      'an id that can be none',
      { sign: { credentials: { id: "x'; DROP", secret: 'x' } } },
      'UnrecognizedClientException',
      INVALID_TOKEN,
    ],
    [
      'an inactive access key',
      { sign: { credentials: RETIRED_KEY } },
      'UnrecognizedClientException',
      INVALID_TOKEN,
    ],
    [
      'a session token, though none was given out',
      { sign: { credentials: { ...ALICE_KEY, sessionToken: 'abc' } } },
      'UnrecognizedClientException',
      INVALID_TOKEN,
    ],
    [
      'an x-amz-* header that is not signed',
      { after: (headers) => ({ ...headers, 'x-amz-meta': 'more' }) },
      'InvalidSignatureException',
      /^'x-amz-meta' must be a 'SignedHeader' in the AWS Authorization\.$/,
    ],
    [
      'a signed header that did not arrive',
      {
        sign: { headers: { 'x-amz-target': 'TrentService.ListKeys', 'x-empty': '' } },
        after: without('x-empty'),
      },
      'InvalidSignatureException',
      MISMATCH,
    ],
    [
      'a payload that claims to be unsigned',
      {
        sign: {
          headers: { 'x-amz-target': 'TrentService.ListKeys', 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' },
        },
      },
      'InvalidSignatureException',
      /x-amz-content-sha256/,
    ],
  ]

  it.each(cases)('%s', async (_, change, type, message) => {
    edge.refused.length = 0
    const answer = await sendSigned(edge, 'TrentService.ListKeys', '{}', change)
    expect([answer.status, answer.json.__type]).toEqual([400, type])
    expect(answer.json.message).toMatch(message)
    expect(edge.refused).toEqual([
      expect.objectContaining({ address: '127.0.0.1', reason: type, operation: 'ListKeys' }),
    ])
  })

  it('says how far the clock is off, so that it can be shown', async () => {
    edge.refused.length = 0
    await sendSigned(edge, 'TrentService.ListKeys', '{}', { sign: { date: minutesAgo(10) } })
    expect(edge.refused[0]?.skewSeconds).toBeGreaterThanOrEqual(-602)
    expect(edge.refused[0]?.skewSeconds).toBeLessThanOrEqual(-598)
    expect(edge.refused[0]?.accessKeyId).toBe(ALICE_KEY.id)
  })
})

describe('a request that is signed right is served', () => {
  it.each([
    ['as it is', {}],
    ['four minutes old', { sign: { date: minutesAgo(4) } }],
    ['from another Region of the account', { sign: { region: 'eu-central-1' } }],
    [
      'with unsigned headers that SDKs and proxies add',
      {
        after: (headers: Headers) => ({
          ...headers,
          'x-amz-user-agent': 'a',
          'x-amzn-trace-id': 'b',
          'amz-sdk-request': 'attempt=1',
        }),
      },
    ],
    [
      'without a signed content-type',
      {
        after: (headers: Headers) => ({ ...headers, 'content-type': JSON_TYPE }),
        sign: { headers: { 'x-amz-target': 'TrentService.ListKeys' } },
      },
    ],
    [
      'with spaces inside a header',
      { sign: { headers: { 'x-amz-target': 'TrentService.ListKeys', 'x-amz-note': 'a    b' } } },
    ],
  ])('%s', async (_, change) => {
    const answer = await sendSigned(edge, 'TrentService.ListKeys', '{}', change)
    expect(answer.body).toBe('{"Keys":[{"KeyId":"a","KeyArn":"b"}],"Truncated":false}')
    expect(answer.status).toBe(200)
  })

  it('with the time in Date instead of X-Amz-Date', async () => {
    const now = new Date()
    const timestamp = basicTimestamp(now)
    const scope = { date: timestamp.slice(0, 8), region: REGION, service: 'kms' }
    const values = new Map([
      ['date', now.toUTCString()],
      ['host', new URL(edge.url).host],
      ['x-amz-target', 'TrentService.ListKeys'],
    ])
    const signedHeaders = [...values.keys()]
    const bodyHashHex = sha256('{}').toString('hex')
    const text = stringToSign({ method: 'POST', signedHeaders, values, bodyHashHex, timestamp, scope })
    const signature = hmacHex(sigv4SigningKey(Buffer.from(ALICE_KEY.secret), scope.date, REGION, 'kms'), text)
    const credential = `${ALICE_KEY.id}/${scope.date}/${REGION}/kms/aws4_request`
    const { host: _, ...headers } = Object.fromEntries(values)
    const answer = await send(edge, '{}', {
      ...headers,
      authorization: `AWS4-HMAC-SHA256 Credential=${credential},SignedHeaders=${signedHeaders.join(';')},Signature=${signature}`,
    })
    expect(answer.status).toBe(200)
  })
})

describe('any one byte of what is signed, changed', () => {
  it('makes the request worthless', async () => {
    const body = '{"KeyId":"alias/payments","Plaintext":"aGVsbG8="}'
    const headers = signRequest({
      method: 'POST',
      url: edge.url,
      body,
      credentials: ALICE_KEY,
      region: REGION,
      service: 'kms',
      date: new Date(),
      headers: { 'content-type': JSON_TYPE, 'x-amz-target': 'TrentService.Encrypt' },
    })
    const head = headOf(edge, { ...headers, 'content-length': String(body.length), connection: 'close' })
    expect((await exchangeRaw(edge, head, body)).status).toBe(200)
    const whole = Buffer.from(head + body, 'latin1')
    // Unsigned: the HTTP version, the content-length and connection lines, and the ends of lines.
    const lines = head.split('\r\n')
    const signable: number[] = []
    let at = 0
    for (const line of lines) {
      const isSigned = /^(POST|host|x-amz|content-type|authorization)/.test(line)
      const length = line.startsWith('POST') ? 'POST /'.length : line.length
      if (isSigned) for (let i = 0; i < length; i++) signable.push(at + i)
      at += line.length + 2
    }
    for (let i = head.length; i < whole.length; i++) signable.push(i)

    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...signable),
        fc.integer({ min: 1, max: 255 }),
        async (index, flip) => {
          const spoiled = Buffer.from(whole)
          spoiled[index] = (whole[index] ?? 0) ^ flip
          const before = edge.invoked.length
          // A name in capitals is the same name, and so is one more space after a comma.
          const same = spoiled.toString('latin1').toLowerCase() === whole.toString('latin1').toLowerCase()
          const inName =
            index < head.length && !head.slice(head.lastIndexOf('\r\n', index) + 2, index).includes(':')
          fc.pre(!(same && inName))
          const answer = await exchangeRaw(edge, spoiled)
          expect(answer.status).not.toBe(200)
          expect(edge.invoked.length).toBe(before)
        },
      ),
      { numRuns: 400 },
    )
  }, 60_000)
})

describe('the caller that comes out of it', () => {
  it('carries the principal, the Region, the SDK’s invocation id and the body’s hash', async () => {
    edge.invoked.length = 0
    const id = '0b0cbf53-6d2b-4b0e-8a0e-0a5c6d7e8f90'
    const answer = await sendSigned(edge, 'TrentService.ListKeys', '{"Limit":5}', {
      after: (headers) => ({ ...headers, 'amz-sdk-invocation-id': id, 'user-agent': 'test/1' }),
    })
    const [call] = edge.invoked
    expect(call?.caller).toMatchObject({
      principal: { name: 'alice' },
      credential: { kind: 'access-key', id: ALICE_KEY.id },
      region: REGION,
      channel: {
        via: 'wire',
        address: '127.0.0.1',
        userAgent: 'test/1',
        tls: undefined,
        invocationId: id,
        host: `127.0.0.1:${edge.address.port}`,
        requestId: answer.headers.get('x-amzn-requestid'),
      },
    })
    expect(call?.caller.channel.bodyHash).toHaveLength(32)
    expect(call?.input).toEqual({ Limit: 5 })
  })
})
