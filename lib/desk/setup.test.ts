import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readSetupState } from '#lib/store/installation.ts'
import { openTestDesk, type TestDesk } from '#lib/testing/desk.ts'
import { newSetupLink } from './setup-link.ts'

const REQUEST = {
  accountId: '123456789012',
  alias: 'acme',
  regions: ['eu-west-1', 'eu-central-1'],
  name: 'ada',
  password: 'quiet otters ferry lanterns',
  sampleData: false,
}
const DAY = 86_400_000

let desk: TestDesk
const open = async () => {
  desk = await openTestDesk()
}
const close = () => desk.close()

async function token(): Promise<string> {
  const { body } = await desk.ask('/desk/new-setup-link')
  expect(body.link).toBe(`http://127.0.0.1:3000/first-run#${body.token}`)
  return body.token
}
const setUp = (change: object = {}, fields: Record<string, string> = {}) =>
  desk.ask('/desk/setup', { ...REQUEST, ...change }, fields)
const accounts = async () =>
  (await desk.world.sql(`SELECT id FROM keyhouse.account WHERE id = $1`, [REQUEST.accountId])).length

describe('a set-up link', () => {
  beforeAll(open)
  afterAll(close)

  it.each([
    ['that was never made', async () => 'a'.repeat(43)],
    [
      'that another replaced',
      async () => {
        const first = await token()
        await token()
        return first
      },
    ],
    [
      'whose day is over',
      async () => {
        const first = await token()
        desk.wait(DAY + 1)
        return first
      },
    ],
  ])('%s sets nothing up', async (_, make) => {
    const { status, body } = await setUp({ token: await make() })
    expect(status).toBe(400)
    expect(body.error.code).toBe('AccessDeniedException')
    expect(body.error.message).toContain('./keyhouse setup-link')
    expect((await desk.ask('/desk/setup-state')).body).toEqual({ setUp: false })
    expect(await accounts()).toBe(0)
  })

  it('is kept as a hash', async () => {
    const made = await newSetupLink(desk.parts.services)
    const stored = await readSetupState(desk.parts.services.database)
    expect(stored?.setupTokenHash).toHaveLength(32)
    expect(Buffer.from(stored?.setupTokenHash ?? []).toString('base64url')).not.toBe(made?.token)
  })

  it.each([
    ['an account id of eleven digits', { accountId: '12345678901' }, 'accountId: must be 12 digits'],
    ['an alias that is an address of the console', { alias: 'settings' }, 'alias: is a word'],
    ['an alias in capitals', { alias: 'Acme' }, 'alias: must have'],
    ['no Region', { regions: [] }, 'regions: must name at least one'],
    ['a Region twice', { regions: ['eu-west-1', 'eu-west-1'] }, 'regions: names a Region twice'],
    ['Regions of two partitions', { regions: ['eu-west-1', 'cn-north-1'] }, 'regions: mixes'],
    ['a name with a space', { name: 'ada lovelace' }, 'name: must have'],
    [
      'a password of fourteen characters',
      { password: 'quiet otters f' },
      'password: The password must have at least 15',
    ],
    ['a password that everybody tries', { password: 'passwordpassword' }, 'password: This password is one'],
    ['a member too many', { role: 'root' }, 'not understood'],
  ])('does not take %s', async (_, change, message) => {
    const { status, body } = await setUp({ token: await token(), ...change })
    expect(status).toBe(400)
    expect(body.error).toMatchObject({
      code: 'ValidationException',
      message: expect.stringContaining(message),
    })
    expect(await accounts()).toBe(0)
  })

  it('of two claims at once lets one through', async () => {
    const mine = await token()
    const told = await Promise.all([
      setUp({ token: mine }),
      setUp({ token: mine, name: 'eve' }),
      setUp({ token: mine, name: 'mallory' }),
    ])
    expect(told.filter(({ status }) => status === 200)).toHaveLength(1)
    for (const { status, body } of told)
      if (status !== 200) expect(body.error.code).toBe('AccessDeniedException')
    expect(await accounts()).toBe(1)
    const people = await desk.world.sql(
      `SELECT name FROM keyhouse.principal WHERE account_id = $1 AND kind = 'user'`,
      [REQUEST.accountId],
    )
    expect(people).toHaveLength(1)
  })

  it('is nothing afterwards, and no new one is made', async () => {
    const again = await setUp({ token: 'a'.repeat(43) })
    expect(again.body.error.message).toBe('This installation is set up already. Sign in instead.')
    expect((await desk.ask('/desk/new-setup-link')).body.error.code).toBe('AccessDeniedException')
    expect(await newSetupLink(desk.parts.services)).toBeUndefined()
    expect((await desk.ask('/desk/setup-state')).body).toEqual({ setUp: true })
  })
})

