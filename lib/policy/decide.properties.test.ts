import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lintPositions, readPolicy } from '#lib/domain/policy-grammar.ts'
import { checkIdentityPolicy, checkKeyPolicy } from './check.ts'
import { compilePolicy } from './compile.ts'
import { decide, type Question } from './decide.ts'

const ACCOUNT = '111122223333'
const KEY = `arn:aws:kms:us-east-1:${ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab`
const BOB = `arn:aws:iam::${ACCOUNT}:user/bob`
const ROOT = `arn:aws:iam::${ACCOUNT}:root`

const condition = fc.constantFrom(
  undefined,
  { StringEquals: { 'kms:ViaService': 's3' } },
  { StringNotLike: { 'kms:ViaService': ['s3*', `\${aws:username}`] } },
  { 'ForAllValues:StringEquals': { 'kms:GrantOperations': ['Decrypt'] } },
  { NotIpAddress: { 'aws:SourceIp': '10.0.0.0/8' } },
  { Null: { 'aws:SourceIp': 'true' } },
  { Nonsense: { 'aws:SourceIp': 'true' } },
)
const shared = {
  Effect: fc.constantFrom('Allow', 'Deny'),
  Action: fc.constantFrom('kms:*', 'kms:Decrypt', 'kms:Enc*', ['kms:List*', 'kms:D?crypt'], '*'),
  Resource: fc.constantFrom('*', KEY, 'arn:aws:kms:*:*:key/*', 'arn:aws:kms:eu-west-1:*:key/x'),
  Condition: condition,
}
const keyStatement = fc.record({
  ...shared,
  Principal: fc.constantFrom(
    '*',
    { AWS: BOB },
    { AWS: ROOT },
    { AWS: ACCOUNT },
    { AWS: [BOB, ROOT] },
    { Service: 's3.amazonaws.com' },
  ),
})
const identityStatement = fc.record(shared)
const context = fc.constantFrom(
  new Map<string, string[]>(),
  new Map([
    ['kms:viaservice', ['s3']],
    ['aws:sourceip', ['10.1.1.1']],
    ['kms:grantoperations', ['Decrypt', 'Encrypt']],
  ]),
  new Map([
    ['kms:viaservice', ['ec2']],
    ['aws:sourceip', ['192.0.2.1']],
    ['aws:username', ['bob']],
  ]),
)
const principal = fc.constantFrom(
  { kind: 'user' as const, partition: 'aws', account: ACCOUNT, id: 'AIDAX', name: 'bob', arn: BOB },
  { kind: 'root' as const, partition: 'aws', account: ACCOUNT, id: ACCOUNT, name: 'root', arn: ROOT },
  {
    kind: 'user' as const,
    partition: 'aws',
    account: '444455556666',
    id: 'AIDAY',
    name: 'dave',
    arn: 'arn:aws:iam::444455556666:user/dave',
  },
)
const action = fc.constantFrom('kms:Decrypt', 'kms:Encrypt', 'kms:PutKeyPolicy', 'kms:ListGrants')

const situation = fc.record({
  principal,
  action,
  context,
  key: fc.array(keyStatement, { minLength: 1, maxLength: 4 }),
  identity: fc.array(identityStatement, { minLength: 1, maxLength: 3 }),
})
type Situation = typeof situation extends fc.Arbitrary<infer T> ? T : never

const policy = (kind: 'key' | 'identity', text: string) => ({
  name: kind,
  hash: '00',
  policy: compilePolicy(text, kind),
})
const print = (statements: readonly unknown[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements })

function question(given: Situation, key = print(given.key), identity = print(given.identity)): Question {
  const { principal, action, context } = given
  const resource = { arn: KEY, account: ACCOUNT }
  return {
    principal,
    action,
    context,
    resource,
    keyPolicy: policy('key', key),
    identityPolicies: [policy('identity', identity)],
  }
}
const outcome = (asked: Question) => {
  const { allowed, verdict, reason } = decide(asked)
  return { allowed, verdict, reason }
}

describe('deciding', () => {
  it('does not depend on the order of statements', () => {
    fc.assert(
      fc.property(situation, (given) => {
        const turned = question(given, print([...given.key].reverse()), print([...given.identity].reverse()))
        expect(outcome(turned)).toEqual(outcome(question(given)))
      }),
    )
  })

  it('never grants more when a deny is added', () => {
    fc.assert(
      fc.property(situation, keyStatement, identityStatement, (given, forKey, forIdentity) => {
        const key = print([...given.key, { ...forKey, Effect: 'Deny' }])
        const identity = print([...given.identity, { ...forIdentity, Effect: 'Deny' }])
        const before = decide(question(given)).allowed
        if (decide(question(given, key, identity)).allowed) expect(before).toBe(true)
      }),
    )
  })

  it('never grants less when an allow is added', () => {
    fc.assert(
      fc.property(situation, keyStatement, (given, more) => {
        // A statement that is not understood is left out when it is an Allow.
        const key = print([...given.key, { ...more, Effect: 'Allow' }])
        if (decide(question(given)).allowed) expect(decide(question(given, key)).allowed).toBe(true)
      }),
    )
  })

  it('never allows by silence', () => {
    fc.assert(
      fc.property(situation, (given) => {
        const silent = given.key.map((statement) => ({ ...statement, Action: 's3:GetObject' }))
        expect(decide(question(given, print(silent))).allowed).toBe(false)
      }),
    )
  })

  it('names a deciding statement whenever a user is allowed or explicitly denied', () => {
    fc.assert(
      fc.property(situation, (given) => {
        const decision = decide(question(given))
        expect(decision.deciding === null).toBe(decision.verdict === 'implicit-deny')
      }),
    )
  })
})

describe('what is not a policy', () => {
  const mangled = fc
    .tuple(situation, fc.nat(), fc.nat(3), fc.string({ maxLength: 4 }))
    .map(([given, at, cut, inserted]) => {
      const text = print(given.key)
      const place = at % text.length
      return { given, text: text.slice(0, place) + inserted + text.slice(place + cut) }
    })

  it('never allows and never throws', () => {
    fc.assert(
      fc.property(situation, fc.oneof(fc.string(), fc.json()), (given, text) => {
        expect(decide(question(given, text)).allowed).toBe(false)
      }),
    )
  })

  it('is compiled, checked and described without throwing, however it was mangled', () => {
    fc.assert(
      fc.property(mangled, ({ given, text }) => {
        decide(question(given, text))
        for (const kind of ['key', 'identity'] as const) {
          readPolicy(text, kind)
          for (const { from, to } of lintPositions(text, kind)) {
            expect(0 <= from && from <= to && to <= text.length).toBe(true)
          }
        }
        checkIdentityPolicy(text)
        checkKeyPolicy(text, { partition: 'aws', account: ACCOUNT, principalExists: () => true })
      }),
      { numRuns: 500 },
    )
  })

  it('is refused on write whenever compiling could not understand all of it', () => {
    fc.assert(
      fc.property(mangled, ({ text }) => {
        const accepted =
          checkKeyPolicy(text, { partition: 'aws', account: ACCOUNT, principalExists: () => true }) === null
        if (accepted) expect(compilePolicy(text, 'key').readable).toBe(true)
      }),
      { numRuns: 500 },
    )
  })
})
