import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openPeopleDesk, type PeopleDesk, type Signed, STEP_MS } from '#lib/testing/people-desk.ts'
import { document } from '#lib/testing/sessions.ts'

const MINUTE = 60_000
let people: PeopleDesk
beforeAll(async () => {
  people = await openPeopleDesk()
})
afterAll(() => people?.desk.close())
const errorOf = async (told: ReturnType<PeopleDesk['verb']>) => (await told).body.error?.code

describe('a second factor', () => {
  it('is asked for when the password was right, and lets in with its code', async () => {
    const { user, secret } = await people.enrolled()
    const asked = await people.attempt({ user })
    expect(asked.body.error).toMatchObject({ code: 'AccessDeniedException', codeNeeded: true })
    expect((await people.desk.world.events('CheckMfa')).at(-1)?.userIdentity).toMatchObject({
      userName: user,
    })
    const signed = await people.signIn(user, { code: people.codeOf(secret) })
    expect((await people.desk.world.events('ConsoleLogin')).at(-1)?.additionalEventData).toMatchObject({
      MFAUsed: 'Yes',
    })
    expect((await people.verb('who', signed)).body.session.secondFactor).toBe(true)
  })

  it.each([
    ['of another device', async () => people.codeOf((await people.enrolled()).secret)],
    ['of three steps ago', async (mine: string) => people.codeOf(mine, -3)],
    ['of four steps from now', async (mine: string) => people.codeOf(mine, 4)],
    ['with five digits', async (mine: string) => people.codeOf(mine).slice(1)],
    [
      'with a space in it',
      async (mine: string) => `${people.codeOf(mine).slice(0, 3)} ${people.codeOf(mine).slice(3)}`,
    ],
    [
      'in other digits',
      async (mine: string) => people.codeOf(mine).replace(/\d/g, (d) => '٠١٢٣٤٥٦٧٨٩'[Number(d)] ?? d),
    ],
    ['that is no code', async () => "' OR 1=1 --"],
  ])('refuses a code %s', async (_, make) => {
    const { user, secret } = await people.enrolled()
    const { status, body } = await people.attempt({ user, code: await make(secret) })
    expect(status).toBe(400)
    expect(body.error).toMatchObject({ code: 'InvalidAuthenticationCode', eventId: null })
  })

  it('takes each step once, on any browser', async () => {
    const { user, secret } = await people.enrolled()
    const code = people.codeOf(secret)
    await people.signIn(user, { code })
    expect((await people.attempt({ user, code })).body.error.code).toBe('InvalidAuthenticationCode')
    // An earlier step of the window is spent with it.
    expect((await people.attempt({ user, code: people.codeOf(secret, -1) })).body.error.code).toBe(
      'InvalidAuthenticationCode',
    )
  })

  it('lets in one of two who show the same code at once', async () => {
    const { user, secret } = await people.enrolled()
    const code = people.codeOf(secret)
    const both = await Promise.all([people.attempt({ user, code }), people.attempt({ user, code })])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 400])
  })

  it('says nothing of itself where the password is wrong', async () => {
    const { user, secret } = await people.enrolled()
    for (const code of [people.codeOf(secret), '000000']) {
      const { body } = await people.attempt({ user, password: 'wrong', code })
      expect(body.error).toMatchObject({ code: 'UnrecognizedClientException' })
      expect(body.error.codeNeeded).toBeUndefined()
    }
  })

  it('cannot be guessed from many addresses', async () => {
    const { user, secret } = await people.enrolled()
    // Hashing takes its time on a busy machine; the wait here is to be exact.
    people.desk.hold(true)
    for (let i = 0; i < 5; i++)
      expect((await people.attempt({ user, code: '000000' })).body.error.code).toBe(
        'InvalidAuthenticationCode',
      )
    expect((await people.attempt({ user, code: people.codeOf(secret) })).status).toBe(429)
    people.desk.wait(3_000)
    expect((await people.attempt({ user, code: people.codeOf(secret) })).status).toBe(200)
    people.desk.hold(false)
  })

  it('leaves neither secret nor code in the log or in clear in its row', async () => {
    const user = await people.someone()
    const { secret, recovery } = await people.enrol(await people.signIn(user))
    const events = JSON.stringify(
      await people.desk.world.sql(`SELECT convert_from(body, 'UTF8') AS body FROM audit.event`),
    )
    for (const text of [secret, ...recovery]) expect(events).not.toContain(text)
  })

  it('shows in policies that it was used', async () => {
    const policy = document({
      Effect: 'Allow',
      Action: 'kms:ListKeys',
      Resource: '*',
      Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
    })
    const user = await people.someone([policy])
    const signed = await people.signIn(user)
    expect((await people.operation('KMS/ListKeys', signed)).body.error.code).toBe('AccessDeniedException')
    const { secret } = await people.enrol(signed)
    expect((await people.operation('KMS/ListKeys', signed)).status).toBe(200)
    people.desk.wait(STEP_MS)
    expect(
      (await people.operation('KMS/ListKeys', await people.signIn(user, { code: people.codeOf(secret) })))
        .status,
    ).toBe(200)
  })

  it.each([
    ['one code twice', 0, 0],
    ['two codes that are not in a row', -3, 0],
    ['two codes in the wrong order', 0, -1],
  ])('is not enabled by %s', async (_, first, second) => {
    const signed = await people.signIn(await people.someone())
    const { Secret } = (await people.verb('create-factor', signed)).body
    const shown = (ahead: number) => people.engineCodeOf(Secret, ahead)
    const codes = { AuthenticationCode1: shown(first), AuthenticationCode2: shown(second) }
    expect(await errorOf(people.verb('enable-factor', signed, codes))).toBe('InvalidAuthenticationCode')
  })

  it('is taken away only by who has shown it', async () => {
    const user = await people.someone()
    const before = await people.signIn(user)
    const mine = await people.signIn(user)
    const { serial, secret } = await people.enrol(mine)
    const remove = (signed: Signed) => people.verb('remove-factor', signed, { SerialNumber: serial })
    expect(await errorOf(remove(before))).toBe('AccessDeniedException')
    expect((await people.verb('recovery-codes', before)).body.error.code).toBe('AccessDeniedException')
    people.desk.wait(6 * MINUTE)
    expect((await remove(mine)).body.error).toMatchObject({ confirm: true })
    const fresh = await people.signIn(user, { code: people.codeOf(secret) })
    expect((await remove(fresh)).status).toBe(200)
    expect((await people.attempt({ user })).status).toBe(200)
  })
})

