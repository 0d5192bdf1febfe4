import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifyPassword } from '#lib/crypto/password.ts'
import {
  OTHER_ACCOUNT,
  OTHER_REGION,
  openWorld,
  type Person,
  REGION,
  type World,
} from '#lib/testing/world.ts'
import { createAccessKey, draftAccessKey } from './create-access-key.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world?.close())

const admin = () => world.as('admin')
const outsider = () => world.as('outsider')
const policyOf = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement })

type Wish = { readonly AccountId?: string; readonly Alias?: string; readonly Password?: string }
const make = (wish: Wish = {}) =>
  admin().call('CreateAccount', { Regions: [REGION, OTHER_REGION], AdministratorName: 'boss', ...wish })

const bossOf = async (account: string) => {
  const [row] = await world.sql(
    `SELECT id, password, password_reset_required FROM keyhouse.principal WHERE account_id = $1 AND name = 'boss'`,
    [account],
  )
  return row ?? {}
}

/** The first administrator of an account, with an access key. */
async function boss(account: string): Promise<Person> {
  const { id } = await bossOf(account)
  const { database, domainKeys } = world.engine.services
  const key = await draftAccessKey(domainKeys, { account, principal: id })
  await database.transaction((rows) => createAccessKey(rows, key))
  const arn = `arn:aws:iam::${account}:user/boss`
  return world.being({
    principal: { kind: 'user', partition: 'aws', account, id, name: 'boss', arn },
    accessKey: key.pair,
  })
}

const listed = async (account: string) =>
  (await admin().call('ListAccounts')).Accounts.find(
    (row: { AccountId: string }) => row.AccountId === account,
  )

describe('an account', () => {
  it('comes with an administrator whose password is good for one sign-in', async () => {
    const made = await make()
    expect(made.AccountId).toMatch(/^[0-9]{12}$/)
    const { password, password_reset_required } = await bossOf(made.AccountId)
    expect(await verifyPassword(made.Password, password)).toBe(true)
    expect(password_reset_required).toBe(true)
    expect(JSON.stringify(await world.events('CreateAccount'))).not.toContain(made.Password)
    const by = await boss(made.AccountId)
    expect((await by.call('CreateKey')).KeyMetadata.AWSAccountId).toBe(made.AccountId)
  })

  it('does not tell a password that was given', async () => {
    expect(await make({ Password: 'quiet otters ferry lanterns' })).not.toHaveProperty('Password')
  })

  it('is listed with what it has', async () => {
    const { AccountId } = await make({ Alias: 'acme-listed' })
    await (await boss(AccountId)).call('CreateKey')
    expect(await listed(AccountId)).toMatchObject({
      Alias: 'acme-listed',
      Regions: [REGION, OTHER_REGION],
      Keys: 1,
      Users: 1,
      Disabled: false,
      Own: false,
    })
  })

  it.each([
    ['an id that is taken', { AccountId: OTHER_ACCOUNT }, 'EntityAlreadyExists'],
    ['an alias that is taken', { Alias: 'taken-alias' }, 'EntityAlreadyExists'],
    ['an id of eleven digits', { AccountId: '12345678901' }, 'ValidationException'],
    ['an alias that is a word of addresses', { Alias: 'settings' }, 'ValidationException'],
    ['Regions of two partitions', { Regions: [REGION, 'cn-north-1'] }, 'ValidationException'],
    ['no Region', { Regions: [] }, 'ValidationException'],
    ['a short password', { Password: 'short' }, 'PasswordPolicyViolation'],
  ])('is refused with %s', async (_, wish, code) => {
    if (!(await listedAlias('taken-alias'))) await make({ Alias: 'taken-alias' })
    const input = { Regions: [REGION], AdministratorName: 'boss', ...wish }
    expect((await admin().refusal('CreateAccount', input)).code).toBe(code)
  })
})

const listedAlias = async (alias: string) =>
  (await admin().call('ListAccounts')).Accounts.some((row: { Alias: string | null }) => row.Alias === alias)

