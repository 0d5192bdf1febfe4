import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { ACCOUNT, OTHER_ACCOUNT, openWorld, type Person, REGION, type World } from '#lib/testing/world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterEach(async () => {
  const { Guardrails } = await admin().call('ListGuardrails', { AccountId: OTHER_ACCOUNT })
  for (const { Name } of Guardrails) await admin().call('DeleteGuardrail', { Name, AccountId: OTHER_ACCOUNT })
})
afterAll(() => world?.close())

const admin = () => world.as('admin')
const outsider = () => world.as('outsider')
const policyOf = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement })
const allow = (...Action: string[]) => ({ Effect: 'Allow', Action, Resource: '*' })
const deny = (...Action: string[]) => ({ Effect: 'Deny', Action, Resource: '*' })
const put = (Policy: string, more: object = {}) =>
  admin().call('PutGuardrail', { Name: 'rail', Policy, AccountId: OTHER_ACCOUNT, ...more })
const newKey = async (by: Person): Promise<string> => (await by.call('CreateKey')).KeyMetadata.KeyId
const encrypting = (KeyId: string) => ({ KeyId, Plaintext: 'AA==' })
const namesOf = async () =>
  (await admin().call('ListGuardrails', { AccountId: OTHER_ACCOUNT })).Guardrails.map(
    ({ Name }: { Name: string }) => Name,
  )

