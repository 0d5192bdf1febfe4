import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openPeopleDesk, PASSWORD, type PeopleDesk, type Signed, STEP_MS } from '#lib/testing/people-desk.ts'
import { document } from '#lib/testing/sessions.ts'

const MINUTE = 60_000
const ALL = document({ Effect: 'Allow', Action: '*', Resource: '*' })
let people: PeopleDesk
beforeAll(async () => {
  people = await openPeopleDesk()
})
afterAll(() => people?.desk.close())
beforeEach(() => people.desk.world.sql(`DELETE FROM keyhouse.setting`))
const errorOf = async (told: ReturnType<PeopleDesk['verb']>) => (await told).body.error?.code

describe('what must be done first', () => {
  it('is a second factor where the installation requires one', async () => {
    await people.setting('requireMfa', true)
    const user = await people.someone([ALL])
    const signed = await people.signIn(user)
    expect((await people.verb('who', signed)).body.session.duty).toBe('set-up-factor')
    for (const path of ['KMS/ListKeys', 'STS/GetCallerIdentity', 'Keyhouse/PutSetting'])
      expect((await people.operation(path, signed)).body.error.code).toBe('AccessDeniedException')
    expect(await errorOf(people.verb('switch-role', signed, { role: 'any' }))).toBe('AccessDeniedException')
    await people.enrol(signed)
    expect((await people.verb('who', signed)).body.session.duty).toBeNull()
    expect((await people.operation('KMS/ListKeys', signed)).status).toBe(200)
  })

  it('is to show it, in a session that began without', async () => {
    const user = await people.someone([ALL])
    const before = await people.signIn(user)
    const { secret } = await people.enrol(await people.signIn(user))
    await people.setting('requireMfa', true)
    expect((await people.verb('who', before)).body.session.duty).toBe('show-factor')
    expect(await people.works(before)).toBe(false)
    people.desk.wait(STEP_MS)
    expect((await people.verb('show-factor', before, { code: people.codeOf(secret) })).status).toBe(200)
    expect(await people.works(before)).toBe(true)
  })

  it('is a new password in place of one that somebody else chose', async () => {
    const user = await people.someone([ALL])
    const admin = await people.signIn(await people.someone([ALL]))
    await people.operation('IAM/UpdateLoginProfile', admin, { UserName: user, PasswordResetRequired: true })
    const signed = await people.signIn(user)
    expect((await people.verb('who', signed)).body.session.duty).toBe('new-password')
    expect(await people.works(signed)).toBe(false)
    const change = (password: string, next: string) =>
      people.verb('change-password', signed, { password, next })
    expect(await errorOf(change('wrong', 'seven paper boats at noon'))).toBe('UnrecognizedClientException')
    expect(await errorOf(change(PASSWORD, PASSWORD))).toBe('PasswordPolicyViolation')
    expect(await errorOf(change(PASSWORD, 'short'))).toBe('PasswordPolicyViolation')
    expect((await change(PASSWORD, 'seven paper boats at noon')).status).toBe(200)
    expect(await people.works(signed)).toBe(true)
  })
})

describe('sessions of a person', () => {
  it('are listed across browsers, with where they are', async () => {
    const user = await people.someone()
    const first = await people.signIn(user)
    const second = await people.signIn(user)
    const { body } = await people.operation('Keyhouse/ListSessions', second)
    const listed = body.output.Sessions
    expect(listed.map((entry: { SessionId: string }) => entry.SessionId).sort()).toEqual(
      [first.session, second.session].sort(),
    )
    const mine = listed.find((entry: { SessionId: string }) => entry.SessionId === second.session)
    expect(mine).toMatchObject({ Current: true, UserAgent: 'browser', MultiFactor: false })
  })

  it.each([
    [
      'one',
      async (by: Signed, other: Signed) =>
        people.operation('Keyhouse/EndSession', by, { SessionId: other.session }),
    ],
    ['all others', async (by: Signed) => people.operation('Keyhouse/EndSession', by)],
    [
      'all others, by a new password',
      async (by: Signed) =>
        people.verb('change-password', by, { password: PASSWORD, next: 'seven paper boats at noon' }),
    ],
  ])('end at once: %s', async (_, end) => {
    const user = await people.someone()
    const other = await people.signIn(user)
    const mine = await people.signIn(user)
    expect((await end(mine, other)).status).toBe(200)
    expect(await people.works(other)).toBe(false)
    expect(await people.works(mine)).toBe(true)
  })

  it('of others end by permission only', async () => {
    const [victim, nobody, boss] = [
      await people.someone(),
      await people.someone(),
      await people.someone([ALL]),
    ]
    const theirs = await people.signIn(victim)
    const end = async (who: string) =>
      people.operation('Keyhouse/EndSession', await people.signIn(who), {
        UserName: victim,
        SessionId: theirs.session,
      })
    expect((await end(nobody)).body.error.code).toBe('AccessDeniedException')
    const stranger = await people.operation('Keyhouse/EndSession', await people.signIn(nobody), {
      SessionId: theirs.session,
    })
    expect(stranger.body.error.code).toBe('NotFoundException')
    expect(await people.works(theirs)).toBe(true)
    expect((await end(boss)).status).toBe(200)
    expect(await people.works(theirs)).toBe(false)
  })

  it('last as long as the installation says', async () => {
    const signed = await people.signIn(await people.someone())
    await people.setting('idleMinutes', 5)
    people.desk.wait(6 * MINUTE)
    expect(await people.works(signed)).toBe(false)
    await people.setting('sessionHours', 1)
    const { body } = await people.attempt({ user: await people.someone() })
    expect(body.session.expiresAt - people.deskTime() / 1000).toBeLessThanOrEqual(3600)
  })

  it.each([
    [
      'on another browser',
      async (signed: Signed) => ({
        ...signed,
        browser: (await people.signIn(await people.someone())).browser,
      }),
    ],
    [
      'with a token of before the last sign-in',
      async (signed: Signed) => {
        await people.signIn(await people.someone(), {}, signed.browser)
        return signed
      },
    ],
    [
      'after signing out',
      async (signed: Signed) => {
        await people.verb('sign-out', signed)
        return signed
      },
    ],
    [
      'after it was ended',
      async (signed: Signed) => {
        await people.desk.world.sql(`UPDATE keyhouse.session SET revoked_at = now() WHERE id = $1`, [
          signed.session,
        ])
        return signed
      },
    ],
    [
      'after its end',
      async (signed: Signed) => {
        await people.desk.world.sql(
          `UPDATE keyhouse.session SET expires_at = created_at + interval '1 ms' WHERE id = $1`,
          [signed.session],
        )
        people.desk.wait(10)
        return signed
      },
    ],
  ])('are nobody’s %s', async (_, spoil) => {
    const signed = await people.signIn(await people.someone())
    expect(await people.works(signed)).toBe(true)
    expect(await people.works(await spoil(signed))).toBe(false)
  })
})
