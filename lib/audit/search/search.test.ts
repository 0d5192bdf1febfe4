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
import { generateSecretKey } from '../../crypto/secret-key.ts'
import type { Caller } from '../../domain/caller.ts'
import type { EventFacts } from '../record/event.ts'
import { buildEvents } from '../record/event.ts'
import { openSequencer } from '../sequence/sequencer.ts'
import type { EventQuery } from './page.ts'
import { openAuditSearch } from './search.ts'

let log: TestLog
let search: ReturnType<typeof openAuditSearch>
/** Name of an event in this file → its id, in order of time. */
const ids = new Map<string, string>()
const named = (id: string) => [...ids].find(([, known]) => known === id)?.[0]
const begin = new Date(Date.now() - 30_000)
const at = (seconds: number) => new Date(begin.getTime() + seconds * 1000)

/** Somebody at another address, with another program. */
const at2 = (who: Caller, address: string, userAgent: string): Caller => ({
  ...who,
  channel: { ...who.channel, address, userAgent },
})
/** A session of a role. */
const session = (role: string, name: string): Caller => {
  const user = caller(name)
  const arn = `arn:aws:sts::${ACCOUNT}:assumed-role/${role}/${name}`
  return {
    ...user,
    principal: { kind: 'role', partition: 'aws', account: ACCOUNT, id: `AROAX:${name}`, name, arn },
  }
}

const denied = { outcome: 'denied', error: { code: 'AccessDeniedException', message: 'no' } } as const
const STORY: Record<string, Partial<EventFacts>> = {
  create: {
    operationName: 'CreateKey',
    class: 'admin',
    readOnly: false,
    keyId: KEY,
    source: 'console',
    caller: caller('alice'),
    request: { tags: [{ tagKey: 'team', tagValue: 'pay' }] },
    additional: { policyVersion: 7 },
  },
  encrypt: { aliasName: 'alias/payments', caller: caller('bob'), durationMs: 300 },
  refused: {
    caller: at2(caller('alice'), '10.1.2.3', 'Boto3/1.34.2 md/Botocore#1.34'),
    request: { keyId: KEY, encryptionContext: { tenant: 'globex', 'aws:s3:arn': 'arn:aws:s3:::b "x" 100%' } },
    durationMs: 2,
    ...denied,
  },
  screen: {
    operationName: 'ListKeys',
    class: 'read',
    source: 'console-read',
    keyId: null,
    resources: [],
    request: null,
    caller: at2(caller('carol'), '2001:db8::5', 'Mozilla/5.0 (X11)'),
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
    caller: at2(session('deploy', 'ci'), '10.1.2.300/../*', 'APN/1.0 HashiCorp/1.0 Terraform/1.9'),
    resources: [keyResource(KEY), keyResource(KEY_2)],
    additional: { sourceKeyMaterialId: 'm1', destinationKeyMaterialId: 'm2', grantId: 'g7' },
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
  await openSequencer({ pool: log.pool, macKey: log.macKey, fault: () => undefined }).catchUp()
  search = openAuditSearch({ pool: log.pool, markerKey: generateSecretKey().key })
})
afterAll(() => log.close())

