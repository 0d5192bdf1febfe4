/** Test support: an OpenID Connect issuer on this machine, with its discovery document, its keys and its tokens. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose'

export type Claims = Readonly<Record<string, unknown>>

export type TokenIssuer = {
  /** http://127.0.0.1:port */
  readonly url: string
  /** A token with these claims in place of the usual ones; undefined leaves one out. */
  readonly token: (claims?: Claims) => Promise<string>
  /** The same, by a key that the issuer never published. */
  readonly strangers: (claims?: Claims, kid?: string) => Promise<string>
  readonly unsigned: (claims?: Claims) => string
  readonly close: () => Promise<void>
}

const KID = 'one'
const seconds = () => Math.floor(Date.now() / 1000)

export async function openTokenIssuer(clientId: string): Promise<TokenIssuer> {
  const [own, other] = await Promise.all([generateKeyPair('RS256'), generateKeyPair('RS256')])
  const jwks = { keys: [{ ...(await exportJWK(own.publicKey)), kid: KID, alg: 'RS256', use: 'sig' }] }
  let url = ''
  const documents: Record<string, () => object> = {
    '/.well-known/openid-configuration': () => ({ issuer: url, jwks_uri: `${url}/keys` }),
    '/keys': () => jwks,
  }
  const server = createServer((request, response) => {
    const found = documents[request.url ?? '']
    response.writeHead(found ? 200 : 404, { 'content-type': 'application/json' })
    response.end(JSON.stringify(found?.() ?? {}))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A TCP server that listens has such an address.
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const payload = (claims: Claims) => {
    const now = seconds()
    return { iss: url, aud: clientId, sub: 'u-17', iat: now, exp: now + 300, auth_time: now, ...claims }
  }
  const signed = (key: typeof own.privateKey, claims: Claims, kid: string) =>
    new SignJWT(payload(claims)).setProtectedHeader({ alg: 'RS256', kid }).sign(key)
  return {
    url,
    token: (claims = {}) => signed(own.privateKey, claims, KID),
    strangers: (claims = {}, kid = KID) => signed(other.privateKey, claims, kid),
    unsigned: (claims = {}) => new UnsecuredJWT(payload(claims)).encode(),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}
