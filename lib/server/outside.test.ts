import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import {
  fetchOutside,
  fetchOwn,
  isPublicAddress,
  OutsideError,
  outsideUrl,
  publicAddressOf,
} from './outside.ts'

describe('an address', () => {
  it.each([
    '0.0.0.0',
    '10.0.0.1',
    '100.64.0.1',
    '127.0.0.1',
    '127.255.255.254',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.0.0.170',
    '192.168.1.1',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '64:ff9b::7f00:1',
    '100::1',
    '2001::1',
    '2001:db8::1',
    '2002:7f00:1::',
    'fc00::1',
    'fd00:ec2::254',
    'fe80::1',
    'fe80::1%eth0',
    'ff02::1',
    'localhost',
  ])('%s is not public', (address) => {
    expect(isPublicAddress(address)).toBe(false)
  })

  it.each(['8.8.8.8', '172.32.0.1', '100.128.0.1', '2606:4700::1111', '2a00:1450:4001::1'])(
    '%s is',
    (address) => {
      expect(isPublicAddress(address)).toBe(true)
    },
  )
})

describe('a URL', () => {
  it.each([
    'http://issuer.example.com/',
    'https://issuer.example.com:8443/',
    'https://user:word@issuer.example.com/',
    'https://127.0.0.1/',
    'https://2130706433/',
    'https://0x7f000001/',
    'https://0177.0.0.1/',
    'https://127.1/',
    'https://[::1]/',
    'https://localhost/',
    'https://issuer_example.com/',
    'https://issuer.example.com\\@evil.example.com/',
    'https://ⅰssuer.example.com/',
    'file:///etc/passwd',
    'issuer.example.com',
  ])('%s is not fetched', (url) => {
    expect(() => outsideUrl(url)).toThrow(OutsideError)
  })

  it('of a name is', () => {
    expect(outsideUrl('https://issuer.example.com/a?b=c').href).toBe('https://issuer.example.com/a?b=c')
  })
})

describe('a name', () => {
  const resolving =
    (...addresses: string[]) =>
    async () =>
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))

  it('that leads inside, even once among many, is not connected to', async () => {
    for (const addresses of [['127.0.0.1'], ['8.8.8.8', '10.0.0.1'], ['2606:4700::1111', '::1'], []])
      await expect(publicAddressOf('issuer.example.com', resolving(...addresses))).rejects.toThrow(
        OutsideError,
      )
    await expect(fetchOutside('https://issuer.example.com/', resolving('169.254.169.254'))).rejects.toThrow(
      OutsideError,
    )
  })

  it('that leads outside is connected to where it led when it was looked at', async () => {
    const first = await publicAddressOf('issuer.example.com', resolving('8.8.8.8', '2606:4700::1111'))
    expect(first.address).toBe('8.8.8.8')
  })
})

describe('an address that the operator named', () => {
  const serving = async (answer: { status?: number; body?: string; location?: string }, path = '/') => {
    const server = createServer((_, response) => {
      const { status = 200, body = '{}', location } = answer
      response.writeHead(status, { ...(location && { location }) }).end(body)
    })
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
    const { port } = server.address() as AddressInfo
    try {
      return (await fetchOwn(`http://127.0.0.1:${port}${path}`)).toString()
    } finally {
      await new Promise((closed) => server.close(closed))
    }
  }

  it('is asked on this machine', async () => {
    expect(await serving({ body: '{"keys":[]}' })).toBe('{"keys":[]}')
  })

  it.each<[string, Parameters<typeof serving>[0]]>([
    ['leads elsewhere', { status: 302, location: 'http://127.0.0.1:1/' }],
    ['is not there', { status: 404 }],
    ['never ends', { body: 'x'.repeat(65_537) }],
  ])('gives nothing when its document %s', async (_, answer) => {
    await expect(serving(answer)).rejects.toThrow(OutsideError)
  })
})
