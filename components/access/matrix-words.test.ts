import { describe, expect, it } from 'vitest'
import type { AccessGroup, AccessMark } from '#lib/domain/access.ts'
import { accessFile, accessRows } from './access-file.ts'
import {
  columnWords,
  groupsOf,
  isClosed,
  type PrincipalRow,
  partsOf,
  stepWords,
  summaryOf,
  unusedIn,
  type WhoCan,
} from './matrix-words.ts'
import { wouldRefuse } from './would-refuse.ts'

const cell = (Mark: AccessMark, Why = 'Nothing allows it.', LastUsed: number | null = null) => ({
  Mark,
  Why,
  LastUsed,
})

const row = (
  name: string,
  Group: AccessGroup,
  marks: Partial<Record<string, AccessMark>> = {},
): PrincipalRow => ({
  PrincipalArn: `arn:aws:iam::111122223333:${name}`,
  Kind: name === 'root' ? 'root' : name.startsWith('role/') ? 'role' : 'user',
  Group,
  Cells: {
    Decrypt: cell(marks.Decrypt ?? 'none'),
    DisableKey: cell(marks.DisableKey ?? 'none'),
  },
  Steps: [],
})

const alice = row('user/alice', 'administrators', { DisableKey: 'allowed' })
const bob = row('user/bob', 'users', { Decrypt: 'allowed' })
const root = row('root', 'both', { Decrypt: 'allowed', DisableKey: 'allowed' })

const whoCan = (...Rows: PrincipalRow[]): WhoCan => ({
  KeyId: 'k',
  KeyArn: 'arn:aws:kms:eu-west-1:111122223333:key/k',
  PolicyVersion: 7,
  At: 1_795_561_661.531,
  Columns: [
    { Action: 'Decrypt', Part: 'use' },
    { Action: 'DisableKey', Part: 'manage' },
  ],
  Rows,
  WithoutPath: 0,
})

describe('who manages and who uses, in a line', () => {
  it.each([
    ['disjoint', [alice, bob], '1 administrator, 1 user, both: none'],
    [
      'disjoint but for the root',
      [alice, bob, root],
      '1 administrator, 1 user, both: none besides the account root',
    ],
    ['someone who does both', [alice, row('user/carol', 'both')], '1 administrator, 0 users, 1 both'],
  ])('%s', (_, rows, words) => {
    expect(summaryOf(rows)).toBe(words)
  })
})

it('puts rows into groups in order, and leaves out those that nobody is in', () => {
  const groups = groupsOf([bob, root, row('user/dora', 'denied'), alice])
  expect(groups.map(({ title, rows }) => [title, rows.length])).toEqual([
    ['Administrators', 1],
    ['Users', 1],
    ['Both', 1],
    ['Tried and denied', 1],
  ])
})

it('heads the columns of a part once', () => {
  expect(partsOf(whoCan().Columns)).toEqual([
    { part: 'use', span: 1 },
    { part: 'manage', span: 1 },
  ])
})

it('names columns as AWS does, but for those that stand for more', () => {
  expect(['Decrypt', 'DisableKey', 'GenerateDataKey'].map(columnWords)).toEqual([
    'Decrypt',
    'Enable, disable',
    'Data keys',
  ])
})

it('counts what is allowed and unused, the root’s aside', () => {
  const used = { ...bob, Cells: { Decrypt: cell('allowed', 'x', 1_795_561_000), DisableKey: cell('denied') } }
  expect(unusedIn([alice, bob, root, used])).toBe(2)
})

it('knows marks without reasons for a closed matrix', () => {
  expect(isClosed([alice])).toBe(false)
  expect(isClosed([{ ...alice, Cells: { Decrypt: cell('none', '') } }])).toBe(true)
})

it.each([
  ['kms:PutKeyPolicy', '1 step: PutKeyPolicy'],
  ['iam:PutUserPolicy', '1 step: iam:PutUserPolicy'],
])('tells %s as a step', (Action, words) => {
  expect(stepWords({ Action })).toBe(words)
})

describe('what a button may know before it is pressed', () => {
  it.each([
    ['that it is allowed', [alice, bob], alice.PrincipalArn, 'DisableKey', false],
    ['that it is not', [alice, bob], bob.PrincipalArn, 'DisableKey', true],
    ['that a user without a row has no path', [alice], bob.PrincipalArn, 'DisableKey', true],
    ['nothing of a column that is not there', [bob], bob.PrincipalArn, 'ImportKeyMaterial', false],
    ['nothing of a session', [alice], 'arn:aws:sts::111122223333:assumed-role/ops/x', 'DisableKey', false],
  ])('%s', (_, rows, self, action, refused) => {
    expect(wouldRefuse(whoCan(...rows), self, action)).toBe(refused)
  })
})

describe('the matrix as a file', () => {
  it('says when and on which policy it was computed, in every row', () => {
    expect(accessRows(whoCan(bob))).toEqual([
      {
        evaluated: '2026-11-24T23:07:41.531Z',
        policyVersion: 7,
        keyArn: 'arn:aws:kms:eu-west-1:111122223333:key/k',
        principal: bob.PrincipalArn,
        kind: 'user',
        group: 'users',
        Decrypt: 'allowed',
        DisableKey: 'none',
        'Decrypt last used': null,
        'DisableKey last used': null,
        oneStepAway: [],
      },
    ])
  })

  it('runs no name as a formula', async () => {
    const named = { ...bob, PrincipalArn: '=cmd' }
    const lines = (await accessFile('csv', whoCan(named))).split('\r\n')
    expect(lines[1]).toContain(",'=cmd,user,users,")
  })
})
