import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openIssuerKeys } from '#lib/engine/issuer-keys.ts'
import { openTestDesk, type TestDesk } from '#lib/testing/desk.ts'
import { allowing, document, giveRole } from '#lib/testing/sessions.ts'
import { type Claims, openTokenIssuer, type TokenIssuer } from '#lib/testing/token-issuer.ts'
import { ACCOUNT } from '#lib/testing/world.ts'
import type { SignInProvider } from './parts.ts'

const CLIENT = 'keyhouse'
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const roleNamed = (name: string) => `arn:aws:iam::${ACCOUNT}:role/${name}`

let desk: TestDesk
let issuer: TokenIssuer
let stranger: TokenIssuer
let provider: string
let addresses = 0
/** Nobody is held up by what another test tried. */
const elsewhere = () => ({ address: `203.0.113.${++addresses}` })

const configured = (set: Partial<SignInProvider> = {}) =>
  Object.assign(desk.parts, {
    signInProvider: {
      issuer: issuer.url,
      clientId: CLIENT,
      clientSecret: 'not asked for here',
      role: roleNamed('staff'),
      name: 'Acme login',
      ...set,
    },
  })

const trust = (Condition: object) =>
  document({
    Effect: 'Allow',
    Principal: { Federated: provider },
    Action: 'sts:AssumeRoleWithWebIdentity',
    Condition,
  })

const attempt = (token: string, fields: Record<string, string> = elsewhere()) =>
  desk.ask('/desk/sign-in-with-token', { token }, fields)

async function enter(claims: Claims = {}, fields: Record<string, string> = elsewhere()) {
  const { status, body } = await attempt(await issuer.token(claims), fields)
  expect([status, body.error]).toEqual([200, undefined])
  return { browser: body.browserToken as string, session: body.session.id as string, view: body.session }
}

const sessions = async () =>
  (await desk.world.sql('SELECT count(*)::int AS count FROM keyhouse.session'))[0]?.count
const signIns = () => desk.world.events('ConsoleLogin')

beforeAll(async () => {
  desk = await openTestDesk()
  const fetched = async (url: string) => new Uint8Array(await (await fetch(url)).arrayBuffer())
  Object.assign(desk.parts.services, { issuerKeys: openIssuerKeys(fetched, () => performance.now()) })
  issuer = await openTokenIssuer(CLIENT)
  stranger = await openTokenIssuer(CLIENT)
  const name = issuer.url.slice('http://'.length)
  provider = `arn:aws:iam::${ACCOUNT}:oidc-provider/${name}`
  const admin = desk.world.as('admin')
  const made = await admin.call('CreateOpenIDConnectProvider', {
    Url: issuer.url,
    ClientIDList: [CLIENT, 'another'],
  })
  expect(made.OpenIDConnectProviderArn).toBe(provider)
  const StringEquals = { [`${name}:aud`]: CLIENT }
  await giveRole(desk.world, {
    name: 'staff',
    seconds: 2 * 3600,
    trust: trust({ StringEquals, StringLike: { [`${name}:sub`]: 'u-*' } }),
    policies: [allowing('kms:ListKeys', 'kms:CreateKey', 'kms:DisableKey')],
  })
  await giveRole(desk.world, {
    name: 'with-mfa',
    trust: trust({ 'ForAnyValue:StringEquals': { [`${name}:amr`]: 'mfa' } }),
  })
  configured()
})
afterAll(async () => {
  await desk?.close()
  await issuer?.close()
  await stranger?.close()
})

