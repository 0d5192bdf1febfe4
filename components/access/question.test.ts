import { describe, expect, it } from 'vitest'
import { type Place, stepFrom } from './grid-step.ts'
import { addressFault, KEY_ACTIONS, modeOf, NO_CIRCUMSTANCES, questionOf } from './question.ts'
import { foreseen, plainStatement, reasonOf, refusedOf } from './refused-question.ts'

const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/k'
const BOB = 'arn:aws:iam::111122223333:user/bob'

describe('what is filled in decides what is asked', () => {
  it.each([
    ['nothing', '', '', '', 'nothing'],
    ['an action alone asks nothing', '', '', 'kms:Decrypt', 'nothing'],
    ['a key', 'k', '', '', 'key'],
    ['a principal', '', BOB, 'kms:Decrypt', 'principal'],
    ['both', 'k', BOB, '', 'one-row'],
    ['all three', 'k', BOB, 'kms:Decrypt', 'question'],
  ])('%s', (_, key, principal, action, mode) => {
    expect(modeOf({ key, principal, action })).toBe(mode)
  })
})

describe('a question as the engine takes it', () => {
  const asked = { key: 'k', principal: BOB, action: 'kms:Decrypt' }

  it('has nothing that was not given', () => {
    expect(questionOf(asked, NO_CIRCUMSTANCES, 'eu-west-1')).toEqual({
      KeyId: 'k',
      PrincipalArn: BOB,
      Action: 'kms:Decrypt',
    })
  })

  it('has the context, the service by its full name, and the address', () => {
    const circumstances = { context: { tenant: 'acme' }, via: 's3', address: '10.0.4.17' }
    expect(questionOf(asked, circumstances, 'eu-west-1')).toMatchObject({
      EncryptionContext: { tenant: 'acme' },
      Conditions: { 'kms:ViaService': ['s3.eu-west-1.amazonaws.com'], 'aws:SourceIp': ['10.0.4.17'] },
    })
  })

  it.each([
    ['', true],
    ['10.0.4.17', true],
    ['2001:db8::1', true],
    ['10.0.0.0/8', false],
    ['localhost', false],
  ])('takes %j for an address: %j', (typed, taken) => {
    expect(addressFault(typed) === undefined).toBe(taken)
  })

  it('offers actions on keys, and none that have no key', () => {
    expect(KEY_ACTIONS).toContain('kms:Decrypt')
    expect(KEY_ACTIONS).not.toContain('kms:CreateKey')
  })
})

describe('what a refusal was about', () => {
  const refusal = foreseen({ principal: BOB, action: 'kms:DisableKey', resource: KEY })

  it('is in AWS’s sentence', () => {
    expect(refusedOf(refusal)).toEqual({ principal: BOB, action: 'kms:DisableKey', resource: KEY })
  })

  it('is in the decision where the sentence says less', () => {
    const decision = {
      principal: BOB,
      action: 'kms:Decrypt',
      resource: KEY,
      reason: 'explicit-deny-resource',
    }
    const told = { ...refusal, message: 'The ciphertext refers to a key that you may not access.', decision }
    expect(refusedOf(told)).toEqual({ principal: BOB, action: 'kms:Decrypt', resource: KEY })
    expect(reasonOf(told)).toBe('the key policy denies it.')
  })

  it('is not in a decision of another question', () => {
    const decision = {
      principal: BOB,
      action: 'iam:SimulatePrincipalPolicy',
      resource: '*',
      reason: 'no-boundary-policy',
    }
    const told = { ...refusal, decision }
    expect(refusedOf(told).action).toBe('kms:DisableKey')
    expect(reasonOf(told)).toBe('no key policy statement, identity policy or grant allows it.')
  })

  it.each([
    ['of a boundary', 'no-boundary-policy', 'the permissions boundary of this identity does not allow it.'],
    ['of a guardrail', 'explicit-deny-guardrail', 'a guardrail of the account denies it.'],
    ['of the key policy', 'no-resource-policy', 'the key policy does not allow it.'],
  ])('has the reason %s', (_, reason, words) => {
    expect(reasonOf({ ...refusal, decision: { action: 'kms:DisableKey', reason } })).toBe(words)
  })

  it('is allowed by a statement with a principal on a key, and without one elsewhere', () => {
    expect(plainStatement({ principal: BOB, action: 'kms:Decrypt', resource: KEY })).toContain('"Principal"')
    expect(plainStatement({ principal: BOB, action: 'kms:ListKeys', resource: '' })).not.toContain(
      '"Principal"',
    )
  })
})

describe('a step in the grid', () => {
  const size: Place = { row: 3, column: 4 }
  it.each([
    ['right', 'ArrowRight', { row: 0, column: 1 }],
    ['not beyond the top', 'ArrowUp', { row: 0, column: 0 }],
    ['to the end of the row', 'End', { row: 0, column: 3 }],
  ])('leads %s', (_, key, to) => {
    expect(stepFrom({ row: 0, column: 0 }, key, size)).toEqual(to)
  })

  it('leads to the last cell with Ctrl, and nowhere for other keys', () => {
    expect(stepFrom({ row: 0, column: 0 }, 'End', size, true)).toEqual({ row: 2, column: 3 })
    expect(stepFrom({ row: 0, column: 0 }, 'a', size)).toBeUndefined()
  })
})
