import { describe, expect, it } from 'vitest'
import { mergePolicies, type Side } from './merge.ts'

const statement = (sid: string, ...actions: string[]) => ({ Sid: sid, Effect: 'Allow', Action: actions })
const policy = (...statements: object[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements }, null, 2)

const A = statement('A', 'kms:Encrypt')
const B = statement('B', 'kms:Decrypt')
const C = statement('C', 'kms:Sign')
const A2 = statement('A', 'kms:Encrypt', 'kms:DescribeKey')
const A3 = statement('A', 'kms:*')
const base = policy(A, B)

type Case = {
  theirs: string
  mine: string
  merged: object[]
  conflicts?: string[]
  choice?: Side
  taken?: string[]
}

const CASES: [sentence: string, given: Case][] = [
  [
    'what only they changed comes in',
    { theirs: policy(A2, B), mine: base, merged: [A2, B], taken: ['A is changed'] },
  ],
  ['what only I changed stays', { theirs: base, mine: policy(A2, B), merged: [A2, B] }],
  [
    'changes of different statements come together',
    { theirs: policy(A2, B), mine: policy(A, B, C), merged: [A2, B, C] },
  ],
  [
    'what they added comes in',
    { theirs: policy(A, B, C), mine: policy(A2, B), merged: [A2, B, C], taken: ['C is added'] },
  ],
  [
    'what they took out goes',
    { theirs: policy(A), mine: policy(A2, B), merged: [A2], taken: ['B is taken out'] },
  ],
  [
    'the same change on both sides is no conflict',
    { theirs: policy(A2, B), mine: policy(A2, B, C), merged: [A2, B, C] },
  ],
  [
    'of a statement that both changed, mine is kept until I choose',
    { theirs: policy(A2, B), mine: policy(A3, B), merged: [A3, B], conflicts: ['A'] },
  ],
  [
    'of a statement that both changed, theirs comes in when I choose it',
    { theirs: policy(A2, B), mine: policy(A3, B), merged: [A2, B], conflicts: ['A'], choice: 'theirs' },
  ],
  [
    'a statement that I took out and they changed is a conflict',
    { theirs: policy(A2, B), mine: policy(B), merged: [B, A2], conflicts: ['A'], choice: 'theirs' },
  ],
  [
    'a statement that they took out and I changed is a conflict',
    { theirs: policy(B), mine: policy(A3, B), merged: [B], conflicts: ['A'], choice: 'theirs' },
  ],
  [
    'two statements of one Sid that both sides added differently are a conflict',
    {
      theirs: policy(A, B, C),
      mine: policy(A, B, statement('C', 'kms:Verify')),
      merged: [A, B, statement('C', 'kms:Verify')],
      conflicts: ['C'],
    },
  ],
  [
    'their order and layout mean nothing',
    { theirs: JSON.stringify(JSON.parse(policy(B, A))), mine: policy(A2, B), merged: [A2, B] },
  ],
  [
    'a statement without a Sid is known by what it says',
    {
      theirs: policy(A2, { Effect: 'Deny' }),
      mine: policy({ Effect: 'Deny' }, A),
      merged: [{ Effect: 'Deny' }, A2],
    },
  ],
]

describe('a three-way merge', () => {
  it.each(CASES)('%s', (_, { theirs, mine, merged, conflicts = [], choice = 'mine', taken }) => {
    const merge = mergePolicies(base, theirs, mine)
    expect(merge.conflicts.map(({ name }) => name)).toEqual(conflicts)
    if (taken) expect(merge.taken).toEqual(taken)
    const text = merge.merged(Object.fromEntries(merge.conflicts.map(({ id }) => [id, choice])))
    expect(JSON.parse(text)).toEqual({ Version: '2012-10-17', Statement: merged })
  })

  it('keeps the layout of what it does not touch', () => {
    const mine = base.replace('"A",', '"A"  ,')
    expect(mergePolicies(base, policy(A, B, C), mine).merged({})).toContain('"A"  ,')
  })
})
