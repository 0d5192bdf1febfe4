/**
 * Documents of other machines, fetched without becoming a way into this network (R95): https on its own port to a
 * name, every address of which is public; the connection goes to the address that was looked at, follows no redirect,
 * and ends after five seconds or 64 KiB.
 */
import { lookup } from 'node:dns/promises'
import { type ClientRequest, get as getInClear } from 'node:http'
import { get } from 'node:https'
import { BlockList, isIP } from 'node:net'

/** Why a document was not fetched; for the log, never for a caller. */
export class OutsideError extends Error {
  override readonly name = 'OutsideError'
}

const TIMEOUT_MS = 5_000
const LARGEST = 64 * 1024
const NAME =
  /^(?=.{1,253}$)[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)+$/

/** Everything of IPv4 that is not the public Internet (IANA special-purpose registry). */
const PRIVATE_V4 = new BlockList()
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  PRIVATE_V4.addSubnet(network, prefix)

/** Of IPv6 only global unicast is public, without the parts of it that lead elsewhere or nowhere. */
const GLOBAL_V6 = new BlockList()
GLOBAL_V6.addSubnet('2000::', 3, 'ipv6')
const SPECIAL_V6 = new BlockList()
for (const [network, prefix] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  SPECIAL_V6.addSubnet(network, prefix, 'ipv6')

/** Whether an address, as the resolver writes it, belongs to the public Internet. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address)
  if (family === 4) return !PRIVATE_V4.check(address)
  if (family !== 6 || address.includes('%')) return false
  return GLOBAL_V6.check(address, 'ipv6') && !SPECIAL_V6.check(address, 'ipv6')
}

/** @throws OutsideError for anything but https to a name on its own port. */
export function outsideUrl(text: string): URL {
  const url = URL.parse(text)
  const plain =
    url && url.protocol === 'https:' && url.port === '' && url.username === '' && url.password === ''
  // The text's own host: a URL's would already be 127.0.0.1 where the text says 2130706433.
  const written = /^https:\/\/([^/?#]+)/.exec(text)?.[1] ?? ''
  if (!plain || !NAME.test(written) || isIP(url.hostname) !== 0)
    throw new OutsideError('not an https address of a name')
  return url
}

export type Resolve = (
  host: string,
) => Promise<readonly { readonly address: string; readonly family: number }[]>

const resolveName: Resolve = (host) => lookup(host, { all: true, verbatim: true })

/** The address to connect to, when all that the name has are public. @throws OutsideError */
export async function publicAddressOf(host: string, resolve: Resolve) {
  const addresses = await resolve(host)
  const [first] = addresses
  if (!first || !addresses.every(({ address }) => isPublicAddress(address))) {
    throw new OutsideError('the name leads to an address that is not public')
  }
  return first
}

/** The document behind the URL. @throws OutsideError, or what the network throws. */
export async function fetchOutside(text: string, resolve: Resolve = resolveName): Promise<Buffer> {
  const url = outsideUrl(text)
  const signal = AbortSignal.timeout(TIMEOUT_MS)
  const { address, family } = await publicAddressOf(url.hostname, resolve)
  const request = get(url, {
    agent: false,
    signal,
    headers: { accept: 'application/json' },
    // Already looked up, and looked at: the name is not asked again.
    lookup: (_host, options, answer) =>
      options.all ? answer(null, [{ address, family }]) : answer(null, address, family),
  })
  return received(request)
}

/** The document behind a URL that the operator named, inside or outside. @throws as fetchOutside does. */
export function fetchOwn(text: string): Promise<Buffer> {
  const url = new URL(text)
  const ask = url.protocol === 'http:' ? getInClear : get
  const signal = AbortSignal.timeout(TIMEOUT_MS)
  return received(ask(url, { agent: false, signal, headers: { accept: 'application/json' } }))
}

function received(request: ClientRequest): Promise<Buffer> {
  return new Promise((done, fail) => {
    request.on('error', fail)
    request.on('response', (response) => {
      if (response.statusCode !== 200) {
        response.destroy()
        return fail(new OutsideError(`status ${response.statusCode}`))
      }
      const chunks: Buffer[] = []
      let size = 0
      response.on('data', (chunk: Buffer) => {
        size += chunk.length
        if (size > LARGEST) response.destroy(new OutsideError('the document is too large'))
        else chunks.push(chunk)
      })
      response.on('error', fail)
      response.on('end', () => done(Buffer.concat(chunks)))
    })
  })
}
