import { describe, expect, it } from 'vitest'
import { constraintWords, grantSentence, grantTitle, mayRetire, principalWords } from './grant-words.ts'

const OWN = '111122223333'
const user = (name: string, account = OWN) => `arn:aws:iam::${account}:user/${name}`

describe('a grant in words', () => {
  it.each([
    ['an identity of the account', user('bob'), 'user/bob'],
    ['another account’s', user('bob', '444455556666'), 'user/bob of 444455556666'],
    ['an account', `arn:aws:iam::${OWN}:root`, 'account root'],
    ['a service', 'sqs.amazonaws.com', 'sqs.amazonaws.com'],
  ])('names %s', (_, principal, words) => {
    expect(principalWords(principal, OWN)).toBe(words)
  })

  it.each([
    ['nothing', undefined, undefined],
    ['equals', { EncryptionContextEquals: { a: '1', b: '2' } }, 'context is a=1, b=2'],
    ['subset', { EncryptionContextSubset: { a: '1' } }, 'context includes a=1'],
    [
      'both a context and a source',
      { EncryptionContextSubset: { a: '1' }, SourceArn: 'arn:x' },
      'context includes a=1 · for arn:x',
    ],
  ])('says of a constraint: %s', (_, constraints, words) => {
    expect(constraintWords(constraints)).toBe(words)
  })

  it.each([
    [
      { operations: ['Decrypt'] as const, constraints: undefined },
      'user/bob will be able to Decrypt on alias/a.',
    ],
    [
      {
        operations: ['Decrypt', 'Encrypt', 'DescribeKey'] as const,
        constraints: { EncryptionContextEquals: { t: 'x' } },
      },
      'user/bob will be able to Decrypt, Encrypt and DescribeKey on alias/a when the encryption context is exactly t=x.',
    ],
  ])('becomes a sentence', (terms, sentence) => {
    expect(grantSentence({ grantee: 'user/bob', key: 'alias/a', ...terms })).toBe(sentence)
  })

  it('has its name, or the beginning of its id', () => {
    const GrantId = 'ab'.repeat(32)
    expect([grantTitle({ Name: 'worker', GrantId }), grantTitle({ Name: '', GrantId })]).toEqual([
      'worker',
      'grant abababab',
    ])
  })
})

describe('who a grant names for its retirement', () => {
  const grant = {
    KeyId: 'arn:aws:kms:eu-west-1:111122223333:key/x',
    GrantId: 'x',
    Name: '',
    CreationDate: 0,
    GranteePrincipal: user('bob'),
    RetiringPrincipal: user('carol'),
    IssuingAccount: `arn:aws:iam::${OWN}:root`,
    Operations: ['Decrypt'],
  } as const
  it.each([
    ['the retiring principal', user('carol'), true],
    ['the account that issued it', `arn:aws:iam::${OWN}:root`, true],
    ['not the grantee', user('bob'), false],
    ['not somebody else', user('alice'), false],
  ])('%s', (_, self, may) => {
    expect(mayRetire(grant, self)).toBe(may)
  })
  it('the grantee, when RetireGrant is among the operations', () => {
    expect(mayRetire({ ...grant, Operations: ['Decrypt', 'RetireGrant'] }, user('bob'))).toBe(true)
  })
})
