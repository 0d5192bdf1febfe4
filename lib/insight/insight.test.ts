import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { KEY_SPEC_NAMES } from '#lib/domain/key-spec.ts'
import { type Answer, base64, openWorld, REGION, type World } from '#lib/testing/world.ts'

let world: World
const keys: Record<string, string> = {}

beforeAll(async () => {
  world = await openWorld()
  const admin = world.as('admin')
  for (const [name, input] of Object.entries({
    payments: { Description: 'card numbers', Tags: [{ TagKey: 'team', TagValue: 'pay' }] },
    ledger: { Tags: [{ TagKey: 'team', TagValue: 'ledger' }] },
    backups: {},
    nameless: { Description: 'no 100% alias' },
  })) {
    keys[name] = (await admin.call('CreateKey', input)).KeyMetadata.KeyId
    if (name !== 'nameless')
      await admin.call('CreateAlias', { AliasName: `alias/${name}`, TargetKeyId: keys[name] })
  }
  await admin.call('CreateAlias', { AliasName: 'alias/archive', TargetKeyId: keys.backups })
  await admin.call('Encrypt', {
    KeyId: 'alias/payments',
    Plaintext: base64('x'),
    EncryptionContext: { tenant: 'acme' },
  })
  await admin.call('Encrypt', { KeyId: 'alias/ledger', Plaintext: base64('x') })
  await admin.call('DisableKey', { KeyId: keys.ledger })
  await admin.call('ScheduleKeyDeletion', { KeyId: keys.backups, PendingWindowInDays: 7 })
  await admin.call('EnableKeyRotation', { KeyId: keys.payments })
  await world.as('bob').refusal('DisableKey', { KeyId: keys.payments })
})
afterAll(() => world.close())

const name = (id: string) => Object.keys(keys).find((known) => keys[known] === id) ?? id
const list = async (input: object) =>
  (await world.as('carol').call('SearchKeys', input)).Keys.map((key: Answer) => name(key.id))

describe('SearchKeys', () => {
  it('gives what the list shows', async () => {
    await world.engine.services.sequencer.catchUp()
    const { Keys } = await world.as('carol').call('SearchKeys', { Filter: 'alias:payments' })
    expect(Keys).toMatchObject([
      {
        id: keys.payments,
        aliases: ['alias/payments'],
        state: 'Enabled',
        spec: 'SYMMETRIC_DEFAULT',
        usage: 'ENCRYPT_DECRYPT',
        origin: 'AWS_KMS',
        description: 'card numbers',
        rotationEnabled: true,
        deletionDate: null,
        tags: [{ key: 'team', value: 'pay' }],
        lastUse: {
          operation: 'Encrypt',
          actor: world.as('admin').principal.arn,
          ts: expect.any(Date),
          eventId: expect.any(String),
        },
      },
    ])
    expect(Keys[0].created).toBeInstanceOf(Date)
    expect(Keys[0].nextRotation).toBeInstanceOf(Date)
  })

  it.each([
    ['', ['backups', 'ledger', 'payments', 'nameless']],
    ['state:Enabled', ['payments', 'nameless']],
    ['-state:Enabled', ['backups', 'ledger']],
    ['state:Disabled,PendingDeletion', ['backups', 'ledger']],
    ['alias:arch*', ['backups']],
    ['alias:*', ['backups', 'ledger', 'payments']],
    ['-alias:*', ['nameless']],
    ['tag:team', ['ledger', 'payments']],
    ['tag:team=pay', ['payments']],
    ['tag:team -tag:team=pay', ['ledger']],
    ['spec:SYMMETRIC_DEFAULT usage:ENCRYPT_DECRYPT rotation:on', ['payments']],
    ['rotation:off', ['backups', 'ledger', 'nameless']],
    ['rotation:overdue', []],
    ['used:never', ['backups', 'nameless']],
    ['used:<1d', ['ledger', 'payments']],
    ['used:>30d', []],
    ['-used:never', ['ledger', 'payments']],
    ['CARD', ['payments']],
    ['"100%"', ['nameless']],
    ['arch', ['backups']],
    [`"x') OR true"`, []],
  ])('filters by %s', async (Filter, expected) => {
    await world.engine.services.sequencer.catchUp()
    expect(await list({ Filter })).toEqual(expected)
  })

  it.each([
    ['alias', 'ascending', ['backups', 'ledger', 'payments', 'nameless']],
    ['alias', 'descending', ['payments', 'ledger', 'backups', 'nameless']],
    ['created', 'ascending', ['payments', 'ledger', 'backups', 'nameless']],
    ['created', 'descending', ['nameless', 'backups', 'ledger', 'payments']],
    ['deletionDate', 'ascending', ['backups']],
    ['lastUsed', 'descending', ['ledger', 'payments']],
    ['lastUsed', 'ascending', ['payments', 'ledger']],
    ['state', 'ascending', ['ledger']],
  ])('sorts by %s, %s, and pages the same', async (Sort, Order, begins) => {
    const all = await list({ Sort, Order })
    expect(all.slice(0, begins.length)).toEqual(begins)
    const paged: string[] = []
    let Cursor: string | undefined
    do {
      const page = await world.as('carol').call('SearchKeys', { Sort, Order, Limit: 1, Cursor })
      expect(page).toMatchObject({ Count: 4, CountIsExact: true })
      paged.push(...page.Keys.map((key: Answer) => name(key.id)))
      Cursor = page.NextCursor
    } while (Cursor)
    expect(paged).toEqual(all)
  })

  it.each([
    ['an unknown field', { Filter: 'colour:red' }, 'ValidationException', 'There is no field colour'],
    [
      'an age that is none',
      { Filter: 'used:soon' },
      'ValidationException',
      'used can be never, >30d or <30d',
    ],
    ['a cursor that is none', { Cursor: 'nonsense' }, 'InvalidMarkerException', 'Could not decode marker.'],
  ])('refuses %s', async (_, input, code, message) => {
    expect(await world.as('carol').refusal('SearchKeys', input)).toMatchObject({
      code,
      message: expect.stringContaining(message),
    })
  })

  it('refuses a cursor of another question, and who may not list keys', async () => {
    const { NextCursor } = await world.as('carol').call('SearchKeys', { Limit: 1 })
    expect(
      await world.as('carol').refusal('SearchKeys', { Cursor: NextCursor, Sort: 'created' }),
    ).toMatchObject({ code: 'InvalidMarkerException' })
    expect(await world.as('stranger').refusal('SearchKeys')).toMatchObject({ code: 'AccessDeniedException' })
  })
})

