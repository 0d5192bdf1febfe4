import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ACCOUNT, type Answer, base64, openWorld, REGION, type World } from '#lib/testing/world.ts'

let world: World
let keyId: string
let arn: string
beforeAll(async () => {
  world = await openWorld()
  const { KeyMetadata } = await world.as('admin').call('CreateKey', {})
  keyId = KeyMetadata.KeyId
  arn = KeyMetadata.Arn
  await world.as('admin').call('CreateAlias', { AliasName: 'alias/payments', TargetKeyId: keyId })
  await world.as('admin').call('Encrypt', { KeyId: 'alias/payments', Plaintext: base64('x') })
  await world.as('bob').refusal('DisableKey', { KeyId: keyId })
})
afterAll(() => world.close())

const lookup = (input: object = {}) => world.as('carol').call('LookupEvents', input)
const by = (AttributeKey: string, AttributeValue: string) => ({
  LookupAttributes: [{ AttributeKey, AttributeValue }],
})
const names = async (input: object) => (await lookup(input)).Events.map((event: Answer) => event.EventName)
const epoch = (ms: number) => ms / 1000

describe('an event', () => {
  it('is listed as CloudTrail lists it, a refusal too', async () => {
    const { Events } = await lookup(by('EventName', 'DisableKey'))
    expect(Events).toEqual([
      {
        EventId: expect.any(String),
        EventName: 'DisableKey',
        ReadOnly: 'false',
        AccessKeyId: world.as('bob').accessKey.id,
        EventTime: expect.any(Date),
        EventSource: 'kms.amazonaws.com',
        Username: 'bob',
        Resources: [{ ResourceType: 'AWS::KMS::Key', ResourceName: arn }],
        CloudTrailEvent: expect.any(String),
      },
    ])
    expect(JSON.parse(Events[0].CloudTrailEvent)).toMatchObject({
      eventID: Events[0].EventId,
      errorCode: 'AccessDenied',
      awsRegion: REGION,
      recipientAccountId: ACCOUNT,
    })
    expect(Events[0].EventTime.getTime() % 1000).toBe(0)
  })

  it('is there as soon as its call was answered, newest first', async () => {
    await world.as('admin').call('ListAliases')
    expect((await names({ MaxResults: 2 }))[0]).toBe('ListAliases')
  })
})

describe('each attribute', () => {
  it.each<[string, () => string, string[]]>([
    ['EventName', () => 'Encrypt', ['Encrypt']],
    ['Username', () => 'bob', ['DisableKey']],
    ['ReadOnly', () => 'false', ['DisableKey', 'CreateAlias', 'CreateKey']],
    ['ResourceType', () => 'AWS::KMS::Alias', ['CreateAlias']],
    ['ResourceType', () => 'AWS::S3::Object', []],
    ['ResourceName', () => arn, ['DisableKey', 'Encrypt', 'CreateAlias', 'CreateKey']],
    ['ResourceName', () => keyId, ['DisableKey', 'Encrypt', 'CreateAlias', 'CreateKey']],
    ['ResourceName', () => 'alias/payments', ['CreateAlias']],
    ['AccessKeyId', () => world.as('bob').accessKey.id, ['DisableKey']],
    ['EventSource', () => 'iam.amazonaws.com', []],
    ['EventId', () => 'nonsense', []],
  ])('%s: %#', async (key, value, expected) => {
    expect(await names(by(key, value()))).toEqual(expected)
  })

  it('EventId finds the one', async () => {
    const { Events } = await lookup(by('EventName', 'CreateKey'))
    expect(await names(by('EventId', Events[0].EventId))).toEqual(['CreateKey'])
  })
})

it('includes both ends of the range, by whole seconds', async () => {
  const [{ EventTime }] = (await lookup(by('EventName', 'CreateKey'))).Events
  const at = epoch(EventTime.getTime())
  expect(await names({ StartTime: at, EndTime: at })).toContain('CreateKey')
  expect(await names({ ...by('EventName', 'CreateKey'), StartTime: at + 1 })).toEqual([])
  expect(await names({ ...by('EventName', 'CreateKey'), EndTime: at - 1 })).toEqual([])
})

it('stays in its account and Region', async () => {
  expect((await world.as('outsider').call('LookupEvents')).Events).toEqual([])
  const carol = world.as('carol')
  const operation = (await import('./lookup-events.ts')).LookupEvents
  const elsewhere = await world.engine.invoke(
    { ...carol.caller, region: 'us-east-1' },
    operation,
    by('EventName', 'CreateKey'),
  )
  expect(elsewhere.output).toEqual({ Events: [] })
})

describe('pages', () => {
  it('go through everything once', async () => {
    const parameters = by('Username', 'admin')
    const all = await names(parameters)
    const walked: string[] = []
    let NextToken: string | undefined
    do {
      const page = await lookup({ ...parameters, MaxResults: 2, NextToken })
      walked.push(...page.Events.map((event: Answer) => event.EventName))
      NextToken = page.NextToken
    } while (NextToken)
    expect(walked).toEqual(all)
  })

  it('refuse a token with other parameters, or one that is none', async () => {
    const { NextToken } = await lookup({ ...by('Username', 'admin'), MaxResults: 1 })
    for (const input of [{ ...by('Username', 'bob'), NextToken }, { NextToken }, { NextToken: 'nonsense' }]) {
      expect(await world.as('carol').refusal('LookupEvents', input)).toMatchObject({
        code: 'InvalidNextTokenException',
      })
    }
  })
})

it.each([
  [
    'two attributes',
    {
      LookupAttributes: [...by('EventName', 'a').LookupAttributes, ...by('EventName', 'b').LookupAttributes],
    },
    'InvalidLookupAttributesException',
  ],
  ['ReadOnly that is neither', by('ReadOnly', 'perhaps'), 'InvalidLookupAttributesException'],
  ['an unknown attribute', by('Colour', 'red'), 'ValidationException'],
  ['a start after the end', { StartTime: 20, EndTime: 10 }, 'InvalidTimeRangeException'],
  ['an event category that is none', { EventCategory: 'management' }, 'InvalidEventCategoryException'],
  ['no results', { MaxResults: 0 }, 'InvalidMaxResultsException'],
  ['too many results', { MaxResults: 51 }, 'InvalidMaxResultsException'],
  ['a text as a number', { MaxResults: '5' }, 'SerializationException'],
])('%s is refused', async (_, input, code) => {
  expect(await world.as('carol').refusal('LookupEvents', input)).toMatchObject({ code })
})

it('needs its permission', async () => {
  expect(await world.as('bob').refusal('LookupEvents')).toMatchObject({ code: 'AccessDeniedException' })
})

it('has no insights', async () => {
  expect(await lookup({ EventCategory: 'insight' })).toEqual({ Events: [] })
})
