import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  ACCOUNT,
  caller,
  facts,
  KEY,
  KEY_2,
  keyResource,
  NOTHING,
  OTHER,
  openTestLog,
  type TestLog,
} from '#lib/testing/audit-log.ts'
import { generateSecretKey } from '../crypto/secret-key.ts'
import type { EventFacts } from './event.ts'
import { buildEvents } from './event.ts'
import { type EventQuery, openAuditSearch } from './search.ts'
import { openSequencer } from './sequencer.ts'

let log: TestLog
let search: ReturnType<typeof openAuditSearch>
/** Name of an event in this file → its id, in order of time. */
const ids = new Map<string, string>()
const named = (id: string) => [...ids].find(([, known]) => known === id)?.[0]
const begin = new Date(Date.now() - 30_000)
const at = (seconds: number) => new Date(begin.getTime() + seconds * 1000)

const denied = { outcome: 'denied', error: { code: 'AccessDeniedException', message: 'no' } } as const
const STORY: Record<string, Partial<EventFacts>> = {
  create: {
    operationName: 'CreateKey',
    class: 'admin',
    readOnly: false,
    keyId: KEY,
    source: 'console',
    caller: caller('alice'),
  },
  encrypt: { aliasName: 'alias/payments', caller: caller('bob') },
  refused: { caller: caller('alice'), ...denied },
  screen: {
    operationName: 'ListKeys',
    class: 'read',
    source: 'console-read',
    keyId: null,
    resources: [],
    caller: caller('carol'),
  },
  disabled: {
    outcome: 'error',
    error: { code: 'DisabledException', message: 'is disabled' },
    caller: caller('bob'),
    keyId: KEY_2,
    resources: [keyResource(KEY_2)],
    aliasName: 'alias/back_ups',
  },
  reencrypt: {
    operationName: 'ReEncrypt',
    caller: caller('bob'),
    resources: [keyResource(KEY), keyResource(KEY_2)],
    region: 'eu-west-1',
  },
  rotate: {
    operationName: 'RotateKey',
    class: 'system',
    source: 'internal',
    caller: { kind: 'internal', account: ACCOUNT },
    region: 'us-east-1',
  },
}

beforeAll(async () => {
  log = await openTestLog()
  const writer = log.writer()
  let second = 0
  for (const [name, some] of Object.entries(STORY)) {
    const events = buildEvents(facts({ ...some, at: at(second++) }))
    ids.set(name, events[0].id)
    await writer.append(events, NOTHING)
  }
  await writer.append(
    buildEvents(facts({ caller: caller('zoe', OTHER), at: at(3), resources: [], keyId: null })),
    NOTHING,
  )
  await openSequencer({ pool: log.pool, fault: () => undefined }).catchUp()
  search = openAuditSearch({ pool: log.pool, markerKey: generateSecretKey().key })
})
afterAll(() => log.close())

const page = (some: Partial<EventQuery> = {}) =>
  search.page({ account: ACCOUNT, filter: '', order: 'oldest', limit: 100, ...some })
const names = async (some: Partial<EventQuery>) => (await page(some)).events.map((event) => named(event.id))

describe('a filter', () => {
  it.each([
    ['', Object.keys(STORY)],
    ['outcome:denied', ['refused']],
    ['outcome:denied,error', ['refused', 'disabled']],
    ['-outcome:ok', ['refused', 'disabled']],
    ['class:admin', ['create']],
    ['event:Encrypt', ['encrypt', 'refused', 'disabled']],
    ['event:Enc*', ['encrypt', 'refused', 'disabled']],
    ['event:*crypt', []],
    ['event:Encrypt outcome:ok', ['encrypt']],
    ['actor:carol', ['screen']],
    ['actor:user/carol', ['screen']],
    [`actor:arn:aws:iam::${ACCOUNT}:user/carol`, ['screen']],
    ['actor:user/al*', ['create', 'refused']],
    [`key:${KEY}`, ['create', 'encrypt', 'refused', 'reencrypt', 'rotate']],
    [`key:${KEY_2}`, ['disabled', 'reencrypt']],
    [`key:${keyResource(KEY_2).arn}`, ['disabled', 'reencrypt']],
    ['key:alias/payments', ['create', 'encrypt', 'refused', 'reencrypt', 'rotate']],
    ['key:payments', ['create', 'encrypt', 'refused', 'reencrypt', 'rotate']],
    ['key:9a7be0c1', ['disabled', 'reencrypt']],
    ['-key:*', ['screen']],
    ['alias:payments', ['encrypt']],
    ['alias:alias/payments', ['encrypt']],
    ['alias:back_*', ['disabled']],
    ['alias:backx*', []],
    ['-alias:payments class:crypto', ['refused', 'disabled', 'reencrypt']],
    ['error:DisabledException', ['disabled']],
    ['error:*', ['refused', 'disabled']],
    ['source:internal', ['rotate']],
    ['-source:console-read', ['create', 'encrypt', 'refused', 'disabled', 'reencrypt', 'rotate']],
    ['region:us-east-1', ['rotate']],
    ['ip:192.0.2.7 event:CreateKey', ['create']],
    ['ip:192.0.*,10.* -event:Encrypt', ['create', 'screen', 'reencrypt']],
    ['id:nonsense', []],
    ['CAROL', ['screen']],
    ['DisabledEx', ['disabled']],
    ['-bob -alice', ['screen', 'rotate']],
    ['"100%"', []],
    [`actor:"x') OR true --"`, []],
    [`"'; DROP TABLE audit.entry; --"`, []],
  ])('%s', async (filter, expected) => {
    expect(await names({ filter })).toEqual(expected)
    expect(await page({ filter })).toMatchObject({ count: expected.length, countIsExact: true })
  })

  it('finds an event by its id and by its request', async () => {
    expect(await names({ filter: `id:${ids.get('screen')}` })).toEqual(['screen'])
    const [event] = (await page({ filter: 'actor:carol' })).events
    expect(await names({ filter: `request:${event?.requestId}` })).toEqual(['screen'])
  })

  it('says what is wrong with it, and where', async () => {
    await expect(page({ filter: 'outcome:ok colour:red' })).rejects.toMatchObject({
      code: 'ValidationException',
      message: expect.stringMatching(/There is no field colour.*at character 12/),
    })
  })
})