describe('SearchEvents and GetEvent', () => {
  it('find a refusal with its decision', async () => {
    const { Events, Count } = await world
      .as('carol')
      .call('SearchEvents', { Filter: 'outcome:denied event:DisableKey' })
    expect(Events).toMatchObject([
      { eventName: 'DisableKey', outcome: 'denied', actorName: 'bob', keyId: keys.payments, region: REGION },
    ])
    expect(Count).toBe(1)
    const found = await world.as('carol').call('GetEvent', { EventId: Events[0].id })
    expect(JSON.parse(found.Record)).toMatchObject({
      eventID: Events[0].id,
      errorCode: 'AccessDenied',
    })
    expect(found.Decision.decisions).toMatchObject([{ action: 'kms:DisableKey' }])
    expect(found.Older).toEqual(expect.any(String))
  })

  it('show the alias and the encryption context of a use', async () => {
    const { Events } = await world
      .as('carol')
      .call('SearchEvents', { Filter: 'alias:payments event:Encrypt' })
    expect(Events).toMatchObject([
      { aliasName: 'alias/payments', detail: 'tenant=acme', keyId: keys.payments },
    ])
  })

  it('need the auditor’s permission, and keep accounts apart', async () => {
    const [event] = (await world.as('carol').call('SearchEvents', { Filter: 'event:CreateKey' })).Events
    expect(await world.as('bob').refusal('SearchEvents')).toMatchObject({ code: 'AccessDeniedException' })
    expect(await world.as('bob').refusal('GetEvent', { EventId: event.id })).toMatchObject({
      code: 'AccessDeniedException',
    })
    expect(await world.as('outsider').refusal('GetEvent', { EventId: event.id })).toMatchObject({
      code: 'NotFoundException',
    })
    const { Events } = await world.as('outsider').call('SearchEvents', { Filter: 'event:CreateKey' })
    expect(Events).toEqual([])
  })
})

describe('WatchConnection', () => {
  it('shows first calls and refusals, but none of another account’s keys, and records nothing', async () => {
    const since = Date.now() - 120_000
    const { refused } = world.engine.services
    const at = new Date()
    refused.report(
      {
        address: '192.0.2.9',
        reason: 'InvalidSignatureException',
        accessKeyId: world.as('bob').accessKey.id,
        operation: 'ListKeys',
      },
      at,
    )
    refused.report(
      {
        address: '192.0.2.9',
        reason: 'InvalidSignatureException',
        accessKeyId: 'AKIATYPO',
        skewSeconds: 312,
      },
      at,
    )
    refused.report(
      {
        address: '192.0.2.9',
        reason: 'InvalidSignatureException',
        accessKeyId: world.as('outsider').accessKey.id,
      },
      at,
    )
    await refused.flush()
    const count = async () => (await world.sql('SELECT count(*)::int AS n FROM audit.event'))[0]?.n
    const before = await count()
    const found = await world.as('admin').call('WatchConnection', { Since: since / 1000 })
    expect(found.Calls[0]).toMatchObject({ eventName: 'CreateKey', outcome: 'ok' })
    expect(found.Refusals.map((refusal: Answer) => refusal.accessKeyId).sort()).toEqual(
      [world.as('bob').accessKey.id, 'AKIATYPO'].sort(),
    )
    expect(found.Refusals.find((refusal: Answer) => refusal.accessKeyId === 'AKIATYPO')).toMatchObject({
      skewSeconds: 312,
      address: '192.0.2.9',
    })
    expect(await count()).toBe(before)
  })
})

it('Capabilities are facts of the installation', async () => {
  expect(await world.as('admin').call('Capabilities')).toMatchObject({
    Version: 'test',
    Endpoint: 'http://127.0.0.1:4566',
    Region: REGION,
    Partition: 'aws',
    KeySpecs: KEY_SPEC_NAMES.filter((spec) => spec !== 'SM2'),
    RolesSeparated: false,
  })
})
