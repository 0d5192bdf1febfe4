import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  GRANT_OPERATIONS,
  type GrantConstraints,
  type GrantOperation,
  type GrantTerms,
  grantOperationOf,
  grantOperationsOf,
  grantPermits,
  isWithin,
  termsText,
} from './grant.ts'
import { KEY_SPEC_NAMES, KEY_SPECS } from './key-spec.ts'

const SOURCE = 'arn:aws:dynamodb:eu-west-1:111122223333:table/orders'
const equals = (context: Record<string, string>): GrantConstraints => ({ EncryptionContextEquals: context })
const subset = (context: Record<string, string>): GrantConstraints => ({ EncryptionContextSubset: context })
const request = (given: {
  encryptionContext?: Record<string, string>
  sourceArn?: string
  child?: GrantTerms
}) => ({ encryptionContext: undefined, sourceArn: undefined, child: undefined, ...given })

describe('a grant on a key', () => {
  it.each([
    ['SYMMETRIC_DEFAULT', 'ENCRYPT_DECRYPT', 'GenerateDataKeyPairWithoutPlaintext', true],
    ['SYMMETRIC_DEFAULT', 'ENCRYPT_DECRYPT', 'GetPublicKey', false],
    ['RSA_2048', 'ENCRYPT_DECRYPT', 'ReEncryptTo', true],
    ['RSA_2048', 'ENCRYPT_DECRYPT', 'GenerateDataKey', false],
    ['RSA_2048', 'SIGN_VERIFY', 'Sign', true],
    ['RSA_2048', 'SIGN_VERIFY', 'Encrypt', false],
    ['ECC_NIST_P256', 'KEY_AGREEMENT', 'DeriveSharedSecret', true],
    ['ECC_NIST_P256', 'KEY_AGREEMENT', 'Sign', false],
    ['HMAC_256', 'GENERATE_VERIFY_MAC', 'VerifyMac', true],
    ['HMAC_256', 'GENERATE_VERIFY_MAC', 'GetPublicKey', false],
    ['ML_KEM_768', 'ENCAPSULATE_DECAPSULATE', 'Decapsulate', true],
    ['ML_KEM_768', 'ENCAPSULATE_DECAPSULATE', 'Decrypt', false],
  ] as const)('of %s for %s may contain %s: %s', (spec, usage, operation, may) => {
    expect(grantOperationsOf(spec, usage).includes(operation)).toBe(may)
  })

  it('of any kind may contain CreateGrant, RetireGrant and DescribeKey, and nothing twice', () => {
    for (const spec of KEY_SPEC_NAMES) {
      for (const usage of KEY_SPECS[spec].usages) {
        const possible = grantOperationsOf(spec, usage)
        expect(possible).toEqual(expect.arrayContaining(['CreateGrant', 'RetireGrant', 'DescribeKey']))
        expect(new Set(possible).size).toBe(possible.length)
      }
    }
  })
})

describe('the grant operation of an action', () => {
  it.each([
    ['kms:Decrypt', 'Decrypt'],
    ['kms:decrypt', 'Decrypt'],
    ['kms:PutKeyPolicy', undefined],
    ['s3:Decrypt', undefined],
  ])('%s is %s', (action, operation) => {
    expect(grantOperationOf(action)).toBe(operation)
  })
})

type Sentence = [string, GrantConstraints | null, GrantOperation, Parameters<typeof request>[0], boolean]

describe('a grant with constraints permits', () => {
  const acme = { tenant: 'acme' }
  it.each<Sentence>([
    ['anything without one', null, 'Decrypt', { encryptionContext: acme }, true],
    ['the exact context', equals(acme), 'Decrypt', { encryptionContext: acme }, true],
    [
      'no context with a pair more',
      equals(acme),
      'Decrypt',
      { encryptionContext: { ...acme, a: 'b' } },
      false,
    ],
    ['no missing context, of equals', equals(acme), 'Decrypt', {}, false],
    [
      'a context with more, of subset',
      subset(acme),
      'Decrypt',
      { encryptionContext: { ...acme, a: 'b' } },
      true,
    ],
    ['no missing context, of subset', subset(acme), 'Decrypt', {}, false],
    ['another case of a name', equals(acme), 'Decrypt', { encryptionContext: { Tenant: 'acme' } }, true],
    ['no other case of a value', equals(acme), 'Decrypt', { encryptionContext: { tenant: 'Acme' } }, false],
    [
      'no value under another name',
      subset(acme),
      'Decrypt',
      { encryptionContext: { acme: 'tenant' } },
      false,
    ],
    ['DescribeKey, which has no context', equals(acme), 'DescribeKey', {}, true],
    ['the source it names', { SourceArn: SOURCE }, 'Decrypt', { sourceArn: SOURCE }, true],
    ['no other source', { SourceArn: SOURCE }, 'Decrypt', { sourceArn: `${SOURCE}s` }, false],
    ['no request without a source', { SourceArn: SOURCE }, 'Decrypt', {}, false],
    ['no DescribeKey without the source', { SourceArn: SOURCE }, 'DescribeKey', {}, false],
    ['RetireGrant without the source', { SourceArn: SOURCE }, 'RetireGrant', {}, true],
  ])('%s', (_, constraints, operation, given, permitted) => {
    expect(grantPermits({ operations: [operation], constraints }, operation, request(given))).toBe(permitted)
  })

  it('nothing that it does not list', () => {
    const grant = { operations: ['Decrypt' as const], constraints: null }
    for (const operation of GRANT_OPERATIONS)
      expect(grantPermits(grant, operation, request({}))).toBe(operation === 'Decrypt')
  })
})