describe('recovery codes', () => {
  it('are ten of a hundred bits, each good once', async () => {
    const { user, recovery } = await people.enrolled()
    expect(recovery).toHaveLength(10)
    expect(new Set(recovery).size).toBe(10)
    const [code = ''] = recovery
    expect(code).toMatch(/^(?:[a-z2-7]{5}-){3}[a-z2-7]{5}$/)
    const signed = await people.signIn(user, { code: code.toUpperCase().replaceAll('-', ' ') })
    expect((await people.verb('own-sign-in', signed)).body.RecoveryCodesLeft).toBe(9)
    expect((await people.attempt({ user, code })).body.error.code).toBe('InvalidAuthenticationCode')
  })

  it('of before are nothing when there are new ones', async () => {
    const { user, recovery } = await people.enrolled()
    const signed = await people.signIn(user, { code: recovery[0] ?? '' })
    const fresh = (await people.verb('recovery-codes', signed)).body.RecoveryCodes
    expect((await people.attempt({ user, code: recovery[1] ?? '' })).body.error.code).toBe(
      'InvalidAuthenticationCode',
    )
    expect((await people.attempt({ user, code: fresh[1] })).status).toBe(200)
  })

  it('are of their own person only', async () => {
    const [one, other] = [await people.enrolled(), await people.enrolled()]
    const { body } = await people.attempt({ user: one.user, code: other.recovery[0] ?? '' })
    expect(body.error.code).toBe('InvalidAuthenticationCode')
  })
})
