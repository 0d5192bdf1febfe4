import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Answer, base64, OTHER_REGION, openWorld, type World } from '#lib/testing/world.ts'

let world: World
const admin = () => world.as('admin')
const made = async (more: object = {}) => (await admin().call('CreateKey', more)).KeyMetadata.KeyId
const use = (KeyId: string) => admin().call('Encrypt', { KeyId, Plaintext: base64('kept') })
const budgets = async (KeyId?: string): Promise<Answer[]> =>
  (await admin().call('ListUseBudgets', KeyId === undefined ? {} : { KeyId })).Budgets

beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world?.close())

describe('a budget', () => {
  it('says how much of it is used, of a day and of a month', async () => {
    const KeyId = await made()
    await admin().call('CreateAlias', { AliasName: 'alias/budgeted', TargetKeyId: KeyId })
    for (const [Period, Most] of [
      ['day', 2],
      ['month', 100],
    ])
      await admin().call('PutUseBudget', { KeyId, Period, Most })
    for (let times = 0; times < 3; times++) await use(KeyId)
    expect(await budgets(KeyId)).toMatchObject([
      { KeyId, Alias: 'alias/budgeted', Period: 'day', Most: 2, Used: 3 },
      { KeyId, Period: 'month', Most: 100, Used: 3, SetBy: admin().principal.arn },
    ])
  })

  it('counts the month from its first day, and the day from its midnight', async () => {
    const KeyId = await made()
    await admin().call('PutUseBudget', { KeyId, Period: 'day', Most: 1 })
    await admin().call('PutUseBudget', { KeyId, Period: 'month', Most: 1 })
    await use(KeyId)
    await budgets(KeyId)
    const first = `${new Date().toISOString().slice(0, 7)}-01`
    // What was counted before: the day before the month, and the month's first day.
    for (const [day, count] of [
      [new Date(Date.parse(first) - 86_400_000).toISOString().slice(0, 10), 1000],
      [first, 10],
    ])
      await world.sql(
        `INSERT INTO audit.usage (account_id, region, key_id, day, operation, actor_arn, count, last_at, last_event_id)
         SELECT account_id, region, key_id, $2::date, 'Decrypt', actor_arn, $3, last_at, last_event_id FROM audit.usage WHERE key_id = $1 AND operation = 'Encrypt'`,
        [KeyId, day, count],
      )
    const isFirst = new Date().toISOString().slice(8, 10) === '01'
    expect((await budgets(KeyId)).map(({ Used }) => Used)).toEqual([isFirst ? 11 : 1, 11])
  })

  it('is replaced, and taken back', async () => {
    const KeyId = await made()
    await admin().call('PutUseBudget', { KeyId, Period: 'day', Most: 1 })
    await admin().call('PutUseBudget', { KeyId, Period: 'day', Most: 2 })
    expect(await budgets(KeyId)).toMatchObject([{ Most: 2, Used: 0 }])
    await admin().call('DeleteUseBudget', { KeyId, Period: 'day' })
    await admin().call('DeleteUseBudget', { KeyId, Period: 'day' })
    expect(await budgets(KeyId)).toEqual([])
    expect((await world.events('DeleteUseBudget')).at(-1)?.requestParameters).toEqual({
      keyId: KeyId,
      period: 'day',
    })
  })

  it('stops nobody, and goes with its key', async () => {
    const KeyId = await made()
    await admin().call('PutUseBudget', { KeyId, Period: 'day', Most: 1 })
    await use(KeyId)
    await use(KeyId)
    await admin().call('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 })
    expect(await budgets(KeyId)).toHaveLength(1)
    await world.advance({ days: 8 })
    expect((await budgets()).filter((budget) => budget.KeyId === KeyId)).toEqual([])
  })

  it.each<[string, object, string]>([
    ['nothing', { Period: 'day', Most: 0 }, 'ValidationException'],
    ['a year', { Period: 'year', Most: 1 }, 'ValidationException'],
    [
      'a key that waits for its deletion',
      { Period: 'day', Most: 1, doomed: true },
      'KMSInvalidStateException',
    ],
  ])('is refused for %s', async (_, { doomed, ...input }: Answer, code) => {
    const KeyId = await made()
    if (doomed) await admin().call('ScheduleKeyDeletion', { KeyId })
    expect((await admin().refusal('PutUseBudget', { KeyId, ...input })).code).toBe(code)
  })

  it('is for whoever may describe the key in words, and told to whoever may list keys', async () => {
    const KeyId = await made()
    const asked = { KeyId, Period: 'day', Most: 1 }
    expect((await world.as('bob').refusal('PutUseBudget', asked)).code).toBe('AccessDeniedException')
    await admin().call('PutUseBudget', asked)
    expect((await world.as('bob').refusal('DeleteUseBudget', asked)).code).toBe('AccessDeniedException')
    expect((await world.as('bob').call('ListUseBudgets', { KeyId })).Budgets).toHaveLength(1)
    expect((await world.as('stranger').refusal('ListUseBudgets')).code).toBe('AccessDeniedException')
    expect((await world.as('admin', OTHER_REGION).call('ListUseBudgets')).Budgets).toEqual([])
    expect((await world.as('outsider').call('ListUseBudgets')).Budgets).toEqual([])
  })
})
