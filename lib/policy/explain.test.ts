import { describe, expect, it } from 'vitest'
import { compilePolicy } from './compile.ts'
import { decide } from './decide.ts'
import type { NamedPolicy, Question } from './decision.ts'
import { explain } from './explain.ts'
import { remedyOf } from './remedy.ts'
import { KEY, OURS, sessionOf, userOf } from './testing-principals.ts'

const named = (name: string, kind: 'key' | 'identity', ...Statement: object[]): NamedPolicy => ({
  name,
  hash: name,
  policy: compilePolicy(JSON.stringify({ Version: '2012-10-17', Statement }, null, 2), kind),
})

const BOB = userOf(OURS, 'bob')
const ROOT = `arn:aws:iam::${OURS}:root`
const use = (principal: unknown, more: object = {}) => ({
  Sid: 'Use',
  Effect: 'Allow',
  Principal: { AWS: principal },
  Action: 'kms:Decrypt',
  Resource: '*',
  ...more,
})
const delegate = { Effect: 'Allow', Principal: { AWS: ROOT }, Action: 'kms:*', Resource: '*' }
const tenant = (value: string) => ({ Condition: { StringEquals: { 'kms:EncryptionContext:tenant': value } } })

const ask = (more: Partial<Question> & { keyPolicy?: object[] }): Question => ({
  principal: BOB,
  action: 'kms:Decrypt',
  resource: { arn: KEY, account: OURS },
  context: new Map([['kms:encryptioncontext:tenant', ['beta']]]),
  identityPolicies: [],
  resourcePolicy: named('default', 'key', ...(more.keyPolicy ?? [delegate])),
  ...more,
})

const read = (question: Question) =>
  explain(question).map(({ statement, names, lacks }) => ({
    at: `${statement.PolicyRole} ${statement.Index + 1}`,
    fits: [statement.Principal, statement.Action, statement.Resource].map(Number).join(''),
    conditions: statement.Conditions.map(({ Key, Saw, Holds }) => `${Key} ${Saw} ${Holds}`),
    names,
    lacks,
  }))

describe('a statement explained', () => {
  it.each([
    ['fits in all its elements', use(BOB.arn), { fits: '111', names: 'caller', lacks: 0 }],
    ['names somebody else', use(userOf(OURS, 'carol').arn), { fits: '011', names: null, lacks: 1 }],
    ['names the account', use(ROOT), { fits: '111', names: 'account', lacks: 0 }],
    [
      'is about another action',
      use(BOB.arn, { Action: 'kms:Sign' }),
      { fits: '101', names: 'caller', lacks: 1 },
    ],
    [
      'has a condition that holds',
      use(BOB.arn, tenant('beta')),
      { fits: '111', lacks: 0, conditions: ['kms:EncryptionContext:tenant beta true'] },
    ],
    [
      'has a condition that does not',
      use(BOB.arn, tenant('acme')),
      { fits: '111', lacks: 1, conditions: ['kms:EncryptionContext:tenant beta false'] },
    ],
    [
      'asks for a value that the request does not have',
      use(BOB.arn, { Condition: { Bool: { 'aws:SecureTransport': 'true' } } }),
      { lacks: 1, conditions: ['aws:SecureTransport null false'] },
    ],
  ])('%s', (_, statement, expected) => {
    expect(read(ask({ keyPolicy: [statement] }))).toMatchObject([expected])
  })

  it('is quoted with the line it begins at, and said in words', () => {
    const [, second] = explain(ask({ keyPolicy: [delegate, use(BOB.arn)] }))
    expect(second?.statement.Line).toBe(12)
    expect(JSON.parse(second?.statement.Text ?? '')).toEqual(use(BOB.arn))
    expect(second?.statement.Sentence).toContain('user/bob may')
  })

  it('leaves out clauses that were not looked at when it was recorded', () => {
    const two = {
      Condition: { StringEquals: { 'kms:ViaService': 'x', 'kms:EncryptionContext:tenant': 'acme' } },
    }
    const question = ask({ keyPolicy: [use(BOB.arn, two)] })
    const [near] = explain(question, decide(question).read)
    expect(near?.statement.Conditions.map(({ Key }) => Key)).toEqual(['kms:ViaService'])
  })

  it('that cannot be understood is said to deny everything', () => {
    const broken = {
      Effect: 'Deny',
      Principal: '*',
      Action: 'kms:*',
      Resource: '*',
      Condition: { Nothing: {} },
    }
    const [near] = explain(ask({ keyPolicy: [broken] }))
    expect(near).toMatchObject({ lacks: 0, statement: { Effect: 'Deny', Text: null } })
  })
})

