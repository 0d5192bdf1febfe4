/** What the pill says of every state of the log, in the words of the specification. */
import { describe, expect, it } from 'vitest'
import { type FindingView, findingAt, type LogStateView, openFindings, pillOf } from './log-state-words.ts'

const NOW = 1_795_000_000
const at = new Date(NOW * 1000)

const finding = (part: Partial<FindingView>): FindingView => ({
  ...{
    Id: 'one',
    Kind: 'mismatch',
    FirstIndex: 9140,
    LastIndex: 9140,
    Sentence: 'It is not what was recorded.',
  },
  ...{ FoundAt: NOW - 60, AcknowledgedAt: null, AcknowledgedBy: null },
  ...part,
})
const state = (part: Partial<LogStateView>): LogStateView => ({
  ...{ State: 'verified', Size: 10_241_883, Root: '', SequencedAt: NOW, Checkpoint: null },
  ...{ VerifiedTo: 10_241_883, VerifiedAt: NOW - 40, Findings: [], Keys: [], Deliveries: [], ReadOnly: null },
  ...{ KeepDays: null, FirstDay: null, Bundles: 0, RolesSeparated: true },
  ...part,
})
const failing = (FailingSince: number | null) => ({
  ...{ Name: 'x', Kind: 'file' as const, Delivered: 0, DeliveredAt: null, FailingSince, Fault: null },
})

describe('the pill', () => {
  it.each<[string, Partial<LogStateView>]>([
    ['Chain verified to #10,241,882, 40 s ago', {}],
    ['Verifying, 62%', { State: 'verifying', VerifiedTo: 6_400_000 }],
    ['Verifying, 99%', { State: 'verifying' }],
    ['Behind by 6 min', { State: 'behind', Deliveries: [failing(null), failing(NOW - 370)] }],
    ['Behind by 10 s', { State: 'behind', SequencedAt: NOW - 10 }],
    [
      'Gap between #9,112 and #9,140',
      { State: 'gap', Findings: [finding({ Kind: 'gap', FirstIndex: 9112 })] },
    ],
    ['Gap in the log', { State: 'gap', Findings: [finding({ Kind: 'gap', FirstIndex: null })] }],
    ['Mismatch at #9,140', { State: 'mismatch', Findings: [finding({ Kind: 'gap' }), finding({})] }],
    ['Mismatch', { State: 'mismatch', Findings: [finding({ FirstIndex: null })] }],
    ['Rollback suspected: read-only', { State: 'rollback' }],
    ['Not signed', { State: 'unsigned' }],
  ])('%s', (text, part) => {
    expect(pillOf(state(part), at).text).toBe(text)
  })

  it('says first what nobody has acknowledged', () => {
    const known = finding({ FirstIndex: 1, AcknowledgedAt: NOW, AcknowledgedBy: 'alice' })
    const both = state({ State: 'mismatch', Findings: [known, finding({})] })
    expect(pillOf(both, at).text).toBe('Mismatch at #9,140')
    expect(pillOf({ ...both, Findings: [known] }, at).text).toBe('Mismatch at #1')
    expect(openFindings(both)).toHaveLength(1)
  })
})

describe('a finding', () => {
  const range = state({ Findings: [finding({ FirstIndex: 5, LastIndex: 7 }), finding({ FirstIndex: null })] })
  it.each([
    [4, undefined],
    [5, 'one'],
    [7, 'one'],
    [8, undefined],
  ])('is of place %i: %s', (index, id) => {
    expect(findingAt(range, index)?.Id).toBe(id)
  })
})
