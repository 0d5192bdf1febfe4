import { createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { allowing, callAs, document, giveRole, holderOf, refusalOf } from '#lib/testing/sessions.ts'
import { ACCOUNT, type Answer, OTHER_ACCOUNT, openWorld, type World } from '#lib/testing/world.ts'
import { tokenHolder } from './token-holder.ts'

const ISSUER = 'issuer.example.com/tenants/a'
const CLIENT = 'app-1'
const PROVIDER = `arn:aws:iam::${ACCOUNT}:oidc-provider/${ISSUER}`

/** A real issuer: a key pair of each kind, and tokens signed with them. */
const PAIRS = {
  RS256: generateKeyPairSync('rsa', { modulusLength: 2048 }),
  PS256: generateKeyPairSync('rsa', { modulusLength: 2048 }),
  ES256: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  ES384: generateKeyPairSync('ec', { namedCurve: 'P-384' }),
  EdDSA: generateKeyPairSync('ed25519'),
} as const
type Algorithm = keyof typeof PAIRS
const STRANGERS = generateKeyPairSync('rsa', { modulusLength: 2048 })

const jwkOf = (kid: Algorithm) => ({
  ...PAIRS[kid].publicKey.export({ format: 'jwk' }),
  kid,
  alg: kid,
  use: 'sig',
})
const JWKS = JSON.stringify({ keys: (Object.keys(PAIRS) as Algorithm[]).map(jwkOf) })

const base64url = (value: object | Buffer) =>
  (Buffer.isBuffer(value) ? value : Buffer.from(JSON.stringify(value))).toString('base64url')

function signatureOf(alg: string, key: KeyObject, text: string): Buffer {
  const data = Buffer.from(text)
  if (alg === 'EdDSA') return sign(null, data, key)
  if (alg.startsWith('ES')) return sign(`sha${alg.slice(2)}`, data, { key, dsaEncoding: 'ieee-p1363' })
  return alg === 'PS256'
    ? sign('sha256', data, { key, padding: 6, saltLength: 32 })
    : sign(`sha${alg.slice(2)}`, data, key)
}

const seconds = () => Math.floor(Date.now() / 1000)
type Claims = Record<string, unknown>

function token(claims: Claims = {}, header: Claims = {}, key?: KeyObject): string {
  const head = { alg: 'RS256', kid: 'RS256', typ: 'JWT', ...header }
  const now = seconds()
  const body = {
    iss: `https://${ISSUER}`,
    aud: CLIENT,
    sub: 'repo:shop',
    iat: now,
    exp: now + 600,
    ...claims,
  }
  const text = `${base64url(head)}.${base64url(body)}`
  const alg = String(head.alg)
  if (alg === 'none') return `${text}.`
  if (alg.startsWith('HS')) return `${text}.${base64url(createHmac('sha256', JWKS).update(text).digest())}`
  return `${text}.${base64url(signatureOf(alg, key ?? PAIRS[String(head.kid) as Algorithm]?.privateKey ?? PAIRS.RS256.privateKey, text))}`
}

let world: World
let roleArn: string
let key: string
const trust = (
  StringEquals: Record<string, string> = { [`${ISSUER}:sub`]: 'repo:shop', [`${ISSUER}:aud`]: CLIENT },
) =>
  document({
    Effect: 'Allow',
    Principal: { Federated: PROVIDER },
    Action: 'sts:AssumeRoleWithWebIdentity',
    Condition: { StringEquals },
  })

beforeAll(async () => {
  world = await openWorld()
  const admin = world.as('admin')
  key = (await admin.call('CreateKey')).KeyMetadata.Arn
  const made = await admin.call('CreateOpenIDConnectProvider', {
    Url: `https://${ISSUER}`,
    ClientIDList: [CLIENT],
  })
  expect(made).toEqual({ OpenIDConnectProviderArn: PROVIDER })
  await admin.call('PutIdentityProviderKeys', { Url: `https://${ISSUER}`, Jwks: JWKS })
  roleArn = await giveRole(world, { name: 'ci', trust: trust(), policies: [allowing('kms:Encrypt')] })
})
afterAll(() => world?.close())

async function assume(WebIdentityToken: string, more: object = {}): Promise<Answer> {
  const input = { RoleArn: roleArn, RoleSessionName: 'job-7', WebIdentityToken, ...more }
  const holder = await tokenHolder(world.engine.services, input)
  const { channel } = world.as('admin').caller
  return callAs(world.engine, { ...holder, channel }, 'AssumeRoleWithWebIdentity', input)
}

describe('a token of a trusted issuer', () => {
  it('opens the role', async () => {
    const shown = token()
    const output = await assume(shown)
    expect(output).toMatchObject({
      SubjectFromWebIdentityToken: 'repo:shop',
      Provider: PROVIDER,
      Audience: CLIENT,
      AssumedRoleUser: { Arn: `arn:aws:sts::${ACCOUNT}:assumed-role/ci/job-7` },
    })
    const session = await holderOf(world, output)
    expect((await session.call('Encrypt', { KeyId: key, Plaintext: 'AA==' })).KeyId).toBe(key)
    const event = (await world.events('AssumeRoleWithWebIdentity')).at(-1)
    expect(event).toMatchObject({
      userIdentity: { type: 'WebIdentityUser', userName: 'repo:shop', identityProvider: ISSUER },
      requestParameters: { roleArn, roleSessionName: 'job-7' },
      responseElements: { subjectFromWebIdentityToken: 'repo:shop', provider: PROVIDER },
      recipientAccountId: ACCOUNT,
    })
    expect(JSON.stringify(event)).not.toContain(shown.split('.')[2])
  })

  it.each(Object.keys(PAIRS) as Algorithm[])('signed with %s is good', async (alg) => {
    expect((await assume(token({}, { alg, kid: alg }))).Credentials).toBeDefined()
  })

  it('gives the session its provider as a condition', async () => {
    const Condition = { StringEquals: { 'aws:FederatedProvider': PROVIDER } }
    const policies = [document({ Effect: 'Allow', Action: 'kms:Encrypt', Resource: '*', Condition })]
    const RoleArn = await giveRole(world, { name: 'federated', trust: trust(), policies })
    const session = await holderOf(world, await assume(token(), { RoleArn }))
    expect((await session.call('Encrypt', { KeyId: key, Plaintext: 'AA==' })).KeyId).toBe(key)
  })

  const DENIED = ['AccessDeniedException', 'Not authorized to perform sts:AssumeRoleWithWebIdentity']
  const MISSING = `arn:aws:iam::${ACCOUNT}:role/missing`

  it.each<[string, () => Promise<unknown>]>([
    ['another subject', () => assume(token({ sub: 'repo:bank' }))],
    ['another client, which it says asked for it', () => assume(token({ azp: 'app-2' }))],
    ['a role that is not there', () => assume(token(), { RoleArn: MISSING })],
  ])('is not enough for %s', async (_, attempt) => {
    const refusal = await refusalOf(attempt())
    expect([refusal.code, refusal.message]).toEqual(DENIED)
  })

  it('needs amr where the trust policy asks for it', async () => {
    const StringEquals = { [`${ISSUER}:amr`]: 'mfa' }
    const statement = {
      Effect: 'Allow',
      Principal: { Federated: PROVIDER },
      Action: 'sts:AssumeRoleWithWebIdentity',
    }
    const asking = document({ ...statement, Condition: { 'ForAnyValue:StringEquals': StringEquals } })
    const RoleArn = await giveRole(world, { name: 'amr', trust: asking })
    expect((await assume(token({ amr: ['pwd', 'mfa'] }), { RoleArn })).Credentials).toBeDefined()
    expect((await refusalOf(assume(token({ amr: ['pwd'] }), { RoleArn }))).code).toBe('AccessDeniedException')
    expect((await refusalOf(assume(token(), { RoleArn }))).code).toBe('AccessDeniedException')
  })

  it('does not open a role that trusts people', async () => {
    const people = { Effect: 'Allow', Principal: { AWS: ACCOUNT }, Action: 'sts:*' }
    const RoleArn = await giveRole(world, { name: 'people', trust: document(people) })
    expect((await refusalOf(assume(token(), { RoleArn }))).code).toBe('AccessDeniedException')
  })

  it('is nothing that a signature could stand for', async () => {
    const input = { RoleArn: roleArn, RoleSessionName: 'job-7', WebIdentityToken: token() }
    expect((await world.as('admin').refusal('AssumeRoleWithWebIdentity', input)).code).toBe(
      'AccessDeniedException',
    )
  })
})

describe('a token is refused', () => {
  const flipped = () => {
    const [head, body, mac = ''] = token().split('.')
    return `${head}.${body}.${mac.startsWith('A') ? 'B' : 'A'}${mac.slice(1)}`
  }
  it.each<[string, () => string, string, string]>([
    ['that is no token', () => 'abcdef', 'InvalidIdentityToken', 'not a valid JWT'],
    ['without a signature', () => token({}, { alg: 'none' }), 'InvalidIdentityToken', ''],
    ['signed with a shared secret', () => token({}, { alg: 'HS256' }), 'InvalidIdentityToken', ''],
    ['whose signature was changed', flipped, 'InvalidIdentityToken', 'signature'],
    [
      'signed by somebody else',
      () => token({}, {}, STRANGERS.privateKey),
      'InvalidIdentityToken',
      'signature',
    ],
    [
      'signed with another algorithm than its key has',
      () => token({}, { alg: 'RS512' }),
      'InvalidIdentityToken',
      '',
    ],
    [
      'that names a key nobody has',
      () => token({}, { kid: 'other' }),
      'InvalidIdentityToken',
      'verification key',
    ],
    [
      'of another issuer',
      () => token({ iss: 'https://evil.example.com' }),
      'InvalidIdentityToken',
      'No OpenIDConnect provider found',
    ],
    ['whose issuer has no https', () => token({ iss: ISSUER }), 'InvalidIdentityToken', 'issuer'],
    [
      'whose issuer ends with a slash',
      () => token({ iss: `https://${ISSUER}/` }),
      'InvalidIdentityToken',
      'No OpenIDConnect',
    ],
    ['without an issuer', () => token({ iss: undefined }), 'InvalidIdentityToken', 'not a valid JWT'],
    [
      'for another audience',
      () => token({ aud: 'app-2' }),
      'InvalidIdentityToken',
      'Incorrect token audience',
    ],
    ['without a subject', () => token({ sub: undefined }), 'InvalidIdentityToken', ''],
    ['without an end', () => token({ exp: undefined }), 'InvalidIdentityToken', ''],
    ['without a beginning', () => token({ iat: undefined }), 'InvalidIdentityToken', ''],
    ['that is over', () => token({ exp: seconds() - 301 }), 'ExpiredIdentityTokenException', 'expired'],
    ['that is not valid yet', () => token({ nbf: seconds() + 400 }), 'IDPRejectedClaim', ''],
    ['from the future', () => token({ iat: seconds() + 400 }), 'IDPRejectedClaim', ''],
  ])('%s', async (_, make, code, text) => {
    const refusal = await refusalOf(assume(make()))
    expect([refusal.code, refusal.message]).toEqual([code, expect.stringContaining(text)])
  })

  it('in the account that has no such provider', async () => {
    for (const account of [OTHER_ACCOUNT, '999999999999']) {
      const refusal = await refusalOf(assume(token(), { RoleArn: `arn:aws:iam::${account}:role/ci-role` }))
      expect(refusal.message).toBe(`No OpenIDConnect provider found in your account for https://${ISSUER}`)
    }
  })

  it('is allowed five minutes', async () => {
    expect((await assume(token({ exp: seconds() - 290, nbf: seconds() + 290 }))).Credentials).toBeDefined()
  })
})

describe('a provider', () => {
  const url = () => `https://issuer.example.com/${Math.random().toString(36).slice(2)}`
  const arnOf = (issuer: string) => `arn:aws:iam::${ACCOUNT}:oidc-provider/${issuer.slice(8)}`

  it('is made, shown, listed, changed and deleted', async () => {
    const admin = world.as('admin')
    const Url = url()
    const OpenIDConnectProviderArn = arnOf(Url)
    await admin.call('CreateOpenIDConnectProvider', { Url, ThumbprintList: ['a'.repeat(40)] })
    expect((await admin.refusal('CreateOpenIDConnectProvider', { Url })).code).toBe('EntityAlreadyExists')
    const of = { OpenIDConnectProviderArn }
    await admin.call('AddClientIDToOpenIDConnectProvider', { ...of, ClientID: 'one' })
    await admin.call('AddClientIDToOpenIDConnectProvider', { ...of, ClientID: 'one' })
    await admin.call('AddClientIDToOpenIDConnectProvider', { ...of, ClientID: 'two' })
    await admin.call('RemoveClientIDFromOpenIDConnectProvider', { ...of, ClientID: 'one' })
    await admin.call('UpdateOpenIDConnectProviderThumbprint', { ...of, ThumbprintList: ['b'.repeat(40)] })
    expect(await admin.call('GetOpenIDConnectProvider', of)).toEqual({
      Url: Url.slice(8),
      ClientIDList: ['two'],
      ThumbprintList: ['b'.repeat(40)],
      CreateDate: expect.any(Date),
      Tags: [],
    })
    const { OpenIDConnectProviderList } = await admin.call('ListOpenIDConnectProviders')
    expect(OpenIDConnectProviderList).toContainEqual({ Arn: OpenIDConnectProviderArn })
    await admin.call('DeleteOpenIDConnectProvider', of)
    expect((await admin.refusal('GetOpenIDConnectProvider', of)).code).toBe('NoSuchEntity')
  })

  it.each([
    'http://issuer.example.com',
    'https://issuer.example.com:8443',
    'https://user@issuer.example.com',
    'https://issuer.example.com/a?b',
    'issuer.example.com',
    'https://localhost',
    'https://127.0.0.1/realms/staff',
    'http://127.0.0.1.example.com',
    'http://localhost.example.com:8080',
  ])('is none at %s', async (Url) => {
    expect((await world.as('admin').refusal('CreateOpenIDConnectProvider', { Url })).code).toBe(
      'ValidationException',
    )
  })

  it('of this machine is one in the clear, with its port', async () => {
    const Url = 'http://localhost:8080/realms/staff'
    const name = Url.slice('http://'.length)
    const admin = world.as('admin')
    const Federated = `arn:aws:iam::${ACCOUNT}:oidc-provider/${name}`
    const made = await admin.call('CreateOpenIDConnectProvider', { Url, ClientIDList: [CLIENT] })
    expect(made.OpenIDConnectProviderArn).toBe(Federated)
    await admin.call('PutIdentityProviderKeys', { Url, Jwks: JWKS })
    const Action = 'sts:AssumeRoleWithWebIdentity'
    const Condition = { StringEquals: { [`${name}:aud`]: CLIENT } }
    const statement = { Effect: 'Allow', Principal: { Federated }, Action, Condition }
    const RoleArn = await giveRole(world, { name: 'local', trust: document(statement) })
    expect((await assume(token({ iss: Url }), { RoleArn })).Credentials).toBeDefined()
    const inDisguise = assume(token({ iss: `https://${name}` }), { RoleArn })
    expect((await refusalOf(inDisguise)).message).toBe('Incorrect token issuer')
  })

  it.each<[string, string]>([
    ['that is no JSON', '{'],
    ['without keys', '{"keys":[]}'],
    ['with a private key', JSON.stringify({ keys: [PAIRS.RS256.privateKey.export({ format: 'jwk' })] })],
    ['with a secret', '{"keys":[{"kty":"oct","k":"c2VjcmV0"}]}'],
  ])('takes no key set %s', async (_, Jwks) => {
    const input = { Url: `https://${ISSUER}`, Jwks }
    expect((await world.as('admin').refusal('PutIdentityProviderKeys', input)).code).toBe(
      'ValidationException',
    )
  })

  it('is for those who may', async () => {
    const input = { Url: `https://${ISSUER}`, Jwks: JWKS }
    expect((await world.as('bob').refusal('PutIdentityProviderKeys', input)).code).toBe(
      'AccessDeniedException',
    )
    expect((await world.as('bob').refusal('ListOpenIDConnectProviders')).code).toBe('AccessDeniedException')
  })

  it('without keys of its own is asked for them, which this engine cannot', async () => {
    const Url = url()
    await world.as('admin').call('CreateOpenIDConnectProvider', { Url, ClientIDList: [CLIENT] })
    expect((await refusalOf(assume(token({ iss: Url })))).code).toBe('IDPCommunicationError')
  })

  it('that is deleted, or no longer has the client, opens nothing, also with a token that was verified before', async () => {
    const Url = url()
    const admin = world.as('admin')
    const of = { OpenIDConnectProviderArn: arnOf(Url) }
    await admin.call('CreateOpenIDConnectProvider', { Url, ClientIDList: [CLIENT] })
    await admin.call('PutIdentityProviderKeys', { Url, Jwks: JWKS })
    const input = { RoleArn: roleArn, RoleSessionName: 'job-7', WebIdentityToken: token({ iss: Url }) }
    const holder = await tokenHolder(world.engine.services, input)
    await admin.call('RemoveClientIDFromOpenIDConnectProvider', { ...of, ClientID: CLIENT })
    const late = callAs(
      world.engine,
      { ...holder, channel: admin.caller.channel },
      'AssumeRoleWithWebIdentity',
      input,
    )
    expect((await refusalOf(late)).code).toBe('InvalidIdentityToken')
    await admin.call('DeleteOpenIDConnectProvider', of)
    expect((await refusalOf(assume(token({ iss: Url })))).message).toContain('No OpenIDConnect provider')
  })
})
