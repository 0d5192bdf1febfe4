import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createUser, draftUser } from '#lib/iam/create-user.ts'
import { openTestDesk, type TestDesk } from '#lib/testing/desk.ts'
import { ACCOUNT, OTHER_ACCOUNT } from '#lib/testing/world.ts'

const PASSWORD = 'quiet otters ferry lanterns'
const MINUTE = 60_000
const PEOPLE = ['Dora', 'emil', 'fay', 'gus', 'hal', 'ida', 'jo']

let desk: TestDesk
let addresses = 0
/** Nobody is held up by what another test tried. */
const elsewhere = () => ({ address: `198.51.100.${++addresses}` })

type Given = { account?: string; user?: string; password?: string }

const attempt = (given: Given = {}, fields: Record<string, string> = elsewhere()) =>
  desk.ask('/desk/sign-in', { account: ACCOUNT, user: 'Dora', password: PASSWORD, ...given }, fields)

async function signIn(user = 'Dora', browser = '') {
  const { status, body } = await attempt({ user }, { ...elsewhere(), browser })
  expect(status).toBe(200)
  return { browser: body.browserToken as string, session: body.session.id as string, view: body.session }
}

type Signed = { browser: string; session: string }
const who = async ({ browser, session }: Signed) =>
  (await desk.ask('/desk/who', {}, { browser, session })).body.session
const works = async ({ browser, session }: Signed) =>
  (await desk.ask('/operations/STS/GetCallerIdentity', {}, { browser, session })).status === 200

beforeAll(async () => {
  desk = await openTestDesk()
  const { database } = desk.parts.services
  for (const name of PEOPLE) {
    const user = await draftUser({ account: ACCOUNT, name, password: PASSWORD, policies: [] })
    await database.transaction((rows) => createUser(rows, user))
  }
  await database.prisma.account.update({ where: { id: ACCOUNT }, data: { alias: 'acme' } })
})
afterAll(() => desk.close())

describe('signing in', () => {
  it.each([
    ['with the account id', {}],
    ['with the account alias', { account: 'acme' }],
    ['with the alias in capitals', { account: ' ACME ' }],
    ['with the name in other letters', { user: 'dORA' }],
    ['with the name in full-width letters', { user: 'Ｄｏｒａ' }],
  ])('works %s', async (_, given) => {
    const { status, body } = await attempt(given)
    expect(status).toBe(200)
    expect(body.browserToken).toMatch(/^[\w-]{43}$/)
    expect(body.session).toMatchObject({
      principal: { kind: 'user', name: 'Dora', account: ACCOUNT, arn: `arn:aws:iam::${ACCOUNT}:user/Dora` },
      regions: ['eu-west-1', 'us-east-1'],
    })
    expect(body.session.expiresAt).toBeGreaterThan(Date.now() / 1000 + 11 * 3600)
  })

  it.each([
    ['a wrong password', { password: 'quiet otters ferry lantern' }],
    ['the password in other letters', { password: PASSWORD.toUpperCase() }],
    ['a user who is not there', { user: 'nobody' }],
    ['a user without a password', { user: 'alice' }],
    ['the user of another account', { account: OTHER_ACCOUNT }],
    ['the root', { user: 'root' }],
    ['an account that is not there', { account: '999999999999' }],
    ['an alias that is not there', { account: 'acmes' }],
    ['a password of a thousand characters', { password: 'x'.repeat(1000) }],
  ])('with %s is refused like any other', async (_, given) => {
    const { status, body } = await attempt(given)
    expect(status).toBe(400)
    const { requestId: _requestId, ...error } = body.error
    expect(error).toEqual({
      code: 'UnrecognizedClientException',
      message: 'The account, the user name or the password is not right.',
      eventId: null,
    })
  })

  it('hashes a password whether or not there is one to compare', async () => {
    const timed = async (given: Given) => {
      const started = performance.now()
      await attempt(given)
      return performance.now() - started
    }
    // A hash takes tens of milliseconds and everything else a few: without it, this would be below a fifth.
    const real = await timed({ password: 'wrong' })
    for (const given of [{ user: 'nobody' }, { account: 'nowhere' }, { user: 'alice' }]) {
      expect(await timed(given)).toBeGreaterThan(real / 5)
    }
  })

  it('is refused in a disabled account, like a wrong password', async () => {
    const { prisma } = desk.parts.services.database
    const user = await draftUser({ account: OTHER_ACCOUNT, name: 'kim', password: PASSWORD, policies: [] })
    await desk.parts.services.database.transaction((rows) => createUser(rows, user))
    await prisma.account.update({ where: { id: OTHER_ACCOUNT }, data: { disabledAt: new Date() } })
    const { body } = await attempt({ account: OTHER_ACCOUNT, user: 'kim' })
    await prisma.account.update({ where: { id: OTHER_ACCOUNT }, data: { disabledAt: null } })
    expect(body.error.code).toBe('UnrecognizedClientException')
  })
})

