import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifyPassword } from '#lib/crypto/password.ts'
import { letUser, type NewPerson, newUser } from '#lib/testing/iam.ts'
import { openWorld, type Person, type World } from '#lib/testing/world.ts'

const FIRST = 'seven sleepy walruses swim'
const SECOND = 'eight eager ostriches sprint'

let world: World
let admin: Person
let kim: NewPerson
beforeAll(async () => {
  world = await openWorld()
  admin = world.as('admin')
  kim = await newUser(world, 'kim')
  await letUser(world, 'kim', 'iam:ChangePassword')
})
afterAll(() => world.close())

const UserName = 'kim'
const stored = async () =>
  (await world.sql('SELECT password FROM keyhouse.principal WHERE id = $1', [kim.id]))[0]?.password

describe('a login profile', () => {
  it('is not there at first', async () => {
    for (const name of ['GetLoginProfile', 'UpdateLoginProfile', 'DeleteLoginProfile'])
      expect(await admin.refusal(name, { UserName })).toMatchObject({
        code: 'NoSuchEntity',
        message: 'Login Profile for User kim cannot be found.',
      })
  })

  it.each([
    ['short', 'Short-1', /at least 15/],
    ['common', 'passwordpassword', /attackers try first/],
    ['much too long', 'é'.repeat(129), /at most 128/],
  ])('takes no %s password', async (_, Password, message) => {
    const refusal = await admin.refusal('CreateLoginProfile', { UserName, Password })
    expect(refusal.code).toBe('PasswordPolicyViolation')
    expect(refusal.message).toMatch(message)
    expect(refusal.message).not.toContain(Password)
  })

  it('is made once, and keeps the password as argon2id only', async () => {
    const { LoginProfile } = await admin.call('CreateLoginProfile', {
      UserName,
      Password: FIRST,
      PasswordResetRequired: 'true',
    })
    expect(LoginProfile).toEqual({ UserName, CreateDate: expect.any(Date), PasswordResetRequired: true })
    expect((await admin.call('GetLoginProfile', { UserName })).LoginProfile).toEqual(LoginProfile)
    expect(await verifyPassword(FIRST, await stored())).toBe(true)
    expect(await admin.refusal('CreateLoginProfile', { UserName, Password: SECOND })).toMatchObject({
      code: 'EntityAlreadyExists',
      message: 'Login Profile for user kim already exists.',
    })
  })

  it('may get another password, which says nothing of whether it must be changed', async () => {
    await admin.call('UpdateLoginProfile', { UserName, Password: SECOND })
    expect(await verifyPassword(SECOND, await stored())).toBe(true)
    expect((await admin.call('GetLoginProfile', { UserName })).LoginProfile.PasswordResetRequired).toBe(true)
    await admin.call('UpdateLoginProfile', { UserName, PasswordResetRequired: 'false' })
    expect((await admin.call('GetLoginProfile', { UserName })).LoginProfile.PasswordResetRequired).toBe(false)
    expect(await verifyPassword(SECOND, await stored())).toBe(true)
  })

  it('is changed by its owner, who knows the old password', async () => {
    const wrong = { OldPassword: FIRST, NewPassword: FIRST }
    expect(await kim.refusal('ChangePassword', wrong)).toMatchObject({
      code: 'AccessDeniedException',
      message: 'The old password was incorrect.',
    })
    await kim.call('ChangePassword', { OldPassword: SECOND, NewPassword: FIRST })
    expect(await verifyPassword(FIRST, await stored())).toBe(true)
    const weak = { OldPassword: FIRST, NewPassword: 'short' }
    expect((await kim.refusal('ChangePassword', weak)).code).toBe('PasswordPolicyViolation')
    expect((await world.as('root').refusal('ChangePassword', weak)).code).toBe('ValidationException')
    expect((await world.as('stranger').refusal('ChangePassword', weak)).code).toBe('AccessDeniedException')
  })

  it('is not guessed: after five wrong old passwords the right one is refused as well, for a minute', async () => {
    const guess = (OldPassword: string) =>
      kim.refusal('ChangePassword', { OldPassword, NewPassword: SECOND }).then(({ message }) => message)
    const wrong = 'The old password was incorrect.'
    for (let n = 0; n < 5; n++) expect(await guess(`not the old one ${n}`)).toBe(wrong)
    expect(await guess(FIRST)).toBe(wrong)
    await world.sql(`UPDATE keyhouse.sign_in_failure SET blocked_until = now() - interval '1 second'`)
    await kim.call('ChangePassword', { OldPassword: FIRST, NewPassword: SECOND })
    await kim.call('ChangePassword', { OldPassword: SECOND, NewPassword: FIRST })
  })

  it('ends every session of its user when it is deleted', async () => {
    const hash = Buffer.alloc(32, 5)
    await world.sql('INSERT INTO keyhouse.browser_token (hash) VALUES ($1)', [hash])
    await world.sql(
      `INSERT INTO keyhouse.session (id, browser_token_hash, principal_id, account_id, expires_at, address, user_agent)
       SELECT gen_random_uuid(), $1, p.id, p.account_id, now() + interval '1 hour', '', '' FROM keyhouse.principal p
       WHERE p.name IN ('kim', 'bob')`,
      [hash],
    )
    await admin.call('DeleteLoginProfile', { UserName })
    const sessions = await world.sql(
      `SELECT p.name, s.revoked_at IS NOT NULL AS over FROM keyhouse.session s
       JOIN keyhouse.principal p ON p.id = s.principal_id ORDER BY p.name`,
    )
    expect(sessions).toEqual([
      { name: 'bob', over: false },
      { name: 'kim', over: true },
    ])
    expect(await stored()).toBeNull()
    expect((await admin.refusal('GetLoginProfile', { UserName })).code).toBe('NoSuchEntity')
  })

  it('leaves no password in the log', async () => {
    const logged = await world.sql("SELECT convert_from(body, 'UTF8') AS body FROM audit.event")
    expect(logged.length).toBeGreaterThan(5)
    for (const { body } of logged) for (const secret of [FIRST, SECOND]) expect(body).not.toContain(secret)
    expect((await world.events('CreateLoginProfile')).at(-1)?.requestParameters).toEqual({
      userName: 'kim',
    })
  })
})
