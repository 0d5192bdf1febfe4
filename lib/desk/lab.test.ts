/** Lab identities: who may act as alice, bob and carol, and who may not. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openPeopleDesk, type PeopleDesk, type Signed } from '#lib/testing/people-desk.ts'
import { allowing } from '#lib/testing/sessions.ts'
import { ACCOUNT, REGION } from '#lib/testing/world.ts'
import { createSample, type Sample } from './sample-account.ts'

let people: PeopleDesk
let sample: Sample
beforeAll(async () => {
  people = await openPeopleDesk()
  const made = await createSample(people.desk.parts, { besides: ACCOUNT, regions: [REGION] })
  if (!made) throw new Error('the sample account could not be made')
  sample = made
})
afterAll(() => people?.desk.close())
beforeEach(() => people.desk.world.sql('DELETE FROM keyhouse.setting'))

const administrator = async () => people.signIn(await people.someone([allowing('*')]))
const act = (signed: Signed, name = 'alice') => people.verb('lab-identity', signed, { name })
const asAlice = (password: string, browser = '') =>
  people.signIn('alice', { account: sample.accountId, password }, browser)
const passwordOf = (name: string) => sample.users.find((user) => user.name === name)?.password ?? ''

describe('a lab identity', () => {
  it('is somebody of the sample account beside the administrator, in a session of their own', async () => {
    const admin = await administrator()
    const { status, body } = await act(admin)
    expect(status).toBe(200)
    expect(body.session.principal).toMatchObject({ name: 'alice', account: sample.accountId, kind: 'user' })
    const browser = body.browserToken
    expect((await people.verb('sessions', { ...admin, browser })).body.sessions).toHaveLength(2)
    const made = await people.operation('KMS/ListKeys', { browser, session: body.session.id })
    expect(made.status).toBe(200)
  })

  it('is no way for alice to become bob, whoever else may be', async () => {
    const alice = await asAlice(passwordOf('alice'))
    expect((await act(alice, 'bob')).body.error.code).toBe('AccessDeniedException')
    expect((await people.verb('lab', alice)).body.lab).toMatchObject({ administrator: false })
  })

  it.each([
    ['somebody without the permission', [allowing('kms:*')]],
    ['somebody without any', []],
  ])('is nothing for %s', async (_, policies) => {
    const signed = await people.signIn(await people.someone(policies))
    expect((await act(signed)).body.error.code).toBe('AccessDeniedException')
  })

  it('is nothing for an administrator who has something to do first', async () => {
    const admin = await administrator()
    await people.setting('requireMfa', true)
    expect((await act(admin)).body.error.code).toBe('AccessDeniedException')
  })

  it('is nobody whom the sample did not make', async () => {
    expect((await act(await administrator(), 'root')).body.error.code).toBe('NotFoundException')
  })

  it('is nothing for a browser on which nobody is signed in', async () => {
    const nobody = { browser: 'x'.repeat(43), session: '' }
    expect((await act(nobody)).body.error.code).toBe('AccessDeniedException')
    expect((await people.verb('lab', nobody)).body.lab).toBeNull()
  })
})

describe('how far a lab is', () => {
  const progress = async (signed: Signed) =>
    people.operation('Keyhouse/LabProgress', signed, { AliasName: 'alias/orders', Since: 0 })

  it('is read from the log of the sample account', async () => {
    const { body } = await progress(await asAlice(passwordOf('alice')))
    const said = body.output.Done.map(
      ({ Actor, Event, Outcome }: Record<string, string>) => `${Actor} ${Event} ${Outcome}`,
    )
    expect(said).toContain('alice CreateKey ok')
    expect(said).toContain('alice Encrypt denied')
    expect(said).toContain('bob DisableKey denied')
  })

  it('is nothing in any other account, whose log is not read without a trace', async () => {
    expect((await progress(await administrator())).body.error.code).toBe('AccessDeniedException')
  })

  it('is nothing for bob, who may not read the log', async () => {
    const bob = await people.signIn('bob', { account: sample.accountId, password: passwordOf('bob') })
    expect((await progress(bob)).body.error.code).toBe('AccessDeniedException')
  })
})
