/** Grants in the evaluator: what they add to the policies, and what they never do. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Principal } from '#lib/domain/caller.ts'
import { GRANT_OPERATIONS, type Grant, type GrantOperation } from '#lib/domain/grant.ts'
import { compilePolicy } from './compile.ts'
import { decide } from './decide.ts'
import type { Question } from './decision.ts'
import { KEY, OURS, PRINCIPALS, rootOf, THEIRS, userOf } from './testing-principals.ts'

const SOURCE = 'arn:aws:s3:::orders'

const { bob, dave, session } = PRINCIPALS

const named = (kind: 'key' | 'identity', Statement: object | object[]) => ({
  name: kind,
  hash: '00',
  policy: compilePolicy(JSON.stringify({ Version: '2012-10-17', Statement }), kind),
})
const silent = named('key', {
  Effect: 'Allow',
  Principal: { AWS: rootOf(OURS).arn },
  Action: 'kms:PutKeyPolicy',
  Resource: '*',
})
const any = { Action: '*', Resource: '*' }
const allowAll = named('identity', { Effect: 'Allow', ...any })
const denyAll = named('identity', { Effect: 'Deny', ...any })
const keyDenies = named('key', { Effect: 'Deny', Principal: '*', ...any })
const keyAllowsBob = named('key', { Effect: 'Allow', Principal: { AWS: bob.arn }, ...any })

const grant = (to: Principal | string, given: Partial<Grant> = {}): Grant => ({
  id: 'a'.repeat(64),
  grantee: { kind: 'AWS', name: typeof to === 'string' ? to : to.arn },
  operations: ['Decrypt'],
  constraints: null,
  ...given,
})
const ask = (given: Partial<Question>): Question => ({
  principal: bob,
  action: 'kms:Decrypt',
  resource: { arn: KEY, account: OURS },
  context: new Map(),
  resourcePolicy: silent,
  identityPolicies: [],
  ...given,
})

const acme = { tenant: 'acme' }
const onlyAcme = { constraints: { EncryptionContextEquals: acme } }
const creates: Partial<Grant> = { operations: ['CreateGrant', 'Decrypt'], constraints: { SourceArn: SOURCE } }
const child = { operations: ['Decrypt'] as const, constraints: { SourceArn: SOURCE } }
const fromSource = new Map([['aws:sourcearn', [SOURCE]]])

describe('with a grant', () => {
  it.each<[string, Partial<Question>, boolean]>([
    ['its grantee may, without any policy', { grants: [grant(bob)] }, true],
    ['somebody else may not', { grants: [grant(userOf(OURS, 'carol'))] }, false],
    ['another case of the name is somebody else', { grants: [grant(bob.arn.toUpperCase())] }, false],
    ['only what it lists may be done', { grants: [grant(bob, { operations: ['Encrypt'] })] }, false],
    [
      'nothing beyond grant operations may be done',
      {
        action: 'kms:PutKeyPolicy',
        principal: dave,
        grants: [grant(dave, { operations: [...GRANT_OPERATIONS] })],
      },
      false,
    ],
    ['of an action without a key nothing changes', { resourcePolicy: null, grants: [grant(bob)] }, false],
    [
      'a service of this name is no caller',
      { grants: [grant(bob, { grantee: { kind: 'Service', name: bob.arn } })] },
      false,
    ],
    ['the policies may be enough', { resourcePolicy: keyAllowsBob, grants: [] }, true],
    ['an identity policy can deny', { identityPolicies: [denyAll], grants: [grant(bob)] }, false],
    ['the key policy can deny', { resourcePolicy: keyDenies, grants: [grant(bob)] }, false],
    [
      'a grantee of another account may: both sides are satisfied',
      { principal: dave, grants: [grant(dave)] },
      true,
    ],
    [
      'another account can still deny its own',
      { principal: dave, identityPolicies: [denyAll], grants: [grant(dave)] },
      false,
    ],
    ['to the account its root user may', { principal: rootOf(OURS), grants: [grant(rootOf(OURS))] }, true],
    ['to the account others need an identity policy', { grants: [grant(rootOf(OURS))] }, false],
    [
      'to the account others may with an identity policy',
      { identityPolicies: [allowAll], grants: [grant(rootOf(OURS))] },
      true,
    ],
    [
      'to another account its people may by identity policy',
      { principal: dave, identityPolicies: [allowAll], grants: [grant(rootOf(THEIRS))] },
      true,
    ],
    [
      'the second of two may be the one',
      { grants: [grant(bob, { operations: ['Encrypt'] }), grant(bob)] },
      true,
    ],
    ['a constraint must hold', { grants: [grant(bob, onlyAcme)] }, false],
    ['a constraint holds for its context', { encryptionContext: acme, grants: [grant(bob, onlyAcme)] }, true],
    [
      'a source must be the request’s',
      { context: fromSource, grants: [grant(bob, { constraints: { SourceArn: SOURCE } })] },
      true,
    ],
    ['a source is not supposed', { grants: [grant(bob, { constraints: { SourceArn: SOURCE } })] }, false],
    [
      'a child may be as strict',
      { action: 'kms:CreateGrant', context: fromSource, childGrant: child, grants: [grant(bob, creates)] },
      true,
    ],
    [
      'a child may not be weaker',
      {
        action: 'kms:CreateGrant',
        context: fromSource,
        childGrant: { ...child, constraints: null },
        grants: [grant(bob, creates)],
      },
      false,
    ],
    [
      'a child must be known',
      { action: 'kms:CreateGrant', context: fromSource, grants: [grant(bob, creates)] },
      false,
    ],
  ])('%s', (_, given, allowed) => {
    const decision = decide(ask(given))
    expect(decision.allowed).toBe(allowed)
    expect(decision.grant === null).toBe(!allowed || given.resourcePolicy === keyAllowsBob)
  })

  it('shows which, in the last gate and beside the deciding statement', () => {
    const decision = decide(ask({ identityPolicies: [allowAll], grants: [grant(rootOf(OURS))] }))
    const ref = { id: 'a'.repeat(64), operation: 'Decrypt' }
    expect(decision.grant).toEqual(ref)
    expect(decision.deciding?.policy.kind).toBe('identity')
    expect(decision.gates.map(({ gate, result, grant: by }) => [gate, result, by])).toEqual([
      ['explicit-deny', 'pass', undefined],
      ['guardrails', 'not-applicable', undefined],
      ['key-policy', 'no', undefined],
      ['delegation', 'no', undefined],
      ['identity-policy', 'pass', undefined],
      ['boundary', 'not-applicable', undefined],
      ['session-policy', 'not-applicable', undefined],
      ['grants', 'pass', ref],
    ])
  })

  it('says that grants were asked in vain, and reads what constraints look at', () => {
    const context = new Map([['kms:encryptioncontext:tenant', ['beta']]])
    const encryptionContext = { Tenant: 'beta' }
    const both = { EncryptionContextSubset: acme, SourceArn: SOURCE }
    const decision = decide(ask({ context, encryptionContext, grants: [grant(bob, { constraints: both })] }))
    expect(decision).toMatchObject({ verdict: 'implicit-deny', grant: null })
    expect(decision.gates.at(-1)).toEqual({ gate: 'grants', result: 'no', by: null })
    expect(decision.read).toEqual(
      new Map([
        ['kms:encryptioncontext:tenant', ['beta']],
        ['aws:sourcearn', null],
      ]),
    )
  })
})

describe('RetireGrant', () => {
  const retire = (given: Partial<Question>) => decide(ask({ action: 'kms:RetireGrant', ...given })).allowed
  const by = (to: Principal) => [grant(to, { operations: ['RetireGrant'] })]
  it.each<[string, Partial<Question>, boolean]>([
    ['is not allowed by a key policy', { resourcePolicy: keyAllowsBob, grants: [] }, false],
    ['is not allowed by an identity policy', { identityPolicies: [allowAll], grants: [] }, false],
    ['is allowed by the grant', { grants: by(bob) }, true],
    [
      'is allowed through the account that the grant names',
      { identityPolicies: [allowAll], grants: by(rootOf(OURS)) },
      true,
    ],
    ['is denied by an explicit deny', { resourcePolicy: keyDenies, grants: by(bob) }, false],
  ])('%s', (_, given, allowed) => {
    expect(retire(given)).toBe(allowed)
  })
})

const statement = fc.record({
  Effect: fc.constantFrom('Allow', 'Deny'),
  Action: fc.constantFrom('kms:*', 'kms:Decrypt', 'kms:Encrypt', 'kms:*Grant*'),
  Resource: fc.constant('*'),
})
const principals = fc.constantFrom(bob, dave, session, rootOf(OURS), rootOf(THEIRS))
const contexts = fc.constantFrom(undefined, acme, { tenant: 'beta' }, { ...acme, more: 'x' })
const grants = fc.array(
  fc.record({
    id: fc.constantFrom('a'.repeat(64), 'b'.repeat(64)),
    grantee: fc.record({
      kind: fc.constantFrom('AWS' as const, 'Service' as const),
      name: fc.oneof(
        principals.map((one) => one.arn),
        fc.constant(session.role?.arn ?? ''),
      ),
    }),
    operations: fc.subarray<GrantOperation>(['Decrypt', 'Encrypt', 'CreateGrant', 'RetireGrant'], {
      minLength: 1,
    }),
    constraints: fc.constantFrom(null, { EncryptionContextEquals: acme }, { EncryptionContextSubset: acme }),
  }),
  { maxLength: 4 },
)
const situation = fc.record({
  principal: principals,
  action: fc.constantFrom(
    'kms:Decrypt',
    'kms:Encrypt',
    'kms:CreateGrant',
    'kms:PutKeyPolicy',
    'kms:RetireGrant',
  ),
  encryptionContext: contexts,
  resourcePolicy: fc
    .array(fc.tuple(statement, fc.constantFrom('*', { AWS: bob.arn }, { AWS: OURS }, { AWS: THEIRS })), {
      minLength: 1,
      maxLength: 3,
    })
    .map((all) =>
      named(
        'key',
        all.map(([one, Principal]) => ({ ...one, Principal })),
      ),
    ),
  identityPolicies: fc
    .array(statement, { minLength: 1, maxLength: 2 })
    .map((all) => [named('identity', all)]),
  sessionPolicies: fc.option(
    statement.map((one) => [named('identity', one)]),
    { nil: undefined },
  ),
})

describe('adding grants', () => {
  it('never lifts an explicit deny, and never takes anything away', () => {
    fc.assert(
      fc.property(situation, grants, (given, more) => {
        const before = decide(ask(given))
        const after = decide(ask({ ...given, grants: more }))
        if (before.verdict === 'explicit-deny') expect(after.verdict).toBe('explicit-deny')
        if (before.allowed) expect(after).toEqual(before)
      }),
      { numRuns: 1000 },
    )
  })

  it('never widens beyond their operations, constraints and grantees', () => {
    fc.assert(
      fc.property(situation, grants, (given, more) => {
        const before = decide(ask(given))
        const after = decide(ask({ ...given, grants: more }))
        if (before.allowed || !after.allowed) return
        const used = more.find(
          (one) =>
            one.id === after.grant?.id &&
            one.grantee.kind === 'AWS' &&
            one.operations.some((operation) => `kms:${operation}` === given.action) &&
            one.grantee.name.split(':')[4] === given.principal.account,
        )
        expect(used).toBeDefined()
      }),
      { numRuns: 1000 },
    )
  })

  it('does not depend on their order', () => {
    fc.assert(
      fc.property(situation, grants, (given, more) => {
        const turned = decide(ask({ ...given, grants: [...more].reverse() }))
        expect(turned.allowed).toBe(decide(ask({ ...given, grants: more })).allowed)
      }),
    )
  })
})
