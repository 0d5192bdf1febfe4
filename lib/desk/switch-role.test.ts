import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openPeopleDesk, PASSWORD, type PeopleDesk, type Signed } from '#lib/testing/people-desk.ts'
import { allowing, document, giveRole, trusting } from '#lib/testing/sessions.ts'
import { ACCOUNT, OTHER_ACCOUNT } from '#lib/testing/world.ts'

const MINUTE = 60_000
const ALL = document({ Effect: 'Allow', Action: '*', Resource: '*' })
let people: PeopleDesk
beforeAll(async () => {
  people = await openPeopleDesk()
})
afterAll(() => people?.desk.close())

describe('switching to a role', () => {
  const roleFor = async (user: string, more: object = {}) => {
    const name = people.unique('role')
    const trust = document(trusting(`arn:aws:iam::${ACCOUNT}:user/${user}`))
    const arn = await giveRole(people.desk.world, {
      name,
      trust,
      policies: [allowing('kms:ListKeys')],
      ...more,
    })
    return { name, arn }
  }
  const roleSession = async (signed: Signed, role: string, account?: string): Promise<Signed> => {
    const { status, body } = await people.verb('switch-role', signed, { role, ...(account && { account }) })
    if (status !== 200) throw new Error(JSON.stringify(body))
    return { browser: body.browserToken, session: body.session.id }
  }

  it('gives the role’s permissions and the person’s name, and goes back', async () => {
    const user = await people.someone()
    const { name } = await roleFor(user)
    const mine = await people.signIn(user)
    const role = await roleSession(mine, name)
    expect((await people.desk.world.events('SwitchRole')).at(-1)).toMatchObject({
      eventName: 'SwitchRole',
      userIdentity: { userName: user },
      responseElements: { SwitchRole: 'Success' },
    })
    const { body } = await people.operation('STS/GetCallerIdentity', role)
    expect(body.output.Arn).toBe(`arn:aws:sts::${ACCOUNT}:assumed-role/${name}/${user}`)
    expect((await people.operation('KMS/ListKeys', role)).status).toBe(200)
    const back = { ...mine, browser: role.browser }
    expect((await people.operation('KMS/ListKeys', back)).body.error.code).toBe('AccessDeniedException')
  })

  it.each([
    ['that trusts somebody else', async () => (await roleFor('alice')).name],
    ['that is not there', async () => 'no-such-role'],
    ['of an account that is not there', async () => 'arn:aws:iam::999999999999:role/x'],
    [
      'of another account that trusts only its own',
      async () => {
        const trust = document(trusting(`arn:aws:iam::${OTHER_ACCOUNT}:root`))
        return giveRole(people.desk.world, { name: people.unique('role'), account: OTHER_ACCOUNT, trust })
      },
    ],
  ])('is refused for a role %s, in one way', async (_, make) => {
    const signed = await people.signIn(await people.someone([ALL]))
    const { body } = await people.verb('switch-role', signed, { role: await make() })
    expect(body.error.code).toBe('AccessDeniedException')
    expect(body.error.message).toMatch(/is not authorized to perform: sts:AssumeRole on resource: arn:/)
  })

  it('to another account needs both sides', async () => {
    const trust = document(trusting(`arn:aws:iam::${ACCOUNT}:root`))
    const name = people.unique('role')
    await giveRole(people.desk.world, {
      name,
      account: OTHER_ACCOUNT,
      trust,
      policies: [allowing('kms:ListKeys')],
    })
    const [with_, without] = [await people.someone([allowing('sts:AssumeRole')]), await people.someone()]
    const role = await roleSession(await people.signIn(with_), name, OTHER_ACCOUNT)
    expect((await people.verb('who', role)).body.session.principal.account).toBe(OTHER_ACCOUNT)
    const { body } = await people.verb('switch-role', await people.signIn(without), {
      role: name,
      account: OTHER_ACCOUNT,
    })
    expect(body.error.code).toBe('AccessDeniedException')
  })

  it.each([
    ['signs out', (signed: Signed) => people.verb('sign-out', signed)],
    [
      'is ended',
      (signed: Signed) =>
        people.desk.world.sql(`UPDATE keyhouse.session SET revoked_at = now() WHERE id = $1`, [
          signed.session,
        ]),
    ],
  ])('ends when the session it came from %s', async (_, end) => {
    const user = await people.someone()
    const mine = await people.signIn(user)
    const role = await roleSession(mine, (await roleFor(user)).name)
    expect(await people.works(role)).toBe(true)
    await end({ ...mine, browser: role.browser })
    expect(await people.works(role)).toBe(false)
  })

  it('lasts as long as the role allows, and no longer than its origin', async () => {
    const user = await people.someone()
    const { name } = await roleFor(user, { seconds: 3600 })
    const mine = await people.signIn(user)
    const left = async (from: Signed) => {
      const role = await roleSession(from, name)
      const { session } = (await people.verb('who', role)).body
      return { role, seconds: session.expiresAt - people.deskTime() / 1000 }
    }
    const { role, seconds } = await left(mine)
    expect(Math.round(seconds / 100)).toBe(36)
    await people.desk.world.sql(`UPDATE keyhouse.session SET expires_at = $2 WHERE id = $1`, [
      mine.session,
      new Date(people.desk.parts.services.clock.real().getTime() + 10 * MINUTE),
    ])
    expect((await left(role)).seconds).toBeLessThanOrEqual(600)
  })

  it('from a role goes on from the person', async () => {
    const user = await people.someone()
    const [one, other] = [await roleFor(user), await roleFor(user)]
    const first = await roleSession(await people.signIn(user), one.name)
    const second = await roleSession(first, other.name)
    expect((await people.operation('STS/GetCallerIdentity', second)).body.output.Arn).toContain(other.name)
    expect(await people.works({ ...first, browser: second.browser })).toBe(true)
  })

  it('keeps the person’s own session from idling out', async () => {
    const user = await people.someone()
    const mine = await people.signIn(user)
    const role = await roleSession(mine, (await roleFor(user, { seconds: 43_200 })).name)
    for (let i = 0; i < 3; i++) {
      people.desk.wait(20 * MINUTE)
      expect(await people.works(role)).toBe(true)
    }
    expect(await people.works({ ...mine, browser: role.browser })).toBe(true)
  })

  it('confirms with the person’s own password', async () => {
    const user = await people.someone()
    const role = await roleSession(await people.signIn(user), (await roleFor(user)).name)
    expect((await people.verb('confirm', role, { password: PASSWORD })).status).toBe(200)
    expect((await people.verb('confirm', role, { password: 'wrong' })).status).toBe(400)
  })
})
