/** What a decision shows besides its answer. The answers themselves are the cases of testdata (cases.test.ts). */
import { describe, expect, it } from 'vitest'
import { decide } from './decide.ts'
import { GATES, type Question } from './decision.ts'
import { denialText } from './denial-text.ts'
import { named } from './testing-cases.ts'
import { KEY, OURS, PRINCIPALS, SERVICE, THEIRS } from './testing-principals.ts'

const delegating = {
  Version: '2012-10-17',
  Statement: { Sid: 'Enable IAM', Effect: 'Allow', Principal: { AWS: OURS }, Action: 'kms:*', Resource: '*' },
}

describe('a decision', () => {
  const ask = (given: Partial<Question>): Question => ({
    principal: PRINCIPALS.bob,
    action: 'kms:Decrypt',
    resource: { arn: KEY, account: OURS },
    context: new Map(),
    resourcePolicy: named('key', 'default', delegating),
    identityPolicies: [],
    ...given,
  })

  it('shows each gate with the statement that opened it', () => {
    const policy = {
      Version: '2012-10-17',
      Statement: [{ Sid: 'Use', Effect: 'Allow', Action: 'kms:*', Resource: '*' }],
    }
    const { gates } = decide(ask({ identityPolicies: [named('identity', 'developers', policy)] }))
    expect(gates.map(({ gate, result, by }) => [gate, result, by?.sid ?? null])).toEqual([
      ['explicit-deny', 'pass', null],
      ['guardrails', 'not-applicable', null],
      ['key-policy', 'no', null],
      ['delegation', 'pass', 'Enable IAM'],
      ['identity-policy', 'pass', 'Use'],
      ['boundary', 'not-applicable', null],
      ['session-policy', 'not-applicable', null],
      ['grants', 'not-applicable', null],
    ])
  })

  it('shows guardrails, boundary and session policies where there are any', () => {
    const use = (Sid: string, Action: string) => ({
      Version: '2012-10-17',
      Statement: [{ Sid, Effect: 'Allow', Action, Resource: '*' }],
    })
    const decision = decide(
      ask({
        principal: PRINCIPALS.session,
        guardrails: [named('identity', 'full', use('Full', '*'))],
        identityPolicies: [named('identity', 'developers', use('Use', 'kms:*'))],
        boundary: named('identity', 'edge', use('Edge', 'kms:Decrypt')),
        sessionPolicies: [named('identity', 'inline', use('Inline', 'kms:Sign'))],
      }),
    )
    expect(decision.reason).toBe('no-session-policy')
    expect(decision.gates.map(({ gate, result, by }) => [gate, result, by?.sid ?? null])).toEqual([
      ['explicit-deny', 'pass', null],
      ['guardrails', 'pass', 'Full'],
      ['key-policy', 'no', null],
      ['delegation', 'pass', 'Enable IAM'],
      ['identity-policy', 'pass', 'Use'],
      ['boundary', 'pass', 'Edge'],
      ['session-policy', 'no', null],
      ['grants', 'not-applicable', null],
    ])
    expect(decision.gates.find(({ gate }) => gate === 'boundary')?.by?.policy).toEqual({
      kind: 'boundary',
      name: 'edge',
      hash: '00',
    })
  })

  it('names the gates in one order, whatever it comes to', () => {
    const questions = [{}, { resourcePolicy: null }, { principal: PRINCIPALS.service }, { guardrails: [] }]
    for (const given of questions) expect(decide(ask(given)).gates.map(({ gate }) => gate)).toEqual(GATES)
  })

  it('remembers every condition value it looked at, and what was absent', () => {
    const Condition = {
      StringLike: { 'kms:ViaService': `\${aws:PrincipalTag/Team}*` },
      Bool: { 'aws:SecureTransport': 'true' },
    }
    const resourcePolicy = named('key', 'default', {
      ...delegating,
      Statement: [{ ...delegating.Statement, Condition }],
    })
    const context = new Map([
      ['kms:viaservice', ['s3']],
      ['aws:principaltag/team', ['s']],
      ['aws:userid', ['x']],
    ])
    expect(decide(ask({ resourcePolicy, context })).read).toEqual(
      new Map([
        ['kms:viaservice', ['s3']],
        ['aws:principaltag/team', ['s']],
        ['aws:securetransport', null],
      ]),
    )
  })

  it('denies when judging fails', () => {
    const broken = new Map<string, string[]>()
    broken.get = () => {
      throw new Error('the context is broken')
    }
    const Condition = { Bool: { 'aws:SecureTransport': 'true' } }
    const resourcePolicy = named('key', 'default', {
      ...delegating,
      Statement: { ...delegating.Statement, Condition, Principal: '*' },
    })
    expect(decide(ask({ resourcePolicy, context: broken }))).toMatchObject({
      allowed: false,
      verdict: 'implicit-deny',
    })
  })

  const who = `User: arn:aws:iam::${OURS}:user/bob is not authorized to perform:`
  const deny = { Version: '2012-10-17', Statement: { Effect: 'Deny', Action: '*', Resource: '*' } }
  const denyAll = { ...delegating, Statement: { ...delegating.Statement, Effect: 'Deny' } }
  const nobody = { ...delegating, Statement: { ...delegating.Statement, Principal: { AWS: THEIRS } } }
  const silent = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 'kms:Sign', Resource: '*' } }
  const open = { ...silent, Statement: { ...silent.Statement, Action: '*' } }
  const mine = { identityPolicies: [named('identity', 'x', open)] }
  const on = (text: string) => `${who} kms:Decrypt on resource: ${KEY} ${text}`
  it.each<[string, Partial<Question>, string]>([
    [
      'no identity policy',
      {},
      `${who} kms:Decrypt on resource: ${KEY} because no identity-based policy allows the kms:Decrypt action`,
    ],
    [
      'no key policy',
      { resourcePolicy: named('key', 'default', nobody) },
      `${who} kms:Decrypt on resource: ${KEY} because no resource-based policy allows the kms:Decrypt action`,
    ],
    [
      'a deny of identity',
      { identityPolicies: [named('identity', 'x', deny)] },
      `${who} kms:Decrypt on resource: ${KEY} with an explicit deny in an identity-based policy`,
    ],
    [
      'a deny of the key',
      { resourcePolicy: named('key', 'default', denyAll) },
      `${who} kms:Decrypt on resource: ${KEY} with an explicit deny in a resource-based policy`,
    ],
    [
      'no resource',
      { resourcePolicy: null, action: 'kms:CreateKey', resource: { arn: '*', account: OURS } },
      `${who} kms:CreateKey because no identity-based policy allows the kms:CreateKey action`,
    ],
    [
      'a guardrail that is silent',
      { guardrails: [named('identity', 'x', silent)] },
      on('because no service control policy allows the kms:Decrypt action'),
    ],
    [
      'a guardrail that denies',
      { guardrails: [named('identity', 'x', deny)] },
      on('with an explicit deny in a service control policy'),
    ],
    [
      'a boundary that is silent',
      { ...mine, boundary: named('identity', 'x', silent) },
      on('because no permissions boundary allows the kms:Decrypt action'),
    ],
    [
      'a boundary that denies',
      { boundary: named('identity', 'x', deny) },
      on('with an explicit deny in a permissions boundary'),
    ],
    [
      'a session policy that is silent',
      { ...mine, sessionPolicies: [named('identity', 'x', silent)] },
      on('because no session policy allows the kms:Decrypt action'),
    ],
    [
      'a session policy that denies',
      { sessionPolicies: [named('identity', 'x', deny)] },
      on('with an explicit deny in a session policy'),
    ],
    [
      'a session, by the name that STS gave it',
      { principal: PRINCIPALS.session },
      `User: ${PRINCIPALS.session.arn} is not authorized to perform: kms:Decrypt on resource: ${KEY} because no identity-based policy allows the kms:Decrypt action`,
    ],
    [
      'a service, by its name',
      { principal: PRINCIPALS.service },
      `User: ${SERVICE} is not authorized to perform: kms:Decrypt on resource: ${KEY} because no resource-based policy allows the kms:Decrypt action`,
    ],
  ])('is refused in the words of AWS: %s', (_, given, text) => {
    const question = ask(given)
    expect(denialText(decide(question), question)).toBe(text)
  })
})