const page = (some: Partial<EventQuery> = {}) =>
  search.page({
    account: ACCOUNT,
    from: at(-3600),
    now: at(3600),
    filter: '',
    order: 'oldest',
    limit: 100,
    ...some,
  })
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
    ['event:*crypt', ['encrypt', 'refused', 'disabled', 'reencrypt']],
    ['event:*e*Key', ['create', 'rotate']],
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
    ['ip:192.0.*,10.* -event:Encrypt', ['create', 'reencrypt']],
    ['id:nonsense', []],
    ['CAROL', ['screen']],
    ['DisabledEx', ['disabled']],
    ['-bob -alice', ['screen', 'reencrypt', 'rotate']],
    ['"100%"', ['refused']],
    ['"b \\"x\\" 100"', ['refused']],
    ['"aws:s3"*"100"', ['refused']],
    ['-"tenant" class:crypto', []],
    ['"TENANT\\":\\"ACME"', ['encrypt', 'disabled', 'reencrypt', 'rotate']],
    ['100%', []],
    ['(outcome:denied OR event:CreateKey)', ['create', 'refused']],
    ['(outcome:denied OR (class:crypto -actor:bob)) -error:*', ['reencrypt']],
    ['-(class:crypto OR class:system)', ['create', 'screen']],
    ['actor:bob,carol', ['encrypt', 'screen', 'disabled']],
    ['actor:*', Object.keys(STORY)],
    ['actor:*lic*', ['create', 'refused']],
    ['actor:assumed-role/deploy/*', ['reencrypt']],
    ['actor.type:AssumedRole', ['reencrypt']],
    ['-actor.type:IAMUser', ['reencrypt', 'rotate']],
    ['session:ci', ['reencrypt']],
    [`account:${OTHER}`, []],
    [`-account:${ACCOUNT}`, []],
    ['grant:g7', ['reencrypt']],
    ['material:m2', ['reencrypt']],
    ['material:m*,x', ['reencrypt']],
    ['-material:*', ['create', 'encrypt', 'refused', 'screen', 'disabled', 'rotate']],
    ['ctx.tenant:globex', ['refused']],
    ['ctx.tenant:acme,globex outcome:denied', ['refused']],
    ['ctx.tenant:glob*', ['refused']],
    ['ctx."aws:s3:arn":*', ['refused']],
    ['ctx."aws:s3:arn":"arn:aws:s3:::b \\"x\\" 100%"', ['refused']],
    ['-ctx.tenant:*', ['create', 'screen']],
    ['ctx.ten:*', []],
    ['tag.team:pay', ['create']],
    ['tag.team:p*,x', ['create']],
    ['ip:10.0.0.0/8', ['refused']],
    ['ip:10.1.2.3/32,2001:db8::/32', ['refused', 'screen']],
    ['ip:::ffff:10.1.0.0/112', ['refused']],
    ['-ip:0.0.0.0/0', ['screen', 'reencrypt', 'rotate']],
    ['ip:"AWS Internal"', ['rotate']],
    ['agent:aws-cli', ['create', 'encrypt', 'disabled']],
    ['agent:Boto3,browser', ['refused', 'screen']],
    ['agent:Terraform', ['reencrypt']],
    ['agent:APN', []],
    ['agent:"AWS Internal"', ['rotate']],
    ['agent:Mozilla*', ['screen']],
    ['via:"AWS Internal"', ['rotate']],
    ['access-key:AKIACAROL', ['screen']],
    ['policy-version:>=7', ['create']],
    ['policy-version:>7,<3', []],
    ['policy-version:*', ['create']],
    ['duration:>250ms', ['encrypt']],
    ['duration:<1s', ['encrypt', 'refused']],
    ['read-only:false', ['create']],
    ['read-only:true,false', Object.keys(STORY)],
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

describe('a key of a filter', () => {
  it('stays with the key that its alias points to now; alias is the name that was used', async () => {
    await log.sql(`UPDATE keyhouse.alias SET key_id = $1 WHERE name = 'alias/payments'`, [KEY_2])
    expect(await names({ filter: 'key:alias/payments' })).toEqual(['disabled', 'reencrypt'])
    expect(await names({ filter: `-key:payments,${KEY}` })).toEqual(['screen'])
    expect(await names({ filter: 'alias:payments' })).toEqual(['encrypt'])
    await log.sql(`UPDATE keyhouse.alias SET key_id = $1 WHERE name = 'alias/payments'`, [KEY])
  })
})

describe('text in quotation marks', () => {
  it.each<[string, Partial<EventQuery>]>([
    ['without a beginning', { from: undefined }],
    ['over more than a day', { from: at(0), to: at(86_401) }],
    ['up to now, over more than a day', { from: at(0), now: at(86_401) }],
    ['within a group', { filter: '(event:x OR -"abc")', from: undefined }],
  ])('is refused %s', async (_, some) => {
    await expect(page({ filter: '"abc"', ...some })).rejects.toMatchObject({
      code: 'ValidationException',
      message: expect.stringContaining('at most 24 hours'),
    })
  })

  it('is looked for in the whole of a day', async () => {
    expect(await names({ filter: '"DisabledException"', from: at(-86_000), to: at(400) })).toEqual([
      'disabled',
    ])
  })
})

it('refuses a range that ends before it begins', async () => {
  await expect(page({ from: at(2), to: at(1) })).rejects.toMatchObject({ code: 'InvalidTimeRangeException' })
  expect(await names({ from: at(1), to: at(1) })).toEqual([])
})

it('says where an event stands in the log, and whether a checkpoint covers it', async () => {
  const all = async () => (await page()).events.map(({ index, signed }) => [index, signed])
  const places = (await all()).map(([index]) => index)
  expect(new Set(places).size).toBe(7)
  expect((await all()).every(([, signed]) => signed === false)).toBe(true)
  const third = places[2]
  await log.sql(`INSERT INTO audit.checkpoint (origin, size, root, note) VALUES ('x', $1, sha256(''), '')`, [
    third,
  ])
  expect(await all()).toEqual(places.map((index) => [index, Number(index) < Number(third)]))
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
    ['screen', ''],
  ])('%s shows %s', async (name, detail) => {
    expect((await search.event(ACCOUNT, ids.get(name) ?? ''))?.summary.detail).toBe(detail)
  })
})