describe('pages', () => {
  it('go to the end and back', async () => {
    const first = await page({ limit: 3, order: 'newest' })
    expect(first.events.map(({ id }) => named(id))).toEqual(['rotate', 'reencrypt', 'disabled'])
    expect(first).toMatchObject({ previous: null, count: 7 })
    const second = await page({ limit: 3, order: 'newest', cursor: first.next ?? '' })
    expect(second.events.map(({ id }) => named(id))).toEqual(['screen', 'refused', 'encrypt'])
    const third = await page({ limit: 3, order: 'newest', cursor: second.next ?? '' })
    expect(third.events.map(({ id }) => named(id))).toEqual(['create'])
    expect(third.next).toBeNull()
    const back = await page({ limit: 3, order: 'newest', cursor: third.previous ?? '' })
    expect(back.events).toEqual(second.events)
    const start = await page({ limit: 3, order: 'newest', cursor: back.previous ?? '' })
    expect(start.events).toEqual(first.events)
    expect(start.previous).toBeNull()
  })

  it('have an event in their middle', async () => {
    const around = await page({ limit: 3, around: ids.get('screen') })
    expect(around.events.map(({ id }) => named(id))).toEqual(['refused', 'screen', 'disabled'])
    expect(around.previous).not.toBeNull()
    expect(around.next).not.toBeNull()
    expect(await names({ limit: 4, around: ids.get('create') })).toEqual([
      'create',
      'encrypt',
      'refused',
      'screen',
    ])
    await expect(page({ around: '00000000-0000-7000-8000-000000000000' })).rejects.toMatchObject({
      code: 'NotFoundException',
    })
  })

  it('keep to [from, to)', async () => {
    expect(await names({ from: at(1), to: at(3) })).toEqual(['encrypt', 'refused'])
  })

  it.each<[string, Partial<EventQuery>]>([
    ['another filter', { filter: 'outcome:ok' }],
    ['another order', { order: 'newest' }],
    ['another account', { account: OTHER }],
    ['another range', { from: begin }],
  ])('refuse a cursor with %s', async (_, change) => {
    const { next } = await page({ limit: 2 })
    await expect(page({ limit: 2, cursor: next ?? '', ...change })).rejects.toMatchObject({
      code: 'InvalidMarkerException',
    })
  })
})

describe('an event', () => {
  it('is given with everything, to its own account only', async () => {
    const id = ids.get('refused') ?? ''
    const found = await search.event(ACCOUNT, id)
    expect(found).toMatchObject({
      decision: '{"decisions":[]}',
      older: ids.get('encrypt'),
      newer: ids.get('screen'),
    })
    expect(JSON.parse(found?.summary.record ?? '')).toMatchObject({
      eventID: id,
      errorCode: 'AccessDeniedException',
    })
    expect(await search.event(OTHER, id)).toBeUndefined()
    expect(await search.event(ACCOUNT, 'nonsense')).toBeUndefined()
  })

  it.each([
    ['encrypt', 'tenant=acme'],
    ['disabled', 'is disabled'],
    ['screen', 'tenant=acme'],
  ])('%s shows %s', async (name, detail) => {
    expect((await search.event(ACCOUNT, ids.get(name) ?? ''))?.summary.detail).toBe(detail)
  })
})

it('counts to ten thousand and no further', async () => {
  await log.sql(`INSERT INTO audit.entry (event_id, ts, account_id, region, event_source, event_name, class, outcome, read_only, source, actor_arn)
    SELECT gen_random_uuid(), now() - interval '1 day' + n * interval '1 ms', '222222222222', 'eu-west-1', 'x', 'Many', 'read', 'ok', true, 'wire', 'a' FROM generate_series(1, 10001) n`)
  expect(await page({ account: '222222222222' })).toMatchObject({ count: 10_000, countIsExact: false })
  expect(await page({ account: '222222222222', filter: '-event:Many' })).toMatchObject({
    count: 0,
    countIsExact: true,
  })
})
