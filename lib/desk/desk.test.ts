import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createUser, draftUser } from '#lib/iam/create-user.ts'
import { openTestDesk, type TestDesk } from '#lib/testing/desk.ts'
import { ACCOUNT } from '#lib/testing/world.ts'

const PASSWORD = 'quiet otters ferry lanterns'
const allowAll = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
})

let desk: TestDesk
let signedIn: Record<string, string>

beforeAll(async () => {
  desk = await openTestDesk()
  const policies = [{ name: 'all', document: allowAll }]
  const user = await draftUser({ account: ACCOUNT, name: 'Dora', password: PASSWORD, policies })
  const guest = await draftUser({ account: ACCOUNT, name: 'guest', password: PASSWORD, policies: [] })
  await desk.parts.services.database.transaction(async (rows) => {
    await createUser(rows, user)
    await createUser(rows, guest)
  })
  signedIn = await session('Dora')
})
afterAll(() => desk.close())

async function session(user: string) {
  const { body } = await desk.ask('/desk/sign-in', { account: ACCOUNT, user, password: PASSWORD })
  return { browser: body.browserToken as string, session: body.session.id as string }
}

describe('the channel', () => {
  it.each([
    ['without the secret', { channel: '' }],
    ['with another secret', { channel: 'what only the console and the engine knew' }],
    ['with the beginning of the secret', { channel: 'what only' }],
  ])('refuses a request %s and says nothing', async (_, fields) => {
    expect(await desk.ask('/desk/health', {}, fields)).toEqual({ status: 403, body: {} })
    expect(await desk.ask('/desk/next-auth-secret', {}, fields)).toEqual({ status: 403, body: {} })
  })

  it('takes the address and agent of a browser from the named fields only', async () => {
    await desk.ask('/operations/KMS/ListKeys', {}, { ...signedIn, address: '198.51.100.9', agent: 'Lynx' })
    const { record } = await desk.world.lastEvent()
    expect(record).toMatchObject({
      eventName: 'ListKeys',
      sourceIPAddress: '198.51.100.9',
      userAgent: 'Lynx',
    })
  })

  it('gives the console one secret for its cookie, always the same', async () => {
    const first = await desk.ask('/desk/next-auth-secret')
    expect(first.body.secret).toMatch(/^[\w-]{43}$/)
    expect(await desk.ask('/desk/next-auth-secret')).toEqual(first)
  })
})

describe('a request', () => {
  it.each([
    ['to a path that is none', '/nothing', {}, 404, 'UnknownOperationException'],
    ['to a verb that is none', '/desk/nothing', {}, 404, 'UnknownOperationException'],
    ['with more path than there is', '/desk/who/me', {}, 404, 'UnknownOperationException'],
    ['that is no JSON', '/desk/who', '{', 400, 'SerializationException'],
    ['that names a member twice', '/desk/sign-in', '{"user":"a","user":"b"}', 400, 'SerializationException'],
    [
      'with a member of another type',
      '/desk/sign-in',
      { account: 1, user: 'a', password: 'b' },
      400,
      'ValidationException',
    ],
    [
      'with a member too many',
      '/desk/sign-in',
      { account: 'a', user: 'b', password: 'c', role: 'root' },
      400,
      'ValidationException',
    ],
    ['larger than a form is', '/desk/sign-in', 'x'.repeat(70_000), 413, 'RequestEntityTooLargeException'],
    ['of nobody for an operation', '/operations/KMS/ListKeys', {}, 401, 'ExpiredTokenException'],
    ['of nobody for an operation that is none', '/operations/KMS/Nothing', {}, 401, 'ExpiredTokenException'],
    ['of nobody for an access key', '/desk/new-access-key', {}, 401, 'ExpiredTokenException'],
  ])('%s is refused', async (_, path, body, status, code) => {
    const told = await desk.ask(path, body)
    expect(told.status).toBe(status)
    expect(told.body.error).toMatchObject({
      code,
      eventId: null,
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    })
  })
})