describe('set-up', () => {
  let done: Awaited<ReturnType<typeof setUp>>['body']
  let admin: { browser: string; session: string }

  beforeAll(async () => {
    await open()
    const told = await setUp({ token: await token(), sampleData: true })
    // Nobody sets up what has accounts already, as the world has: this one is the first.
    await desk.world.sql(`UPDATE keyhouse.account SET created_at = 'epoch' WHERE id = $1`, [
      REQUEST.accountId,
    ])
    expect(desk.errors).toEqual([])
    expect(told.status).toBe(200)
    done = told.body
    admin = { browser: done.browserToken, session: done.session.id }
  })
  afterAll(close)

  const signIn = async (name: string) => {
    const person = done.sample.users.find((user: { name: string }) => user.name === name)
    const { body } = await desk.ask('/desk/sign-in', {
      account: done.sample.accountId,
      user: name,
      password: person.password,
    })
    return body.session
      ? { browser: body.browserToken as string, session: body.session.id as string }
      : undefined
  }

  it('signs the administrator in, who may do everything', async () => {
    expect(done.session).toMatchObject({
      principal: { name: 'ada', account: REQUEST.accountId },
      accountAlias: 'acme',
      regions: REQUEST.regions,
    })
    const made = await desk.ask('/operations/KMS/CreateKey', { Description: 'first' }, admin)
    expect(made.status).toBe(200)
    const key = made.body.output.KeyMetadata.KeyId
    expect(
      (await desk.ask('/operations/KMS/Encrypt', { KeyId: key, Plaintext: btoa('x') }, admin)).status,
    ).toBe(200)
  })

  it('gives an access key that works, whose secret is not in the database', async () => {
    expect(done.accessKey).toEqual({
      id: expect.stringMatching(/^AKIA/),
      secret: expect.stringMatching(/^.{40}$/),
    })
    const found = await desk.parts.services.identities.byAccessKey(done.accessKey.id)
    expect(found?.identity.principal.name).toBe('ada')
    const [row] = await desk.world.sql(
      `SELECT encode(secret_sealed, 'escape') AS sealed FROM keyhouse.access_key WHERE id = $1`,
      [done.accessKey.id],
    )
    expect(row?.sealed).not.toContain(done.accessKey.secret)
  })

  it('is in the log, without secrets', async () => {
    const events = await desk.world.sql(
      `SELECT convert_from(body, 'UTF8') AS body FROM audit.event WHERE account_id = $1`,
      [REQUEST.accountId],
    )
    const all = events.map(({ body }) => body).join('\n')
    expect(all).toContain('SetUpInstallation')
    expect(all).toContain(done.accessKey.id)
    for (const secret of [done.accessKey.secret, REQUEST.password, done.browserToken])
      expect(all).not.toContain(secret)
  })

  it('lets alice, bob and carol of the sample account really work', async () => {
    expect(done.sample.users.map((user: { name: string }) => user.name)).toEqual(['alice', 'bob', 'carol'])
    const rows = await desk.world.sql(
      `SELECT convert_from(body, 'UTF8')::json AS record FROM audit.event WHERE account_id = $1 ORDER BY ts, id`,
      [done.sample.accountId],
    )
    const of = (name: string, event: string) =>
      rows
        .map(({ record }) => record)
        .filter((record) => record.userIdentity.userName === name && record.eventName === event)
    expect(of('alice', 'CreateKey').length).toBeGreaterThan(2)
    expect(of('bob', 'Decrypt').length).toBeGreaterThan(5)
    expect(of('alice', 'Encrypt')[0].keyhouse.outcome).toBe('denied')
    expect(of('bob', 'DisableKey')[0].keyhouse.outcome).toBe('denied')
    expect(of('carol', 'LookupEvents')[0].keyhouse.outcome).toBe('ok')
  })

  it('keeps managing, using and watching apart', async () => {
    const people = { alice: await signIn('alice'), bob: await signIn('bob'), carol: await signIn('carol') }
    const may = async (name: keyof typeof people, operation: string, input: object) =>
      (await desk.ask(`/operations/${operation}`, input, people[name] ?? {})).status === 200
    const encrypt = { KeyId: 'alias/orders', Plaintext: btoa('order 42') }
    const { body } = await desk.ask('/operations/KMS/DescribeKey', { KeyId: 'alias/invoices' }, people.alice)
    const key = { KeyId: body.output.KeyMetadata.KeyId }
    expect(await may('alice', 'KMS/Encrypt', encrypt)).toBe(false)
    expect(await may('bob', 'KMS/Encrypt', encrypt)).toBe(true)
    expect(await may('carol', 'KMS/Encrypt', encrypt)).toBe(false)
    expect(await may('bob', 'KMS/DisableKey', key)).toBe(false)
    expect(await may('carol', 'KMS/DisableKey', key)).toBe(false)
    expect(await may('alice', 'KMS/DisableKey', key)).toBe(true)
    expect(await may('carol', 'CloudTrail/LookupEvents', {})).toBe(true)
    expect(await may('bob', 'CloudTrail/LookupEvents', {})).toBe(false)
  })

  it('shows the sample people only what their own account has', async () => {
    const { body } = await desk.ask('/desk/principals', {}, await signIn('alice'))
    expect(body.principals.map((entry: { name: string }) => entry.name)).toEqual([
      'root',
      'alice',
      'bob',
      'carol',
      'app-backend',
      'auditor',
    ])
  })

  it('can take the sample away: nobody of it comes in, and its events stay', async () => {
    const alice = await signIn('alice')
    expect((await desk.ask('/desk/remove-sample', {}, alice)).body.error.code).toBe('AccessDeniedException')
    const count = async () =>
      (
        await desk.world.sql(`SELECT count(*)::int AS n FROM audit.event WHERE account_id = $1`, [
          done.sample.accountId,
        ])
      )[0]?.n
    const before = await count()
    const removed = await desk.ask('/desk/remove-sample', {}, admin)
    expect(removed).toMatchObject({ status: 200, body: { accountIds: [done.sample.accountId] } })
    expect((await desk.ask('/operations/KMS/ListKeys', {}, alice)).status).toBe(401)
    expect(await signIn('bob')).toBeUndefined()
    expect(await count()).toBeGreaterThanOrEqual(before)
    expect((await desk.ask('/operations/KMS/ListKeys', {}, admin)).status).toBe(200)
    expect((await desk.ask('/desk/remove-sample', {}, admin)).body).toEqual({ accountIds: [] })
  })
})