describe('a token of the configured provider', () => {
  it('opens a session of the role, with its permissions and no others', async () => {
    const { browser, session, view } = await enter({ email: 'dora@example.com', email_verified: true })
    expect(view).toMatchObject({
      principal: { kind: 'role', arn: `arn:aws:sts::${ACCOUNT}:assumed-role/staff/dora@example.com` },
      secondFactor: false,
      switchedFrom: null,
    })
    const on = { browser, session }
    expect((await desk.ask('/operations/KMS/ListKeys', {}, on)).status).toBe(200)
    expect((await desk.ask('/operations/IAM/ListUsers', {}, on)).body.error.code).toBe(
      'AccessDeniedException',
    )
    expect((await desk.ask('/desk/who', {}, on)).body.session).toMatchObject({ id: session, duty: null })
  })

  it('leaves two events, of the token’s holder and of the role’s session, and no token', async () => {
    const token = await issuer.token()
    expect((await attempt(token)).status).toBe(200)
    const assumed = (await desk.world.events('AssumeRoleWithWebIdentity')).at(-1)
    expect(assumed).toMatchObject({
      userIdentity: { type: 'WebIdentityUser', userName: 'u-17' },
      requestParameters: { roleArn: roleNamed('staff'), roleSessionName: 'u-17' },
      responseElements: { subjectFromWebIdentityToken: 'u-17', provider },
    })
    const signedIn = (await signIns()).at(-1)
    expect(signedIn).toMatchObject({
      userIdentity: { type: 'AssumedRole', arn: `arn:aws:sts::${ACCOUNT}:assumed-role/staff/u-17` },
      responseElements: { ConsoleLogin: 'Success' },
      additionalEventData: { MFAUsed: 'No' },
      recipientAccountId: ACCOUNT,
    })
    const signature = token.split('.')[2] ?? 'none'
    const [events] = await desk.world.sql(
      `SELECT string_agg(convert_from(body, 'UTF8'), '') AS texts FROM audit.event`,
    )
    expect(events?.texts).not.toContain(signature)
    expect(JSON.stringify(desk.errors)).not.toContain(signature)
  })

  it.each<[string, Claims, string]>([
    ['its address, where the issuer has verified that', { email: 'a@b.c', email_verified: true }, 'a@b.c'],
    ['its subject, where an address is only claimed', { email: 'boss@b.c' }, 'u-17'],
    ['what STS takes of it', { sub: 'u-é|17/ä' }, 'u---17--'],
    ['64 characters of it', { sub: `u-${'x'.repeat(100)}` }, `u-${'x'.repeat(62)}`],
  ])('names the session by %s', async (_, claims, name) => {
    expect((await enter(claims)).view.principal.name).toBe(`staff/${name}`)
  })

  it('opens it for as long as the role allows, if the installation allows longer', async () => {
    const { view } = await enter()
    const left = view.expiresAt * 1000 - desk.parts.services.clock.real().getTime()
    expect(left).toBeGreaterThan(2 * HOUR - MINUTE)
    expect(left).toBeLessThanOrEqual(2 * HOUR)
  })

  it('gives aws:FederatedProvider, and no second factor', async () => {
    const Condition = {
      StringEquals: { 'aws:FederatedProvider': provider },
      Bool: { 'aws:MultiFactorAuthPresent': 'false' },
    }
    const policies = [document({ Effect: 'Allow', Action: 'kms:ListKeys', Resource: '*', Condition })]
    const name = 'conditioned'
    const role = await giveRole(desk.world, { name, trust: trust({}), policies })
    configured({ role })
    const { browser, session } = await enter({ amr: ['mfa'] })
    expect((await desk.ask('/operations/KMS/ListKeys', {}, { browser, session })).status).toBe(200)
    configured()
  })

  it('is enough where a second factor is required of people with passwords', async () => {
    await desk.world.sql(
      `INSERT INTO keyhouse.setting (name, value, changed_by) VALUES ('requireMfa', 'true', 'a test')`,
    )
    const { browser, session } = await enter()
    expect((await desk.ask('/desk/who', {}, { browser, session })).body.session.duty).toBeNull()
    expect((await desk.ask('/operations/KMS/ListKeys', {}, { browser, session })).status).toBe(200)
    await desk.world.sql(`DELETE FROM keyhouse.setting WHERE name = 'requireMfa'`)
  })

  it('adds a person to those of the browser, and replaces only its own earlier session', async () => {
    const first = await enter({ sub: 'u-1' })
    const second = await enter({ sub: 'u-2' }, { ...elsewhere(), browser: first.browser })
    const again = await enter({ sub: 'u-2' }, { ...elsewhere(), browser: second.browser })
    const { body } = await desk.ask('/desk/sessions', {}, { browser: again.browser })
    const names = body.sessions.map(({ principal }: { principal: { name: string } }) => principal.name)
    expect(names.sort()).toEqual(['staff/u-1', 'staff/u-2'])
    expect(again.session).not.toBe(second.session)
  })
})

describe('what needs a recent proof', () => {
  const disable = async ({ browser, session }: { browser: string; session: string }) =>
    (await desk.ask('/operations/KMS/DisableKey', { KeyId: 'alias/none' }, { browser, session })).body.error
  const now = () => Math.floor(Date.now() / 1000)

  it.each<[string, () => Claims, number]>([
    ['was given long before', () => ({ auth_time: now() - 3600 }), 0],
    ['is not spoken of by the token', () => ({ auth_time: undefined }), 0],
    ['has grown old', () => ({}), 6 * MINUTE],
  ])('is sent to the provider again when the proof %s', async (_, claims, later) => {
    const signed = await enter(claims())
    desk.wait(later)
    const error = await disable(signed)
    desk.wait(-later)
    expect(error).toMatchObject({ signInAgain: true, message: expect.stringContaining('recent sign-in') })
  })

  it('is done after one', async () => {
    expect((await disable(await enter())).code).toBe('NotFoundException')
  })

  it('does not believe a proof of the future', async () => {
    const signed = await enter({ auth_time: now() + 3600 })
    desk.wait(6 * MINUTE)
    const error = await disable(signed)
    desk.wait(-6 * MINUTE)
    expect(error.signInAgain).toBe(true)
  })
})