const decrypt = (effect: string, more: object = {}) => ({
  Effect: effect,
  Action: 'kms:Decrypt',
  Resource: '*',
  ...more,
})
const notTls = { Condition: { Bool: { 'aws:SecureTransport': 'false' } } }
const insecure = { context: new Map([['aws:securetransport', ['false']]]) }

describe('the smallest change that would flip it', () => {
  it.each<[string, Partial<Question> & { keyPolicy?: object[] }, string, RegExp]>([
    [
      'is an identity policy where the key delegates',
      {},
      'identity-policy',
      /^Allow kms:Decrypt to user\/bob in an identity/,
    ],
    [
      'is the key policy where it does not',
      { keyPolicy: [use(ROOT, { Action: 'kms:Sign' })] },
      'key-policy',
      /in the key policy\.$/,
    ],
    [
      'is the value that a condition wants',
      { keyPolicy: [use(BOB.arn, tenant('acme'))] },
      'request',
      /^Ask with encryption context tenant = acme\.$/,
    ],
    [
      'is to narrow the statement that denies',
      { keyPolicy: [use(BOB.arn)], identityPolicies: [named('no', 'identity', decrypt('Deny'))] },
      'identity-policy',
      /^Let statement 1 of identity policy no no longer deny/,
    ],
    [
      'is what spares the request from a Deny',
      { keyPolicy: [use(BOB.arn), { ...use('*', notTls), Effect: 'Deny' }], ...insecure },
      'request',
      /aws:SecureTransport = true/,
    ],
    [
      'is the boundary where that is all that is missing',
      {
        identityPolicies: [named('yes', 'identity', decrypt('Allow'))],
        boundary: named('edge', 'identity', decrypt('Allow', { Action: 's3:*' })),
      },
      'boundary',
      /permissions boundary edge\.$/,
    ],
    [
      'is the session policy where that is all that is missing',
      {
        principal: sessionOf(OURS, 'night'),
        identityPolicies: [named('yes', 'identity', decrypt('Allow'))],
        sessionPolicies: [named('tight', 'identity', decrypt('Allow', { Action: 's3:*' }))],
      },
      'session-policy',
      /in the session policy\.$/,
    ],
    [
      'is a guardrail where none allows it',
      {
        keyPolicy: [use(BOB.arn)],
        guardrails: [named('rail', 'identity', decrypt('Allow', { Action: 's3:*' }))],
      },
      'guardrail',
      /in a guardrail of the account\.$/,
    ],
    [
      'is two statements where one is not enough',
      {
        keyPolicy: [use(ROOT, { Action: 'kms:Sign' })],
        guardrails: [named('rail', 'identity', decrypt('Allow', { Action: 's3:*' }))],
      },
      'guardrail',
      /^Allow .* guardrail of the account\. Then: allow .* in the key policy\.$/,
    ],
    [
      'is to take out what allows it',
      { keyPolicy: [use(BOB.arn)] },
      'key-policy',
      /^Take kms:Decrypt for user\/bob out of statement 1/,
    ],
    [
      'is to take out everything that allows it',
      { keyPolicy: [use(BOB.arn), use('*')] },
      'key-policy',
      /statement 1 \("Use"\) of the key policy, and statement 2/,
    ],
    [
      'is to revoke the grant that gave it',
      {
        keyPolicy: [use(ROOT, { Action: 'kms:Sign' })],
        grants: [
          { id: 'g1', grantee: { kind: 'AWS', name: BOB.arn }, operations: ['Decrypt'], constraints: null },
        ],
      },
      'grant',
      /^Revoke grant g1\.$/,
    ],
  ])('%s', (_, given, where, sentence) => {
    const question = ask(given)
    const remedy = remedyOf(question, decide(question))
    expect(remedy?.Where).toBe(where)
    expect(remedy?.Sentence).toMatch(sentence)
  })

  it('is a statement that does flip it when it is added', () => {
    const question = ask({ keyPolicy: [use(ROOT, { Action: 'kms:Sign' })] })
    const added = JSON.parse(remedyOf(question, decide(question))?.Statement ?? '{}')
    expect(decide(ask({ keyPolicy: [added] })).allowed).toBe(true)
  })
})
