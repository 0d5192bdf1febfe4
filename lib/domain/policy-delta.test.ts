import { describe, expect, it } from 'vitest'
import { policyDelta } from './policy-delta.ts'

const ACCOUNT = '111122223333'
const user = (name: string, account = ACCOUNT) => `arn:aws:iam::${account}:user/${name}`
const root = {
  Sid: 'Root',
  Effect: 'Allow',
  Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
  Action: 'kms:*',
  Resource: '*',
}
const use = (...names: string[]) => ({
  Sid: 'Use',
  Effect: 'Allow',
  Principal: { AWS: names.map((name) => user(name)) },
  Action: ['kms:Encrypt', 'kms:Decrypt'],
  Resource: '*',
})
const policy = (...statements: object[]) => JSON.stringify({ Version: '2012-10-17', Statement: statements })
const delta = (before: string, after: string) => policyDelta(before, after, ACCOUNT)

const CHANGES: [sentence: string, before: object[], after: object[], expected: string[]][] = [
  ['nothing', [root], [root], []],
  ['a principal more', [root, use('bob')], [root, use('bob', 'carol')], ['Use: user/carol added']],
  ['a principal less', [root, use('bob', 'carol')], [root, use('carol')], ['Use: user/bob removed']],
  ['one for another', [use('bob')], [use('carol')], ['Use: user/carol added; user/bob removed']],
  [
    'an action more, whatever its place',
    [use('bob')],
    [{ ...use('bob'), Action: ['kms:Sign', 'kms:Decrypt', 'kms:Encrypt'] }],
    ['Use: Sign added'],
  ],
  ['a statement more', [root], [root, use('bob')], ['Statement Use added']],
  ['a statement less', [root, use('bob')], [root], ['Statement Use removed']],
  [
    'a statement without a name',
    [root],
    [root, { ...use('bob'), Sid: undefined }],
    ['A statement for user/bob added'],
  ],
  [
    'two statements in another order',
    [root, use('bob')],
    [use('bob'), root],
    ['2 statements moved, no effect'],
  ],
  [
    'two principals in another order',
    [use('bob', 'carol')],
    [use('carol', 'bob')],
    ['2 principals moved, no effect'],
  ],
  ['Allow turned into Deny', [use('bob')], [{ ...use('bob'), Effect: 'Deny' }], ['Use: Allow became Deny']],
  [
    'a condition',
    [use('bob')],
    [{ ...use('bob'), Condition: { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } } }],
    ['Use: condition the source address is in 192.0.2.0/24 added'],
  ],
  [
    'values of a condition in another order',
    [{ ...use('bob'), Condition: { StringEquals: { 'kms:ViaService': ['a', 'b'] } } }],
    [{ ...use('bob'), Condition: { StringEquals: { 'kms:ViaService': ['b', 'a'] } } }],
    ['Only the layout changed, no effect'],
  ],
  ['another name', [use('bob')], [{ ...use('bob'), Sid: 'Users' }], ['Use is called Users now, no effect']],
  ['no name', [use('bob')], [{ ...use('bob'), Sid: undefined }], ['Use has no Sid now, no effect']],
  [
    'somebody of another account',
    [use('bob')],
    [{ ...use('bob'), Principal: { AWS: [user('bob'), user('eve', '444455556666')] } }],
    ['Use: user/eve of account 444455556666 added'],
  ],
  [
    'NotPrincipal for Principal',
    [use('bob')],
    [{ ...use('bob'), Principal: undefined, NotPrincipal: { AWS: user('bob') } }],
    ['Use: everyone but user/bob added; user/bob removed'],
  ],
  [
    'a rename and a move at once',
    [root, use('bob')],
    [{ ...use('bob', 'carol'), Sid: 'Users' }, root],
    ['Users: user/carol added', '2 statements moved, no effect'],
  ],
]

describe('policyDelta tells', () => {
  it.each(CHANGES)('%s', (_, before, after, expected) => {
    expect(delta(policy(...before), policy(...after))).toEqual(expected)
  })

  it('a list of one and the one alone as the same', () => {
    const list = policy({ ...root, Action: ['kms:*'] })
    expect(delta(policy(root), list)).toEqual(['Only the layout changed, no effect'])
    expect(delta(policy(root), JSON.stringify(JSON.parse(policy(root)), null, 2))).toEqual([
      'Only the layout changed, no effect',
    ])
  })

  it('a version that reads variables otherwise', () => {
    expect(delta(policy(root), policy(root).replace('2012', '2008'))).toEqual([
      'Version changed: variables are read otherwise',
    ])
  })

  it('a text that cannot be read as replaced', () => {
    expect(delta(policy(root), '{')).toEqual(['The whole text was replaced'])
  })
})