describe('a token is refused, with its reason on record and no session', () => {
  const now = () => Math.floor(Date.now() / 1000)
  const AUDIENCE = 'Incorrect token audience'

  it.each<[string, () => Promise<string> | string, string, string]>([
    ['for another audience', () => issuer.token({ aud: 'somebody' }), 'InvalidIdentityToken', AUDIENCE],
    [
      'for another client of the provider',
      () => issuer.token({ aud: 'another' }),
      'InvalidIdentityToken',
      AUDIENCE,
    ],
    [
      'that another client asked for',
      () => issuer.token({ aud: ['another', CLIENT], azp: 'another' }),
      'InvalidIdentityToken',
      AUDIENCE,
    ],
    ['of another issuer', () => stranger.token(), 'InvalidIdentityToken', 'No OpenIDConnect provider found'],
    [
      'that is over',
      () => issuer.token({ exp: now() - 600, iat: now() - 900 }),
      'ExpiredIdentityTokenException',
      'Token expired',
    ],
    [
      'of the future',
      () => issuer.token({ iat: now() + 600 }),
      'IDPRejectedClaim',
      'The token is not valid yet',
    ],
    ['without a signature', () => issuer.unsigned(), 'InvalidIdentityToken', ''],
    [
      'signed with another key',
      () => issuer.strangers(),
      'InvalidIdentityToken',
      'signature could not be verified',
    ],
    [
      'that names a key nobody has',
      () => issuer.strangers({}, 'two'),
      'InvalidIdentityToken',
      'verification key',
    ],
    ['that is no token', () => 'not.a.token', 'InvalidIdentityToken', 'not a valid JWT'],
  ])('%s', async (_, make, code, words) => {
    const before = await sessions()
    const { body } = await attempt(await make())
    expect(body.error).toMatchObject({ code, message: expect.stringContaining(words) })
    expect((await signIns()).at(-1)).toMatchObject({
      errorMessage: expect.stringContaining(words),
      userIdentity: { userName: 'HIDDEN_DUE_TO_SECURITY_REASONS' },
    })
    expect(await sessions()).toBe(before)
  })

  it.each<[string, string, Claims]>([
    ['the trust policy wants another subject', 'staff', { sub: 'guest-1' }],
    ['the trust policy wants a second factor', 'with-mfa', { amr: ['pwd'] }],
    ['the role is not there', 'missing', {}],
  ])('when %s', async (_, name, claims) => {
    configured({ role: roleNamed(name) })
    const before = await sessions()
    const { body } = await attempt(await issuer.token(claims))
    configured()
    const message = 'Not authorized to perform sts:AssumeRoleWithWebIdentity'
    expect(body.error).toMatchObject({ code: 'AccessDeniedException', message })
    expect((await desk.world.events('AssumeRoleWithWebIdentity')).at(-1)).toMatchObject({
      errorCode: 'AccessDenied',
      userIdentity: { type: 'WebIdentityUser', userName: claims.sub ?? 'u-17' },
    })
    expect((await signIns()).at(-1)).toMatchObject({
      errorMessage: message,
      userIdentity: { userName: claims.sub ?? 'u-17' },
    })
    expect(await sessions()).toBe(before)
  })

  it('when the role’s account is not there, which leaves no event', async () => {
    configured({ role: 'arn:aws:iam::999999999999:role/staff' })
    const before = (await signIns()).length
    const { body } = await attempt(await issuer.token())
    configured()
    expect(body.error.code).toBe('InvalidIdentityToken')
    expect((await signIns()).length).toBe(before)
  })

  it('when the account’s provider is another than the configured one', async () => {
    const issued = await stranger.token()
    const arn = { Url: stranger.url, ClientIDList: [CLIENT] }
    await desk.world.as('admin').call('CreateOpenIDConnectProvider', arn)
    expect((await attempt(issued)).body.error.message).toBe('Incorrect token issuer')
  })

  it('when too many were tried from one address, whatever they are', async () => {
    const here = elsewhere()
    for (let tried = 0; tried < 5; tried++) await attempt('not.a.token', here)
    await attempt('not.a.token', here)
    expect((await attempt(await issuer.token(), here)).status).toBe(429)
    expect((await attempt(await issuer.token())).status).toBe(200)
  })
})

describe('an installation without a provider', () => {
  it('tells that it has none, and takes no token', async () => {
    Object.assign(desk.parts, { signInProvider: undefined })
    expect((await desk.ask('/desk/sign-in-provider')).body).toEqual({ provider: null })
    expect((await attempt(await issuer.token())).body.error.code).toBe('UnknownOperationException')
    configured()
    expect((await desk.ask('/desk/sign-in-provider')).body.provider).toMatchObject({ name: 'Acme login' })
  })
})
