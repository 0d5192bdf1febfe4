import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { serveAws } from './listener.ts'
import { signRequest } from './signer.ts'
import { ALICE_KEY, openTestEdge, REGION, sendSigned, type TestEdge } from './testing.ts'
import { exchangeRaw, headOf } from './testing-socket.ts'

let edge: TestEdge
beforeAll(async () => {
  edge = await openTestEdge()
})
afterAll(() => edge.close())

const TARGET = { 'x-amz-target': 'TrentService.ListKeys' }
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

describe('every answer', () => {
  it('carries a request id, the content type, and is stored by nobody', async () => {
    const answer = await sendSigned(edge, 'TrentService.ListKeys')
    expect(answer.headers.get('x-amzn-requestid')).toMatch(UUID)
    expect(answer.headers.get('content-type')).toBe('application/x-amz-json-1.1')
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(answer.headers.get('access-control-allow-origin')).toBeNull()
  })

  it('of an operation without output is empty', async () => {
    const answer = await sendSigned(edge, 'TrentService.DisableKey', '{"KeyId":"a"}')
    expect([answer.status, answer.body, answer.headers.get('content-length')]).toEqual([200, '', '0'])
  })

  it('takes an empty body for {}', async () => {
    expect((await sendSigned(edge, 'TrentService.ListKeys', '')).status).toBe(200)
  })
})

describe('what is no request to an operation', () => {
  it.each([
    ['another path', {}, 'POST /keys HTTP/1.1'],
    ['a query', {}, 'POST /?X-Amz-Signature=abc HTTP/1.1'],
    ['an absolute address', {}, 'POST http://127.0.0.1/ HTTP/1.1'],
    ['GET', {}, 'GET / HTTP/1.1'],
    ['a preflight', { origin: 'http://evil.example' }, 'OPTIONS / HTTP/1.1'],
    ['no target', { 'x-amz-target': '' }, 'POST / HTTP/1.1'],
    ['a target of another service', { 'x-amz-target': 'DynamoDB_20120810.ListTables' }, 'POST / HTTP/1.1'],
    ['an operation that does not exist', { 'x-amz-target': 'TrentService.Explode' }, 'POST / HTTP/1.1'],
    ['an operation of another service', { 'x-amz-target': 'TrentService.LookupEvents' }, 'POST / HTTP/1.1'],
    ['a prototype', { 'x-amz-target': '__proto__.toString' }, 'POST / HTTP/1.1'],
  ])('%s is answered UnknownOperationException', async (_, headers, line) => {
    const { status, text } = await exchangeRaw(
      edge,
      headOf(edge, { ...TARGET, 'content-length': '0', ...headers }, line),
    )
    expect(status).toBe(400)
    expect(text).toMatch(/\r\n\r\n\{"__type":"UnknownOperationException"\}$/)
    expect(text).not.toMatch(/access-control/i)
  })
})

describe('limits before anything is parsed', () => {
  it.each([
    [
      'Content-Length beside Transfer-Encoding',
      { 'content-length': '2', 'transfer-encoding': 'chunked' },
      400,
    ],
    ['two Content-Lengths', { 'content-length': ['2', '2'] }, 400],
    [
      'two targets',
      { 'x-amz-target': ['TrentService.ListKeys', 'TrentService.Encrypt'], 'content-length': '0' },
      400,
    ],
    ['two Authorizations', { authorization: ['a', 'b'], 'content-length': '0' }, 400],
    ['two Hosts', { host: 'other', 'content-length': '0' }, 400],
    ['two unsigned x-amz-* headers', { 'x-amz-user-agent': ['a', 'b'], 'content-length': '0' }, 400],
    ['a compressed body', { 'content-encoding': 'gzip', 'content-length': '0' }, 400],
    ['65 headers', Object.fromEntries(Array.from({ length: 65 }, (_, i) => [`x-${i}`, '1'])), 431],
    ['headers over 16 KiB', { 'x-long': 'x'.repeat(17 * 1024), 'content-length': '0' }, 431],
    ['a body announced over 128 KiB', { 'content-length': String(128 * 1024 + 1) }, 413],
    ['a body announced at a terabyte', { 'content-length': '1099511627776' }, 413],
    [
      'an announced body that wants to be invited',
      { 'content-length': '999999', expect: '100-continue' },
      413,
    ],
  ] as [string, Record<string, string | string[]>, number][])(
    '%s is refused with %s',
    async (_, headers, status) => {
      const answer = await exchangeRaw(edge, headOf(edge, { ...TARGET, ...headers }))
      expect(answer.status).toBe(status)
      expect(answer.text).toMatch(/x-amzn-RequestId: [0-9a-f-]{36}/)
      expect(answer.text).not.toContain('100 Continue')
    },
  )

  it('a chunked body is cut at the byte that is too many', async () => {
    const chunk = `8000\r\n${'x'.repeat(0x8000)}\r\n`
    const head = headOf(edge, { ...TARGET, 'transfer-encoding': 'chunked' })
    const answer = await exchangeRaw(edge, head, ...Array.from({ length: 6 }, () => chunk))
    expect(answer.status).toBe(413)
    expect(answer.text).toContain('"__type":"RequestEntityTooLargeException"')
  })

  it('an operation with a policy may be larger, one without may not', async () => {
    const body = JSON.stringify({
      KeyId: 'a',
      PolicyName: 'default',
      Policy: 'x'.repeat(130_000),
      Ignored: 'x'.repeat(130_000),
    })
    expect((await sendSigned(edge, 'TrentService.PutKeyPolicy', body)).status).toBe(200)
    expect((await sendSigned(edge, 'TrentService.DisableKey', body)).status).toBe(413)
  })

  it('a body that is invited arrives', async () => {
    const body = '{}'
    const headers = signRequest({
      method: 'POST',
      url: edge.url,
      body,
      credentials: ALICE_KEY,
      region: REGION,
      service: 'kms',
      date: new Date(),
      headers: TARGET,
    })
    const head = headOf(edge, {
      ...headers,
      'content-length': '2',
      expect: '100-continue',
      connection: 'close',
    })
    const { text } = await exchangeRaw(edge, head, body)
    expect(text).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 OK/)
  })

  it('noise is refused at once, slow headers after five seconds, slow bodies after ten', async () => {
    const [garbage, headers, body] = await Promise.all([
      exchangeRaw(edge, '\x16\x03\x01\x00 not HTTP\r\n\r\n'),
      exchangeRaw(edge, 'POST / HTTP/1.1\r\nhost: x\r\n'),
      exchangeRaw(edge, headOf(edge, { ...TARGET, 'content-length': '10' }), '{'),
    ])
    expect([garbage.status, headers.status, body.status]).toEqual([400, 408, undefined])
    expect(garbage.ms).toBeLessThan(2_000)
    expect(headers.ms).toBeGreaterThan(4_500)
    expect(headers.ms).toBeLessThan(9_000)
    expect(body.ms).toBeGreaterThan(9_000)
    expect(body.ms).toBeLessThan(14_000)
  }, 20_000)

  it('one address holds 256 connections and not one more', async () => {
    const other = await openTestEdge()
    const sockets = Array.from({ length: 257 }, () => connect(other.address.port, '127.0.0.1'))
    const closed = await Promise.race(
      sockets.map((socket, i) => new Promise<number>((resolve) => socket.on('close', () => resolve(i)))),
    )
    expect(closed).toBe(256)
    sockets[0]?.destroy()
    await new Promise((resolve) => sockets[0]?.once('close', resolve))
    await expect
      .poll(async () => (await exchangeRaw(other, headOf(other, {}, 'GET /_keyhouse/live HTTP/1.1'))).status)
      .toBe(200)
    for (const socket of sockets) socket.destroy()
    await other.close()
  })
})

