import { describe, expect, it } from 'vitest'
import { contextExamples, readContext } from './context-examples.ts'
import { type GrantDraft, grantFaults, grantInput, NEW_GRANT, refusedPart } from './grant-draft.ts'
import { principalArn } from './principal-arn.ts'

const scope = { account: '111122223333', region: 'eu-west-1' }
const BOB = 'arn:aws:iam::111122223333:user/bob'
const draft = (part: Partial<GrantDraft>): GrantDraft => ({
  ...NEW_GRANT,
  grantee: { ...NEW_GRANT.grantee, identity: BOB },
  operations: ['Decrypt'],
  ...part,
})
const pairs = (context: Record<string, string>) =>
  Object.entries(context).map(([name, value], id) => ({ id, name, value }))
const many = Object.fromEntries(Array.from({ length: 9 }, (_, at) => [`n${at}`, 'v']))

describe('a grant that is being written', () => {
  it.each([
    ['nothing, when it is whole', {}, []],
    ['that nobody gets it', { grantee: { ...NEW_GRANT.grantee } }, ['grantee']],
    ['an ARN that is none', { kind: 'arn', grantee: { ...NEW_GRANT.grantee, arn: 'bob' } }, ['grantee']],
    ['that it gives nothing', { operations: [] }, ['operations']],
    ['that it gives only CreateGrant', { operations: ['CreateGrant'] }, ['operations']],
    ['a constraint without pairs', { constraint: 'subset' }, ['constraint']],
    ['nine pairs', { constraint: 'subset', pairs: pairs(many) }, ['constraint']],
    [
      'a value of 385 characters',
      { constraint: 'equals', pairs: pairs({ a: 'x'.repeat(385) }) },
      ['constraint'],
    ],
    ['no value of 384 characters', { constraint: 'equals', pairs: pairs({ a: 'x'.repeat(384) }) }, []],
    [
      'a service without source and retirement',
      { kind: 'service', grantee: { ...NEW_GRANT.grantee, service: 'sqs.amazonaws.com' } },
      ['sourceArn', 'retiring'],
    ],
    ['a name with a space', { name: 'a b' }, ['name']],
  ] as const)('is told %s', (_, part, faults) => {
    expect(Object.keys(grantFaults(draft(part), scope))).toEqual(faults)
  })

  it('becomes the request that AWS takes', () => {
    const whole = draft({
      constraint: 'subset',
      pairs: pairs({ tenant: 'acme' }),
      retiring: 'user/carol',
      name: 'worker',
    })
    expect(grantInput(whole, { reference: 'a-key', scope })).toEqual({
      KeyId: 'a-key',
      GranteePrincipal: BOB,
      RetiringPrincipal: 'arn:aws:iam::111122223333:user/carol',
      Operations: ['Decrypt'],
      Constraints: { EncryptionContextSubset: { tenant: 'acme' } },
      Name: 'worker',
    })
  })

  it('names services by the members for services', () => {
    const service = draft({
      kind: 'service',
      grantee: { ...NEW_GRANT.grantee, service: 'sqs.amazonaws.com' },
      sourceArn: 'arn:aws:sqs:eu-west-1:111122223333:orders',
      retiring: 'sqs.amazonaws.com',
    })
    expect(grantInput(service, { reference: 'a-key', scope })).toEqual({
      KeyId: 'a-key',
      GranteeServicePrincipal: 'sqs.amazonaws.com',
      RetiringServicePrincipal: 'sqs.amazonaws.com',
      Operations: ['Decrypt'],
      Constraints: { SourceArn: 'arn:aws:sqs:eu-west-1:111122223333:orders' },
    })
  })

  it.each([
    [`ARN does not refer to a valid principal: ${BOB}`, 'grantee'],
    ['ARN does not refer to a valid principal: arn:aws:iam::111122223333:user/carol', 'retiring'],
    ['A grant constraint can have at most 8 encryption context pairs.', 'constraint'],
    [
      'Grant operations [Sign] are not supported for a KMS key with key spec A and key usage B.',
      'operations',
    ],
    ['GranteeServicePrincipal requires a SourceArn grant constraint.', 'sourceArn'],
    ['The key already has 50000 grants.', undefined],
  ])('finds the field that is refused: %s', (message, part) => {
    const input = grantInput(draft({ retiring: 'user/carol' }), { reference: 'a-key', scope })
    expect(refusedPart(message, input)).toBe(part)
  })
})

describe('what a constraint allows', () => {
  it.each([
    ['subset', { EncryptionContextSubset: { tenant: 'acme' } }, [true, true, false, false]],
    ['equals', { EncryptionContextEquals: { tenant: 'acme' } }, [true, false, false, false]],
  ])('of %s: the pairs, with more, with another value, none', (_, constraints, allowed) => {
    expect(contextExamples(constraints).map((example) => example.allowed)).toEqual(allowed)
  })

  it.each([
    ['tenant=acme, purpose=x', { tenant: 'acme', purpose: 'x' }],
    ['url=a=b', { url: 'a=b' }],
    ['', {}],
    ['tenant', undefined],
    ['=acme', undefined],
  ])('reads “%s”', (typed, context) => {
    expect(readContext(typed)).toEqual(context)
  })
})

describe('a principal that is typed short', () => {
  it.each([
    ['user/bob', scope.region, BOB],
    ['role/app/worker', scope.region, 'arn:aws:iam::111122223333:role/app/worker'],
    ['user/bob', 'cn-north-1', 'arn:aws-cn:iam::111122223333:user/bob'],
    [` ${BOB} `, scope.region, BOB],
    ['bob', scope.region, 'bob'],
  ])('%s', (typed, region, arn) => {
    expect(principalArn(typed, { ...scope, region })).toBe(arn)
  })
})
