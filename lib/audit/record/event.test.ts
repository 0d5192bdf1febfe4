import { describe, expect, it } from 'vitest'
import { caller, facts, KEY, KEY_2, keyResource, OTHER } from '#lib/testing/audit-log.ts'
import { uuidv7 } from '../../crypto/random.ts'
import { buildEvents, type EventFacts } from './event.ts'

const record = (some: Partial<EventFacts> = {}) =>
  JSON.parse(buildEvents(facts(some))[0].body.toString('utf8'))
const at = new Date('2026-11-24T10:20:30.456Z')

describe('a record', () => {
  it('has the shape of CloudTrail, in its order', () => {
    const alice = caller('alice')
    expect(
      Object.entries(
        record({ at, caller: alice, id: uuidv7(at.getTime()), additional: { keyMaterialId: 'ab' } }),
      ),
    ).toMatchObject([
      ['eventVersion', '1.11'],
      [
        'userIdentity',
        {
          type: 'IAMUser',
          principalId: 'AIDAALICE',
          arn: alice.principal.arn,
          accountId: '111122223333',
          accessKeyId: 'AKIAALICE',
          userName: 'alice',
        },
      ],
      ['eventTime', '2026-11-24T10:20:30Z'],
      ['eventSource', 'kms.amazonaws.com'],
      ['eventName', 'Encrypt'],
      ['awsRegion', 'eu-west-1'],
      ['sourceIPAddress', '192.0.2.7'],
      ['userAgent', 'aws-cli/2.31.0'],
      ['requestParameters', { keyId: KEY, encryptionContext: { tenant: 'acme' } }],
      ['responseElements', null],
      ['additionalEventData', { keyMaterialId: 'ab' }],
      ['requestID', alice.channel.requestId],
      ['eventID', expect.stringMatching(/^[0-9a-f-]{36}$/)],
      ['readOnly', true],
      ['resources', [{ accountId: '111122223333', type: 'AWS::KMS::Key', ARN: keyResource(KEY).arn }]],
      ['eventType', 'AwsApiCall'],
      ['managementEvent', true],
      ['recipientAccountId', '111122223333'],
      ['eventCategory', 'Management'],
      [
        'tlsDetails',
        {
          tlsVersion: 'TLSv1.3',
          cipherSuite: 'TLS_AES_256_GCM_SHA384',
          clientProvidedHostHeader: 'kms.example.com',
        },
      ],
      ['keyhouse', { class: 'crypto', outcome: 'ok', source: 'wire' }],
    ])
  })

  const alice = caller('alice')
  const SIGNED_IN = {
    issuedAt: new Date(0),
    mfaAt: undefined,
    sourceIdentity: undefined,
    federatedProvider: undefined,
  }
  const root = {
    ...alice,
    principal: {
      ...alice.principal,
      kind: 'root' as const,
      id: '111122223333',
      name: 'root',
      arn: 'arn:aws:iam::111122223333:root',
    },
  }
  const session = { ...alice, credential: { kind: 'session' as const, id: 's', facts: SIGNED_IN } }
  const plain = { ...alice, channel: { ...alice.channel, tls: undefined } }

  it.each<[string, Partial<EventFacts>, object, string[]]>([
    [
      'the account root',
      { caller: root },
      {
        userIdentity: {
          type: 'Root',
          principalId: '111122223333',
          accountId: '111122223333',
          accessKeyId: 'AKIAALICE',
        },
      },
      ['errorCode', 'sharedEventID'],
    ],
    [
      'a person at the console',
      { caller: session, source: 'console' },
      { sessionCredentialFromConsole: 'true', keyhouse: { source: 'console' } },
      ['errorCode'],
    ],
    ['a call without TLS', { caller: plain }, { sourceIPAddress: '192.0.2.7' }, ['tlsDetails']],
    [
      'a refusal',
      { outcome: 'denied', error: { code: 'AccessDeniedException', message: 'no' }, response: { x: 1 } },
      {
        errorCode: 'AccessDeniedException',
        errorMessage: 'no',
        responseElements: null,
        keyhouse: { outcome: 'denied' },
      },
      [],
    ],
    [
      'a rotation',
      {
        caller: { kind: 'internal', account: '111122223333' },
        class: 'system',
        source: 'internal',
        operationName: 'RotateKey',
        request: null,
        readOnly: false,
        serviceEventDetails: { keyId: KEY },
      },
      {
        userIdentity: { accountId: '111122223333', invokedBy: 'AWS Internal' },
        sourceIPAddress: 'AWS Internal',
        userAgent: 'AWS Internal',
        eventType: 'AwsServiceEvent',
        serviceEventDetails: { keyId: KEY },
      },
      ['requestID', 'tlsDetails'],
    ],
    [
      'a refused sign-in',
      {
        caller: { kind: 'unproven', account: '111122223333', name: null, channel: alice.channel },
        class: 'auth',
        eventType: 'AwsConsoleSignIn',
      },
      {
        userIdentity: {
          type: 'IAMUser',
          accountId: '111122223333',
          userName: 'HIDDEN_DUE_TO_SECURITY_REASONS',
        },
        eventType: 'AwsConsoleSignIn',
      },
      [],
    ],
    [
      'an alias in the request',
      { aliasName: 'alias/payments' },
      { keyhouse: { aliasName: 'alias/payments' } },
      [],
    ],
    [
      'dates',
      { response: { deletionDate: new Date('2021-11-02T23:25:25Z') } },
      { responseElements: { deletionDate: 'Nov 2, 2021, 11:25:25 PM' } },
      [],
    ],
    [
      'undefined members',
      { request: { keyId: undefined, limit: 5 } },
      { requestParameters: { limit: 5 } },
      [],
    ],
  ])('%s', (_, some, expected, absent) => {
    const found = record(some)
    expect(found).toMatchObject(expected)
    for (const name of absent) expect(found).not.toHaveProperty(name)
  })
})