describe('the log', () => {
  it('has a sign-in as CloudTrail shows it', async () => {
    const { session } = await signIn()
    const { record } = await desk.world.lastEvent()
    expect(record).toMatchObject({
      eventSource: 'signin.amazonaws.com',
      eventName: 'ConsoleLogin',
      eventType: 'AwsConsoleSignIn',
      responseElements: { ConsoleLogin: 'Success' },
      userIdentity: { type: 'IAMUser', userName: 'Dora' },
      keyhouse: { class: 'auth', outcome: 'ok', source: 'console' },
    })
    expect(JSON.stringify(record)).not.toContain(session)
  })

  it('has a refused sign-in, under the name of the user', async () => {
    await attempt({ password: 'wrong' }, { address: '203.0.113.5' })
    expect((await desk.world.lastEvent()).record).toMatchObject({
      eventName: 'ConsoleLogin',
      errorMessage: 'Failed authentication',
      sourceIPAddress: '203.0.113.5',
      userIdentity: { userName: 'Dora', accountId: ACCOUNT },
      keyhouse: { class: 'auth', outcome: 'denied' },
    })
  })

  it('does not repeat a name that is none: people type passwords there', async () => {
    await attempt({ user: 'my-secret-password', password: 'Dora' })
    const { record } = await desk.world.lastEvent()
    expect(record.userIdentity.userName).toBe('HIDDEN_DUE_TO_SECURITY_REASONS')
    expect(JSON.stringify(record)).not.toContain('my-secret-password')
  })

  it('has no event for an account that is not there, only a count', async () => {
    const before = (await desk.world.lastEvent()).record.eventID
    await attempt({ account: 'nowhere' }, { address: '203.0.113.77' })
    expect((await desk.world.lastEvent()).record.eventID).toBe(before)
    await desk.parts.services.refused.flush()
    const [row] = await desk.world.sql(
      `SELECT * FROM audit.refused_connection WHERE address = '203.0.113.77'`,
    )
    expect(row).toMatchObject({
      operation: 'ConsoleLogin',
      reason: 'UnrecognizedClientException',
      count: '1',
    })
  })

  it('has signing out', async () => {
    const signed = await signIn()
    await desk.ask('/desk/sign-out', {}, signed)
    expect((await desk.world.lastEvent()).record).toMatchObject({
      eventName: 'ConsoleLogout',
      userIdentity: { userName: 'Dora' },
    })
  })
})

describe('guessing', () => {
  // Hashing takes its time on a busy machine; the waits here are to be exact.
  beforeAll(() => desk.hold(true))
  afterAll(() => desk.hold(false))

  it.each([
    ['a user who is there', { user: 'emil' }],
    ['a user who is not', { user: 'nobody-2' }],
    ['an account that is not', { account: 'nowhere-2' }],
  ])('at %s is slowed down after five attempts, for a while', async (_, given) => {
    const fields = elsewhere()
    for (let i = 0; i < 5; i++) {
      expect((await attempt({ ...given, password: 'wrong' }, fields)).body.error.code).toBe(
        'UnrecognizedClientException',
      )
    }
    const slowed = await attempt({ ...given, password: PASSWORD }, fields)
    expect(slowed.status).toBe(429)
    expect(slowed.body.error).toMatchObject({
      code: 'ThrottlingException',
      message: 'Too many sign-in attempts. Try again in 2 seconds.',
      retryAt: expect.any(Number),
    })
  })

  it('by alias and by id is one guessing', async () => {
    const fields = elsewhere()
    for (const account of ['acme', ACCOUNT, 'ACME', ACCOUNT, 'acme'])
      await attempt({ account, user: 'fay', password: 'wrong' }, fields)
    expect((await attempt({ user: 'FAY', password: 'wrong' }, fields)).status).toBe(429)
  })

  it('at once is no faster than one after the other', async () => {
    const fields = elsewhere()
    const all = await Promise.all(
      Array.from({ length: 12 }, () => attempt({ user: 'gus', password: 'wrong' }, fields)),
    )
    expect(all.filter(({ status }) => status === 400)).toHaveLength(5)
    expect(all.filter(({ status }) => status === 429)).toHaveLength(7)
  })

  it('does not lock the person out elsewhere, nor here for good', async () => {
    const fields = elsewhere()
    for (let i = 0; i < 6; i++) await attempt({ user: 'hal', password: 'wrong' }, fields)
    expect((await attempt({ user: 'hal' })).status).toBe(200)
    desk.wait(2_100)
    expect((await attempt({ user: 'hal' }, fields)).status).toBe(200)
    // A success wipes the slate.
    expect((await attempt({ user: 'hal', password: 'wrong' }, fields)).status).toBe(400)
  })

  it('keeps no name in the database', async () => {
    const rows = await desk.world.sql(
      `SELECT encode(subject, 'hex') AS subject FROM keyhouse.sign_in_failure`,
    )
    expect(rows.length).toBeGreaterThan(0)
    for (const { subject } of rows) expect(subject).toMatch(/^[0-9a-f]{64}$/)
  })
})

