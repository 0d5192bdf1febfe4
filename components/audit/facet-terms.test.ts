import { describe, expect, it } from 'vitest'
import { standingIn, termOfFacet, withStanding } from './facet-terms.ts'

describe('the term of a facet’s value', () => {
  it.each([
    ['event', 'Decrypt', 'event:Decrypt'],
    ['agent', 'aws-sdk-go 2', 'agent:"aws-sdk-go 2"'],
    ['ip', '10.4.0.0/24', 'ip:10.4.0.0/24'],
    ['ctx', 'tenant', 'ctx.tenant:*'],
    ['ctx', 'aws:s3:arn', 'ctx."aws:s3:arn":*'],
    ['actor', 'arn:aws:iam::111122223333:user/bob', 'actor:user/bob'],
    ['actor', 'arn:aws:iam::444455556666:user/bob', 'actor:arn:aws:iam::444455556666:user/bob'],
    ['actor', 'arn:aws:iam::111122223333:root', 'actor:arn:aws:iam::111122223333:root'],
  ] as const)('of %s %s', (facet, value, term) => {
    expect(termOfFacet(facet, value, '111122223333')).toBe(term)
  })
})

describe('a value in a filter', () => {
  it.each([
    ['is not said', 'event:Encrypt', 'event:Decrypt', 'unsaid'],
    ['is asked for', 'event:Encrypt,Decrypt -source:internal', 'event:Decrypt', 'only'],
    ['is left out', '-event:Decrypt', 'event:Decrypt', 'without'],
    ['of another field is not it', 'key:Decrypt', 'event:Decrypt', 'unsaid'],
  ])('%s', (_, filter, term, standing) => {
    expect(standingIn(filter, term)).toBe(standing)
  })

  it.each([
    [
      'comes to others of its field',
      'event:Encrypt outcome:ok',
      'event:Decrypt',
      'only',
      'event:Encrypt,Decrypt outcome:ok',
    ],
    ['comes as a term', '-source:internal', 'event:Decrypt', 'only', '-source:internal event:Decrypt'],
    ['is left out', 'outcome:ok', 'event:Decrypt', 'without', 'outcome:ok -event:Decrypt'],
    ['is left out with others', '-event:Encrypt', 'event:Decrypt', 'without', '-event:Encrypt,Decrypt'],
    [
      'goes from asked for to left out',
      'event:Encrypt,Decrypt',
      'event:Decrypt',
      'without',
      'event:Encrypt -event:Decrypt',
    ],
    ['goes', 'event:Decrypt outcome:ok', 'event:Decrypt', 'unsaid', 'outcome:ok'],
    ['keeps what cannot be read', 'nonsense:1', 'event:Decrypt', 'only', 'nonsense:1 event:Decrypt'],
  ] as const)('%s', (_, filter, term, standing, expected) => {
    expect(withStanding(filter, term, standing)).toBe(expected)
  })
})
