import { describe, expect, it } from 'vitest'
import type { GateView } from '#lib/console/messages.ts'
import { conditionsOf, decisionsOf, verdictOf } from './decision.ts'

const gate = (name: GateView['gate'], result: GateView['result'], by: GateView['by'] = null): GateView => ({
  gate: name,
  result,
  by,
})
const use = { policy: { kind: 'key', name: 'default' }, index: 2, sid: 'Allow use of the key' }
const unnamed = { policy: { kind: 'identity', name: 'ReadOnly' }, index: 0, sid: null }

const base = { action: 'kms:Encrypt', resource: 'arn:aws:kms:eu-west-1:111122223333:key/1', deciding: null }
const bob = 'arn:aws:iam::111122223333:user/bob'

describe('a verdict in words', () => {
  it.each([
    [
      'names the statement that allowed',
      { ...base, verdict: 'allowed', deciding: use, gates: [gate('key-policy', 'pass', use)] },
      'Statement 3 “Allow use of the key” of the key policy “default” allows kms:Encrypt.',
    ],
    [
      'names the statement that denied, though it has no Sid',
      { ...base, verdict: 'explicit-deny', deciding: unnamed, gates: [gate('explicit-deny', 'no', unnamed)] },
      'Statement 1 of the identity policy “ReadOnly” denies kms:Encrypt.',
    ],
    [
      'names every policy that stayed silent',
      {
        ...base,
        verdict: 'implicit-deny',
        gates: [gate('key-policy', 'no'), gate('delegation', 'pass', use), gate('identity-policy', 'no')],
      },
      'No statement of the key policy and no identity policy of user/bob allows kms:Encrypt.',
    ],
    [
      'leaves out policies that were not asked',
      {
        ...base,
        verdict: 'implicit-deny',
        gates: [gate('key-policy', 'not-applicable'), gate('identity-policy', 'no')],
      },
      'No identity policy of user/bob allows kms:Encrypt.',
    ],
    [
      'says that grants were asked in vain',
      { ...base, verdict: 'implicit-deny', gates: [gate('key-policy', 'no'), gate('grants', 'no')] },
      'No statement of the key policy and no grant allows kms:Encrypt.',
    ],
    [
      'names the grant that allowed',
      { ...base, verdict: 'allowed', grant: { id: 'abc', operation: 'Encrypt' }, gates: [] },
      'Grant abc allows kms:Encrypt.',
    ],
    [
      'names a grant to an account with the statement that passed it on',
      {
        ...base,
        verdict: 'allowed',
        grant: { id: 'abc', operation: 'Encrypt' },
        deciding: unnamed,
        gates: [],
      },
      'Grant abc and Statement 1 of the identity policy “ReadOnly” allow kms:Encrypt.',
    ],
    [
      'tells of the root, who needs no statement',
      { ...base, verdict: 'allowed', gates: [] },
      'The account root may use kms:Encrypt without a statement.',
    ],
  ])('%s', (_, decision, text) => {
    expect(verdictOf(decision, bob).text).toBe(text)
  })
})

it('reads nothing into a record that has no decision', () => {
  expect(decisionsOf(null)).toEqual([])
  expect(decisionsOf({ decisions: [{ action: 'kms:Encrypt' }] })).toEqual([])
})

it('tells an absent condition key from an empty one', () => {
  expect(conditionsOf({ 'aws:sourceip': ['10.0.0.1'], 'kms:viaservice': null })).toEqual([
    { name: 'aws:sourceip', values: ['10.0.0.1'] },
    { name: 'kms:viaservice', values: null },
  ])
})
