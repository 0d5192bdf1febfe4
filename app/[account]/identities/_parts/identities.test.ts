import { describe, expect, it } from 'vitest'
import { checkTrustPolicy } from '#lib/policy/check.ts'
import { attachPolicy, deletePolicy, documentOf, setBoundary, setTag } from './holders.ts'
import { daysSince, nameFault, pathFault, tagsFault } from './names.ts'
import { type TrustChoice, trustedBy, trustFault, trustPolicy } from './trust.ts'

const ALICE = 'arn:aws:iam::111122223333:user/alice'
const PROVIDER = 'arn:aws:iam::111122223333:oidc-provider/idp.example.com/ci'

describe('the requests of a holder', () => {
  it.each([
    ['a user', { kind: 'user', name: 'a' }, 'AttachUserPolicy', { UserName: 'a' }],
    ['a group', { kind: 'group', name: 'a' }, 'AttachGroupPolicy', { GroupName: 'a' }],
    ['a role', { kind: 'role', name: 'a' }, 'AttachRolePolicy', { RoleName: 'a' }],
  ] as const)('of %s have its name in the member of its kind', (_, holder, name, member) => {
    expect(attachPolicy(holder, 'p')).toEqual({ name, input: { ...member, PolicyArn: 'p' } })
  })
  it('take a boundary away where none is given', () => {
    const role = { kind: 'role', name: 'a' } as const
    expect(setBoundary(role, undefined)).toEqual({
      name: 'DeleteRolePermissionsBoundary',
      input: { RoleName: 'a' },
    })
    expect(setBoundary(role, 'p').input).toEqual({ RoleName: 'a', PermissionsBoundary: 'p' })
  })
  it('put one tag at a time, and delete inline policies by name', () => {
    const user = { kind: 'user', name: 'a' } as const
    expect(setTag(user, { Key: 'k', Value: '' }).input).toEqual({
      UserName: 'a',
      Tags: [{ Key: 'k', Value: '' }],
    })
    expect(deletePolicy(user, 'p')).toEqual({
      name: 'DeleteUserPolicy',
      input: { UserName: 'a', PolicyName: 'p' },
    })
  })
})

describe('a trust policy', () => {
  it.each<[string, TrustChoice, readonly string[]]>([
    ['users and roles', { kind: 'principals', arns: [ALICE] }, ['user/alice']],
    [
      'another account',
      { kind: 'account', account: '444455556666', partition: 'aws', externalId: 'x' },
      ['account 444455556666'],
    ],
    ['a service', { kind: 'service', service: 'ec2.amazonaws.com' }, ['ec2.amazonaws.com']],
    [
      'an identity provider',
      { kind: 'provider', arn: PROVIDER, audience: 'keyhouse', subject: '' },
      ['idp.example.com/ci'],
    ],
  ])('for %s is one that the engine takes, and is told in words', (_, choice, words) => {
    const text = trustPolicy(choice)
    expect(checkTrustPolicy(text, { partition: 'aws', principalExists: () => true })).toBeNull()
    expect(trustFault(choice)).toBeUndefined()
    expect(trustedBy(text)).toEqual(words)
  })
  it('asks for an external id, and for who the provider says it is', () => {
    expect(
      trustPolicy({ kind: 'account', account: '444455556666', partition: 'aws', externalId: 'x' }),
    ).toContain('"sts:ExternalId": "x"')
    expect(trustPolicy({ kind: 'provider', arn: PROVIDER, audience: 'a', subject: 's' })).toContain(
      '"idp.example.com/ci:sub": "s"',
    )
  })
  it.each<[string, TrustChoice]>([
    ['nobody', { kind: 'principals', arns: [] }],
    ['a short account', { kind: 'account', account: '1', partition: 'aws', externalId: '' }],
    ['no service', { kind: 'service', service: 'ec2' }],
    ['no provider', { kind: 'provider', arn: '', audience: '', subject: '' }],
  ])('is not written for %s', (_, choice) => {
    expect(trustFault(choice)).toBeTypeOf('string')
  })
  it.each([
    ['no JSON', '{', []],
    [
      'a denial',
      '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*","Action":"sts:AssumeRole"}]}',
      [],
    ],
    [
      'everybody',
      '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole"}}',
      ['anybody'],
    ],
  ])('in words: %s', (_, text, words) => {
    expect(trustedBy(text)).toEqual(words)
  })
})

describe('what IAM takes', () => {
  it.each([
    ['', 'Give the user a name.'],
    ['a b', 'Use letters, digits and + = , . @ _ -'],
    ['x'.repeat(65), 'A name has at most 64 characters.'],
    ['alice@example.com', undefined],
  ])('as a name: %j', (name, fault) => expect(nameFault(name, 'user')).toBe(fault))
  it.each([
    ['', true],
    ['/teams/', true],
    ['teams', false],
    ['/teams', false],
  ])('as a path: %j', (path, good) => expect(pathFault(path) === undefined).toBe(good))
  it.each([
    [[{ Key: 'a', Value: '' }], true],
    [[{ Key: '', Value: '' }], false],
    [[{ Key: 'aws:x', Value: '' }], false],
    [
      [
        { Key: 'a', Value: '' },
        { Key: 'A', Value: '' },
      ],
      false,
    ],
    [[{ Key: 'a', Value: '<' }], false],
  ])('as tags: %j', (tags, good) => expect(tagsFault(tags) === undefined).toBe(good))
  it('as documents, which come encoded', () => {
    expect(documentOf('%7B%22a%22%3A%201%7D')).toBe('{"a": 1}')
    expect(documentOf('100% plain')).toBe('100% plain')
  })
  it('counts whole days', () => expect(daysSince(0, new Date(91.5 * 86_400_000))).toBe(91))
})