describe('a child grant', () => {
  const parent = (constraints: GrantConstraints | null): GrantTerms => ({
    operations: ['CreateGrant', 'Decrypt', 'Encrypt'],
    constraints,
  })
  const child = (constraints: GrantConstraints | null, operations: GrantOperation[] = ['Decrypt']) => ({
    operations,
    constraints,
  })
  const ab = { a: '1', b: '2' }
  it.each<[string, GrantTerms, GrantTerms, boolean]>([
    ['with fewer operations', child(null), parent(null), true],
    ['with one operation more', child(null, ['Decrypt', 'Sign']), parent(null), false],
    ['with a constraint of its own', child(equals(ab)), parent(null), true],
    ['without the constraint', child(null), parent(subset(ab)), false],
    ['with the same subset', child(subset(ab)), parent(subset(ab)), true],
    ['with a pair more in its subset', child(subset({ ...ab, c: '3' })), parent(subset(ab)), true],
    ['with a pair less in its subset', child(subset({ a: '1' })), parent(subset(ab)), false],
    ['that turns subset into equals', child(equals(ab)), parent(subset(ab)), true],
    ['that turns equals into subset', child(subset(ab)), parent(equals(ab)), false],
    ['with other equals', child(equals({ ...ab, c: '3' })), parent(equals(ab)), false],
    ['without the source', child(null), parent({ SourceArn: SOURCE }), false],
    ['with the source', child({ SourceArn: SOURCE }), parent({ SourceArn: SOURCE }), true],
  ])('%s', (_, inner, outer, within) => {
    expect(isWithin(inner, outer)).toBe(within)
    expect(grantPermits(outer, 'CreateGrant', request({ child: inner, sourceArn: SOURCE }))).toBe(within)
  })

  const name = fc.constantFrom('a', 'A', 'b', 'c')
  const context = fc.dictionary(name, fc.constantFrom('1', '2'), { maxKeys: 3, noNullPrototype: true })
  const constraints = fc.oneof(fc.constant(null), context.map(equals), context.map(subset))
  const operations = fc.subarray<GrantOperation>(['Decrypt', 'Encrypt', 'CreateGrant', 'DescribeKey'])
  const terms = fc.record({ operations, constraints })

  it('permits nothing that its parent does not permit', () => {
    const asked = fc.constantFrom<GrantOperation>('Decrypt', 'Encrypt', 'DescribeKey')
    fc.assert(
      fc.property(terms, terms, asked, context, (inner, outer, operation, encryptionContext) => {
        fc.pre(isWithin(inner, outer))
        const of = request({ encryptionContext })
        if (grantPermits(inner, operation, of)) expect(grantPermits(outer, operation, of)).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })

  it('of a child is within the grandparent', () => {
    fc.assert(
      fc.property(terms, terms, terms, (inner, middle, outer) => {
        if (isWithin(inner, middle) && isWithin(middle, outer)) expect(isWithin(inner, outer)).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })
})

describe('the text of terms', () => {
  const base: GrantTerms = { operations: ['Decrypt', 'Encrypt'], constraints: subset({ a: '1', b: '2' }) }
  it.each<[string, GrantTerms, boolean]>([
    ['the order of operations', { ...base, operations: ['Encrypt', 'Decrypt'] }, true],
    ['the order of pairs', { ...base, constraints: subset({ b: '2', a: '1' }) }, true],
    ['another operation', { ...base, operations: ['Encrypt'] }, false],
    ['another kind of constraint', { ...base, constraints: equals({ a: '1', b: '2' }) }, false],
    ['another case of a name', { ...base, constraints: subset({ A: '1', b: '2' }) }, false],
    ['no constraint', { ...base, constraints: null }, false],
  ])('is the same for %s: %3$s', (_, other, same) => {
    expect(termsText(other) === termsText(base)).toBe(same)
  })
})
