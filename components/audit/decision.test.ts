import { describe, expect, it } from 'vitest'
import { decisionsOf, endOf } from './decision.ts'

const key = 'arn:aws:kms:eu-west-1:111122223333:key/1'
const from = { action: 'kms:ReEncryptFrom', resource: key, verdict: 'allowed', reason: 'allowed' }
const to = {
  action: 'kms:ReEncryptTo',
  resource: key,
  verdict: 'implicit-deny',
  reason: 'no-identity-policy',
}

describe('the decisions of a record', () => {
  it.each([
    ['one of each permission, in order', { decisions: [from, to] }, [from, to]],
    ['none of a record that says nothing', null, []],
    ['none of a record without a list', { decisions: 'none' }, []],
    ['not those that lack an end', { decisions: [{ action: 'kms:Encrypt' }, to] }, [to]],
  ])('%s', (_, recorded, expected) => {
    expect(decisionsOf(recorded)).toEqual(expected)
  })

  it('end in words', () => {
    expect([from, to].map(endOf)).toEqual(['kms:ReEncryptFrom was allowed', 'kms:ReEncryptTo was denied'])
  })
})