describe('what came from outside', () => {
  it.each([
    ['an escape sequence', '\u001b[31mred', '\\u001b[31mred'],
    ['a line break in a header', 'a\r\nb', 'a\\u000d\\u000ab'],
    ['text that turns around', 'a\u202eb', 'a\\u202eb'],
    ['a zero', 'a\u0000b', 'a\\u0000b'],
    ['half a character', 'a\ud800b', 'a\ufffdb'],
  ])('%s is made visible', (_, agent, expected) => {
    const alice = caller('alice')
    const found = record({
      caller: { ...alice, channel: { ...alice.channel, userAgent: agent } },
      request: { note: agent },
    })
    expect(found.userAgent).toBe(expected)
    expect(found.requestParameters.note.replaceAll('\r', '\\u000d').replaceAll('\n', '\\u000a')).toBe(
      expected,
    )
  })

  it('is cut where it is too long, and a record that is too large names what it lacks', () => {
    const alice = caller('alice')
    const long = record({ caller: { ...alice, channel: { ...alice.channel, userAgent: 'x'.repeat(9000) } } })
    expect(long.userAgent).toHaveLength(1024 + '… (9000 characters)'.length)
    const large = record({
      request: Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`m${i}`, 'y'.repeat(30_000)])),
    })
    expect(large.requestParameters).toMatchObject({ omitted: true, reason: 'too large' })
  })

  it('keeps the lines of a policy and a pair named __proto__', () => {
    const request = { policy: '{\n}', encryptionContext: JSON.parse('{"__proto__":"x","a":"b"}') }
    const [{ body }] = buildEvents(facts({ request }))
    expect(body.toString()).toContain('{"__proto__":"x","a":"b"}')
    expect(body.toString()).not.toContain('\n')
    expect(JSON.parse(body.toString()).requestParameters.policy).toBe('{\n}')
  })

  it('never holds bytes', () => {
    expect(() => buildEvents(facts({ request: { Plaintext: new Uint8Array(3) } }))).toThrow(
      'bytes may not enter the log',
    )
  })
})

describe('a call that touches another account', () => {
  const foreign = { resources: [keyResource(KEY), keyResource(KEY_2, OTHER)] }

  it('is in both logs, and the owner learns only which account it was', () => {
    const [mine, theirs] = buildEvents(facts({ ...foreign, ownerDecision: { verdict: 'allowed' } }))
    if (!theirs) throw new Error('no copy')
    const [a, b] = [JSON.parse(mine.body.toString()), JSON.parse(theirs.body.toString())]
    expect(a.sharedEventID).toBe(b.sharedEventID)
    expect(a.eventID).not.toBe(b.eventID)
    expect(b.userIdentity).toEqual({
      type: 'AWSAccount',
      principalId: 'AIDAALICE',
      accountId: '111122223333',
    })
    expect([a.recipientAccountId, b.recipientAccountId]).toEqual(['111122223333', OTHER])
    expect(theirs).toMatchObject({
      accountId: OTHER,
      keyId: KEY_2,
      context: null,
      decision: '{"verdict":"allowed"}',
    })
    expect(mine).toMatchObject({ keyId: KEY, decision: '{"decisions":[]}' })
  })

  it('is in the caller’s log alone when it was denied', () => {
    expect(
      buildEvents(
        facts({ ...foreign, outcome: 'denied', error: { code: 'AccessDeniedException', message: '' } }),
      ),
    ).toHaveLength(1)
  })
})