describe('an operation', () => {
  it('runs as who is signed in, with bytes in base64 and dates in seconds', async () => {
    const made = await desk.ask('/operations/KMS/CreateKey', { Description: 'orders' }, signedIn)
    expect(made.status).toBe(200)
    expect(made.body).toMatchObject({ eventId: expect.any(String), requestId: expect.any(String) })
    const { KeyId, CreationDate } = made.body.output.KeyMetadata
    expect(Math.abs(CreationDate - Date.now() / 1000)).toBeLessThan(60)
    const sealed = await desk.ask('/operations/KMS/Encrypt', { KeyId, Plaintext: btoa('order 42') }, signedIn)
    const { CiphertextBlob } = sealed.body.output
    expect(CiphertextBlob).toMatch(/^[A-Za-z0-9+/]+=*$/)
    const opened = await desk.ask('/operations/KMS/Decrypt', { CiphertextBlob }, signedIn)
    expect(atob(opened.body.output.Plaintext)).toBe('order 42')
  })

  it('says in the log who asked and that a screen did', async () => {
    await desk.ask('/operations/KMS/ListKeys', {}, { ...signedIn, reading: '1' })
    const { record } = await desk.world.lastEvent()
    expect(record.userIdentity).toMatchObject({ type: 'IAMUser', userName: 'Dora', accountId: ACCOUNT })
    expect(record.keyhouse.source).toBe('console-read')
    await desk.ask('/operations/KMS/ListKeys', {}, signedIn)
    expect((await desk.world.lastEvent()).record.keyhouse.source).toBe('console')
  })

  it('runs in the Region of the page, if the account has it', async () => {
    await desk.ask('/operations/KMS/ListKeys', {}, { ...signedIn, region: 'us-east-1' })
    expect((await desk.world.lastEvent()).record.awsRegion).toBe('us-east-1')
    const elsewhere = await desk.ask('/operations/KMS/ListKeys', {}, { ...signedIn, region: 'ap-south-1' })
    expect(elsewhere.body.error).toMatchObject({
      code: 'ValidationException',
      message: expect.stringContaining('ap-south-1'),
    })
  })

  it('that is refused names the event that says so', async () => {
    const guest = await session('guest')
    const { status, body } = await desk.ask('/operations/KMS/CreateKey', {}, guest)
    expect(status).toBe(400)
    expect(body.error.code).toBe('AccessDeniedException')
    expect((await desk.world.lastEvent()).record).toMatchObject({
      eventID: body.error.eventId,
      eventName: 'CreateKey',
    })
  })

  it('is refused on a session of another browser', async () => {
    const guest = await session('guest')
    const told = await desk.ask('/operations/KMS/ListKeys', {}, { ...guest, session: signedIn.session ?? '' })
    expect(told.body.error.code).toBe('ExpiredTokenException')
  })
})

describe('identities', () => {
  it('lists the principals of the account, with who was seen last', async () => {
    await desk.world.engine.services.sequencer.catchUp()
    const { body } = await desk.ask('/desk/principals', {}, signedIn)
    const names = body.principals.map((entry: { name: string }) => entry.name)
    expect(names).toEqual(expect.arrayContaining(['root', 'alice', 'bob', 'carol', 'Dora']))
    expect(names).not.toContain('outsider')
    expect(body.principals[0]).toEqual({ arn: `arn:aws:iam::${ACCOUNT}:root`, name: 'root', kind: 'root' })
    const dora = body.principals.find((entry: { name: string }) => entry.name === 'Dora')
    expect(Math.abs(dora.lastActive - Date.now() / 1000)).toBeLessThan(60)
  })

  it('makes an access key once for each of two, with its event and without its secret in it', async () => {
    const user = await draftUser({
      account: ACCOUNT,
      name: 'keys',
      password: PASSWORD,
      policies: [{ name: 'all', document: allowAll }],
    })
    await desk.parts.services.database.transaction((rows) => createUser(rows, user))
    const mine = await session('keys')
    const { body } = await desk.ask('/desk/new-access-key', {}, mine)
    expect(body.id).toMatch(/^AKIA[A-Z2-7]{16}$/)
    expect(body.secret).toMatch(/^[A-Za-z0-9+/]{40}$/)
    const { record } = await desk.world.lastEvent()
    expect(JSON.stringify(record)).toContain(body.id)
    expect(JSON.stringify(record)).not.toContain(body.secret)
    const found = await desk.parts.services.identities.byAccessKey(body.id)
    expect(found?.identity.principal.name).toBe('keys')
    expect((await desk.ask('/desk/new-access-key', {}, mine)).status).toBe(200)
    expect((await desk.ask('/desk/new-access-key', {}, mine)).body.error.code).toBe('LimitExceededException')
  })

  it('makes none for who is not allowed to', async () => {
    const told = await desk.ask('/desk/new-access-key', {}, await session('guest'))
    expect(told.body.error.code).toBe('AccessDeniedException')
  })
})

describe('acts that need a recent sign-in', () => {
  it('ask for the password again after five minutes, and go on with it', async () => {
    const dora = await session('Dora')
    const key = (await desk.ask('/operations/KMS/CreateKey', {}, dora)).body.output.KeyMetadata.KeyId
    desk.wait(6 * 60_000)
    const stale = await desk.ask('/operations/KMS/DisableKey', { KeyId: key }, dora)
    expect(stale).toMatchObject({
      status: 401,
      body: { error: { code: 'ExpiredTokenException', confirm: true } },
    })
    expect((await desk.ask('/operations/KMS/DescribeKey', { KeyId: key }, dora)).status).toBe(200)
    const wrong = await desk.ask('/desk/confirm', { password: 'quiet otters ferry lantern' }, dora)
    expect(wrong.body.error.message).toBe('The password is not right.')
    expect((await desk.ask('/operations/KMS/DisableKey', { KeyId: key }, dora)).status).toBe(401)
    expect((await desk.ask('/desk/confirm', { password: PASSWORD }, dora)).status).toBe(200)
    expect((await desk.ask('/operations/KMS/DisableKey', { KeyId: key }, dora)).status).toBe(200)
  })
})