describe('operations on accounts', () => {
  const CALLS: [string, object][] = [
    ['CreateAccount', { Regions: [REGION], AdministratorName: 'boss' }],
    ['ListAccounts', {}],
    ['DisableAccount', { AccountId: OTHER_ACCOUNT }],
    ['EnableAccount', { AccountId: OTHER_ACCOUNT }],
    ['UpdateAccountRegions', { AccountId: OTHER_ACCOUNT, Regions: [REGION] }],
  ]
  it.each(CALLS)('%s is for the first account and for who may there', async (name, input) => {
    const elsewhere = await outsider().refusal(name, input)
    expect(elsewhere.code).toBe('AccessDeniedException')
    expect(elsewhere.message).toMatch(/because accounts belong to the installation's first account$/)
    expect((await world.as('alice').refusal(name, input)).code).toBe('AccessDeniedException')
  })
})

describe('a disabled account', () => {
  it('cannot call, and can again when it is enabled; its key serves whom its policy names', async () => {
    const { AccountId } = await make()
    const by = await boss(AccountId)
    const { KeyId, Arn } = (await by.call('CreateKey')).KeyMetadata
    await by.call('PutKeyPolicy', {
      KeyId,
      PolicyName: 'default',
      Policy: policyOf(
        {
          Effect: 'Allow',
          Principal: { AWS: `arn:aws:iam::${AccountId}:root` },
          Action: 'kms:*',
          Resource: '*',
        },
        { Effect: 'Allow', Principal: { AWS: admin().principal.arn }, Action: 'kms:Encrypt', Resource: '*' },
      ),
    })
    await admin().call('DisableAccount', { AccountId })
    expect((await by.refusal('ListKeys')).code).toBe('UnrecognizedClientException')
    await admin().call('Encrypt', { KeyId: Arn, Plaintext: 'AA==' })
    expect(await listed(AccountId)).toMatchObject({ Disabled: true })
    await admin().call('EnableAccount', { AccountId })
    await by.call('ListKeys')
  })

  it('is never the first one', async () => {
    const refusal = await admin().refusal('DisableAccount', { AccountId: admin().principal.account })
    expect(refusal.code).toBe('UnsupportedOperationException')
  })
})

describe('the Regions of an account', () => {
  it('grow at once, and shrink where no key is', async () => {
    const { AccountId } = await admin().call('CreateAccount', {
      Regions: [REGION],
      AdministratorName: 'boss',
    })
    await (await boss(AccountId)).call('CreateKey')
    await admin().call('UpdateAccountRegions', { AccountId, Regions: [REGION, OTHER_REGION] })
    expect((await listed(AccountId)).Regions).toEqual([REGION, OTHER_REGION])
    const refusal = await admin().refusal('UpdateAccountRegions', { AccountId, Regions: [OTHER_REGION] })
    expect(refusal).toMatchObject({
      code: 'DeleteConflict',
      message: `Account ${AccountId} has keys in ${REGION}.`,
    })
    await admin().call('UpdateAccountRegions', { AccountId, Regions: [REGION] })
  })

  it('stay in one partition', async () => {
    const { AccountId } = await make()
    const refusal = await admin().refusal('UpdateAccountRegions', { AccountId, Regions: ['cn-north-1'] })
    expect(refusal.code).toBe('ValidationException')
  })
})

describe('the use of a key of another account', () => {
  const use = (KeyId: string) => ({ KeyId, Plaintext: 'AA==' })
  const allowing = (AWS: string) => ({
    Effect: 'Allow',
    Principal: { AWS },
    Action: 'kms:Encrypt',
    Resource: '*',
  })

  it.each([
    ['both sides', true, 'admin', undefined],
    ['only the key’s side', true, 'stranger', 'AccessDeniedException'],
    ['only the caller’s side', false, 'admin', 'AccessDeniedException'],
  ])('by %s', async (_, named, who, code) => {
    const { AccountId } = await make()
    const by = await boss(AccountId)
    const own = allowing(`arn:aws:iam::${AccountId}:root`)
    const root = { ...own, Action: 'kms:*' }
    const { Arn } = (
      await by.call('CreateKey', {
        Policy: policyOf(
          root,
          ...(named ? [allowing(`arn:aws:iam::${admin().principal.account}:root`)] : []),
        ),
      })
    ).KeyMetadata
    const caller = world.as(who)
    if (code === undefined) await caller.call('Encrypt', use(Arn))
    else expect((await caller.refusal('Encrypt', use(Arn))).code).toBe(code)
  })
})
