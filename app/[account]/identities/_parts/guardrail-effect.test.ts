import { describe, expect, it } from 'vitest'
import { type GuardrailEffect, guardrailEffect } from './guardrail-effect.ts'

const policyOf = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement })
const FULL = policyOf({ Effect: 'Allow', Action: '*', Resource: '*' })
const deny = (more: object = {}) => policyOf({ Effect: 'Deny', Action: '*', Resource: '*', ...more })

describe('guardrails', () => {
  it.each<[string, readonly string[], GuardrailEffect]>([
    ['bind nobody where there are none', [], 'unbound'],
    ['bind, where one allows', [FULL], 'bound'],
    ['bind, where one allows and another denies something', [FULL, deny({ Action: 'kms:*' })], 'bound'],
    ['close the account, where none allows', [deny({ Action: 'kms:Decrypt' })], 'closed'],
    ['close the account, where one denies everything', [FULL, deny()], 'closed'],
    [
      'close the account, where everything is one of several patterns',
      [FULL, deny({ Action: ['a:*', '*'] })],
      'closed',
    ],
    [
      'bind, where everything is denied on a condition',
      [FULL, deny({ Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'false' } } })],
      'bound',
    ],
    [
      'bind, where all but something is denied',
      [FULL, policyOf({ Effect: 'Deny', NotAction: '*', Resource: '*' })],
      'bound',
    ],
    ['close the account, where a text cannot be read', ['{'], 'closed'],
  ])('%s', (_, policies, effect) => expect(guardrailEffect(policies)).toBe(effect))
})