describe('a session', () => {
  it('is told to its browser, and to one that names none', async () => {
    const signed = await signIn()
    expect(await who(signed)).toMatchObject({
      id: signed.session,
      principal: { name: 'Dora' },
      accountAlias: 'acme',
    })
    expect((await desk.ask('/desk/who', {}, { browser: signed.browser })).body.session.id).toBe(
      signed.session,
    )
  })

  it.each([
    ['without a token', (signed: Signed) => ({ ...signed, browser: '' })],
    [
      'with another token',
      (signed: Signed) => ({
        ...signed,
        browser: `${signed.browser.slice(0, -1)}${signed.browser.endsWith('A') ? 'B' : 'A'}`,
      }),
    ],
    ['with an id that is none', (signed: Signed) => ({ ...signed, session: '%' })],
  ])('is nobody %s', async (_, change) => {
    const changed = change(await signIn())
    expect(await works(changed)).toBe(false)
  })

  it('is known to the database by a hash only', async () => {
    const { browser } = await signIn()
    const rows = await desk.world.sql(
      `SELECT count(*)::int AS n FROM keyhouse.browser_token WHERE encode(hash, 'escape') LIKE $1`,
      [`%${browser}%`],
    )
    expect(rows[0]?.n).toBe(0)
  })

  it('ends after thirty minutes without a sign of life, and not before', async () => {
    const signed = await signIn()
    desk.wait(29 * MINUTE)
    expect(await works(signed)).toBe(true)
    desk.wait(29 * MINUTE)
    expect(await works(signed)).toBe(true)
    desk.wait(30 * MINUTE)
    expect(await works(signed)).toBe(false)
    expect(await who(signed)).toBeNull()
  })

  it('is not kept alive by looking at who is signed in', async () => {
    const signed = await signIn()
    desk.wait(20 * MINUTE)
    expect(await who(signed)).not.toBeNull()
    desk.wait(11 * MINUTE)
    expect(await who(signed)).toBeNull()
  })

  it('ends after twelve hours whatever happens', async () => {
    const signed = await signIn()
    for (let minutes = 25; minutes < 12 * 60; minutes += 25) {
      desk.wait(25 * MINUTE)
      expect(await works(signed)).toBe(true)
    }
    desk.wait(25 * MINUTE)
    expect(await works(signed)).toBe(false)
  })

  it('is written to at most once a minute', async () => {
    const signed = await signIn()
    const seen = async () =>
      (
        await desk.world.sql(`SELECT last_seen_at FROM keyhouse.session WHERE id = $1`, [signed.session])
      )[0]?.last_seen_at.getTime()
    const first = await seen()
    desk.wait(30_000)
    await works(signed)
    expect(await seen()).toBe(first)
    desk.wait(31_000)
    await works(signed)
    expect(await seen()).toBeGreaterThan(first)
  })

  it('is over at once when it was signed out', async () => {
    const signed = await signIn()
    await desk.ask('/desk/sign-out', {}, signed)
    expect(await works(signed)).toBe(false)
    expect((await desk.ask('/desk/sign-out', {}, signed)).status).toBe(200)
  })
})

describe('several people on one browser', () => {
  it('move to a new token with each sign-in, and the old one is nothing', async () => {
    const first = await signIn('Dora')
    const second = await signIn('emil', first.browser)
    expect(second.browser).not.toBe(first.browser)
    expect(await works(first)).toBe(false)
    expect(await works({ ...first, browser: second.browser })).toBe(true)
    expect(await works(second)).toBe(true)
    const { body } = await desk.ask('/desk/sessions', {}, { browser: second.browser })
    expect(body.sessions.map((session: { principal: { name: string } }) => session.principal.name)).toEqual([
      'emil',
      'Dora',
    ])
  })

  it('are five at most: the oldest goes', async () => {
    let browser = ''
    const sessions: string[] = []
    for (const name of PEOPLE.slice(0, 6)) {
      const signed = await signIn(name, browser)
      browser = signed.browser
      sessions.push(signed.session)
      desk.wait(1000)
    }
    const alive = await Promise.all(sessions.map((session) => works({ browser, session })))
    expect(alive).toEqual([false, true, true, true, true, true])
  })

  it('are each there once', async () => {
    const first = await signIn('ida')
    const again = await signIn('ida', first.browser)
    expect(await works({ ...first, browser: again.browser })).toBe(false)
    expect(await works(again)).toBe(true)
  })

  it('can all be signed out together', async () => {
    const first = await signIn('Dora')
    const second = await signIn('emil', first.browser)
    await desk.ask('/desk/sign-out', { all: true }, second)
    expect(await works({ ...first, browser: second.browser })).toBe(false)
    expect(await works(second)).toBe(false)
  })
})