describe('health', () => {
  const get = async (path: string) => {
    const response = await fetch(new URL(path, edge.url))
    return { status: response.status, body: await response.json() }
  }

  it('tells a live process from a dead one, without credentials', async () => {
    expect(await get('/_keyhouse/live')).toEqual({ status: 200, body: { live: true } })
    edge.state.live = false
    expect(await get('/_keyhouse/live')).toEqual({ status: 503, body: { live: false } })
    edge.state.live = true
  })

  it('asks whether it is ready at most once a second, and says why not', async () => {
    edge.state.probes = 0
    const answers = await Promise.all(Array.from({ length: 20 }, () => get('/_keyhouse/ready')))
    expect(answers.every(({ status }) => status === 200)).toBe(true)
    expect(edge.state.probes).toBe(1)
    edge.state.ready = false
    edge.state.aheadMs += 1_500
    expect(await get('/_keyhouse/ready')).toEqual({
      status: 503,
      body: { ready: false, reason: 'The database does not answer.' },
    })
    edge.state.ready = true
  })
})

describe('failures from one address', () => {
  it('are throttled, without locking out a program that signs right', async () => {
    const other = await openTestEdge()
    await sendSigned(other, 'TrentService.ListKeys')
    const stranger = { sign: { credentials: { id: 'AKIANOBODYNOBODY0001', secret: 'x' } } }
    const types: unknown[] = []
    for (let i = 0; i < 130; i++)
      types.push((await sendSigned(other, 'TrentService.ListKeys', '{}', stranger)).json.__type)
    expect(types[0]).toBe('UnrecognizedClientException')
    expect(types.at(-1)).toBe('ThrottlingException')
    const looked = other.looked.length
    await sendSigned(other, 'TrentService.ListKeys', '{}', stranger)
    expect(other.looked.length).toBe(looked)
    expect((await sendSigned(other, 'TrentService.ListKeys')).status).toBe(200)
    other.state.aheadMs += 10_000
    expect(
      (
        await sendSigned(other, 'TrentService.ListKeys', '{}', {
          sign: { credentials: stranger.sign.credentials, date: new Date(Date.now() + 10_000) },
        })
      ).json.__type,
    ).toBe('UnrecognizedClientException')
    await other.close()
  })
})

describe('the end', () => {
  it('lets a request that was begun finish, and takes no other', async () => {
    const other = await openTestEdge()
    let release = () => {}
    other.state.hold = new Promise((resolve) => {
      release = resolve
    })
    const begun = sendSigned(other, 'TrentService.ListKeys')
    await expect.poll(() => other.looked.length).toBe(1)
    const closed = other.close()
    await expect(sendSigned(other, 'TrentService.ListKeys')).rejects.toThrow()
    release()
    expect((await begun).status).toBe(200)
    await closed
  })

  it('is not needed for an address that is taken', async () => {
    const log = { warn: () => {}, error: () => {} }
    const door = { live: () => true, now: () => 0 } as never
    await expect(serveAws(door, { host: '127.0.0.1', port: edge.address.port, log })).rejects.toMatchObject({
      code: 'EADDRINUSE',
    })
  })
})
