import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect } from 'node:tls'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { signRequest } from './signer.ts'
import { ALICE_KEY, openTestEdge, REGION, type TestEdge } from './testing.ts'

const run = promisify(execFile)
const openssl = await run('openssl', ['version']).then(
  () => true,
  () => false,
)

// Skipped where there is no openssl to make a certificate with.
describe.skipIf(!openssl)('over TLS', () => {
  let edge: TestEdge
  let cert: Buffer
  beforeAll(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'keyhouse-tls-'))
    const [key, crt] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
    const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1', '-days', '2']
    await run('openssl', [
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-keyout',
      key,
      '-out',
      crt,
      ...subject,
    ])
    cert = await readFile(crt)
    edge = await openTestEdge({ tls: { cert, key: await readFile(key) } })
    await rm(folder, { recursive: true })
  })
  afterAll(() => edge.close())

  it('serves, and tells the door how the channel was protected', async () => {
    const headers = signRequest({
      method: 'POST',
      url: edge.url,
      headers: { 'x-amz-target': 'TrentService.ListKeys' },
      body: '{}',
      credentials: ALICE_KEY,
      region: REGION,
      service: 'kms',
      date: new Date(),
    })
    const status = await new Promise((resolve, reject) => {
      const sent = request(edge.url, { method: 'POST', headers, ca: cert, agent: false }, (answer) => {
        answer.resume()
        answer.on('end', () => resolve(answer.statusCode))
      })
      sent.on('error', reject)
      sent.end('{}')
    })
    expect(status).toBe(200)
    const { tls } = edge.invoked[0]?.caller.channel ?? {}
    expect(tls?.version).toBe('TLSv1.3')
    expect(tls?.cipher).toMatch(/^TLS_/)
  })

  it('refuses TLS 1.1', async () => {
    const { port } = edge.address
    const outcome = await new Promise((resolve) => {
      // Level 0, or this side would refuse by itself.
      const options = {
        port,
        host: '127.0.0.1',
        ca: cert,
        maxVersion: 'TLSv1.1',
        minVersion: 'TLSv1.1',
        ciphers: 'ALL@SECLEVEL=0',
      } as const
      const socket = connect(options, () => resolve('connected'))
      socket.on('error', (error) => resolve(String(error)))
    })
    expect(outcome).toMatch(/protocol version|alert/i)
  })
})