describe('a guardrail', () => {
  it('that denies is stronger than what anybody of the account may', async () => {
    const key = await newKey(outsider())
    await outsider().call('Encrypt', encrypting(key))
    await put(policyOf(deny('kms:Encrypt')))
    expect(await outsider().refusal('Encrypt', encrypting(key))).toMatchObject({
      code: 'AccessDeniedException',
      message:
        `User: ${outsider().principal.arn} is not authorized to perform: kms:Encrypt on resource: ` +
        `arn:aws:kms:${REGION}:${OTHER_ACCOUNT}:key/${key} with an explicit deny in a service control policy`,
    })
    await outsider().call('DescribeKey', { KeyId: key })
    await admin().call('DeleteGuardrail', { Name: 'rail', AccountId: OTHER_ACCOUNT })
    await outsider().call('Encrypt', encrypting(key))
  })

  it('comes with FullAccess the first time, unless that is not wanted', async () => {
    await put(policyOf(deny('kms:ScheduleKeyDeletion')))
    expect(await namesOf()).toEqual(['FullAccess', 'rail'])
    await admin().call('DeleteGuardrail', { Name: 'FullAccess', AccountId: OTHER_ACCOUNT })
    await put(policyOf(deny('kms:ScheduleKeyDeletion')), { Name: 'second' })
    expect(await namesOf()).toEqual(['rail', 'second'])
  })

  it('without FullAccess beside it allows only what it allows', async () => {
    const key = await newKey(outsider())
    await put(policyOf(allow('kms:Describe*')), { WithFullAccess: false })
    expect(await namesOf()).toEqual(['rail'])
    await outsider().call('DescribeKey', { KeyId: key })
    expect((await outsider().refusal('Encrypt', encrypting(key))).message).toMatch(
      /because no service control policy allows the kms:Encrypt action$/,
    )
  })

  it('binds who is of the account, not whose the key is', async () => {
    const root = (account: string) => ({ AWS: `arn:aws:iam::${account}:root` })
    const everybody = policyOf(
      { ...allow('kms:*'), Principal: root(ACCOUNT) },
      { ...allow('kms:Encrypt'), Principal: root(OTHER_ACCOUNT) },
    )
    const ours = (await admin().call('CreateKey', { Policy: everybody })).KeyMetadata.Arn
    const theirs = await newKey(outsider())
    const Policy = everybody
      .replaceAll(ACCOUNT, 'X')
      .replaceAll(OTHER_ACCOUNT, ACCOUNT)
      .replaceAll('X', OTHER_ACCOUNT)
    await outsider().call('PutKeyPolicy', { KeyId: theirs, Policy })
    await put(policyOf(deny('kms:Encrypt')))
    expect((await outsider().refusal('Encrypt', encrypting(ours))).code).toBe('AccessDeniedException')
    await admin().call('Encrypt', encrypting(`arn:aws:kms:${REGION}:${OTHER_ACCOUNT}:key/${theirs}`))
  })

  it('has a text that can be read and replaced', async () => {
    const first = policyOf(deny('kms:Encrypt'))
    expect(await put(first)).toEqual({ AccountId: OTHER_ACCOUNT, Names: ['FullAccess', 'rail'] })
    const get = () => admin().call('GetGuardrail', { Name: 'rail', AccountId: OTHER_ACCOUNT })
    expect(await get()).toEqual({
      ...{ AccountId: OTHER_ACCOUNT, Name: 'rail', Policy: first, CreationDate: expect.any(Date) },
    })
    await put(policyOf(deny('kms:Decrypt')))
    expect((await get()).Policy).toBe(policyOf(deny('kms:Decrypt')))
    await outsider().call('Encrypt', encrypting(await newKey(outsider())))
  })

  it('is seen by those it binds', async () => {
    await put(policyOf(deny('kms:Encrypt')))
    expect((await outsider().call('ListGuardrails')).Guardrails).toHaveLength(2)
    expect((await outsider().call('GetGuardrail', { Name: 'rail' })).AccountId).toBe(OTHER_ACCOUNT)
  })

  const valid = policyOf(deny('kms:Encrypt'))
  it.each([
    ['no JSON', { Policy: '{' }, 'MalformedPolicyDocumentException'],
    [
      'a principal',
      { Policy: policyOf({ ...deny('kms:*'), Principal: '*' }) },
      'MalformedPolicyDocumentException',
    ],
    [
      'more than 10,240 characters',
      { Policy: policyOf(deny(`kms:${'x'.repeat(10_240)}`)) },
      'LimitExceededException',
    ],
    ['an account that is not here', { AccountId: '123456789012' }, 'NotFoundException'],
    ['the first account', { AccountId: ACCOUNT }, 'UnsupportedOperationException'],
    ['no account, which is one’s own', { AccountId: undefined }, 'UnsupportedOperationException'],
  ])('is refused with %s', async (_, more, code) => {
    const input = { Name: 'rail', Policy: valid, AccountId: OTHER_ACCOUNT, ...more }
    expect((await admin().refusal('PutGuardrail', input)).code).toBe(code)
  })

  it('is one of ten at most', async () => {
    for (let n = 1; n <= 9; n++) await put(valid, { Name: `rail-${n}` })
    const more = { Name: 'rail-10', Policy: valid, AccountId: OTHER_ACCOUNT }
    expect((await admin().refusal('PutGuardrail', more)).code).toBe('LimitExceededException')
    await put(valid, { Name: 'rail-9' })
  })
})

describe('who sets guardrails', () => {
  it.each([
    ['somebody of another account, for itself', 'outsider', {}],
    ['somebody of another account, for the first one', 'outsider', { AccountId: ACCOUNT }],
    ['somebody of the first account whom no policy lets', 'alice', { AccountId: OTHER_ACCOUNT }],
  ])('is not %s', async (_, name, more) => {
    for (const operation of ['PutGuardrail', 'DeleteGuardrail']) {
      const input = { Name: 'rail', Policy: policyOf(deny('kms:*')), ...more }
      expect((await world.as(name).refusal(operation, input)).code).toBe('AccessDeniedException')
    }
  })

  it('alone sees those of other accounts', async () => {
    for (const operation of ['ListGuardrails', 'GetGuardrail'])
      expect((await outsider().refusal(operation, { Name: 'rail', AccountId: ACCOUNT })).code).toBe(
        'AccessDeniedException',
      )
    expect((await world.as('alice').refusal('ListGuardrails')).code).toBe('AccessDeniedException')
  })
})
