import { describe, expect, it } from 'vitest'
import { railOf } from './rail.ts'

const finding = { Id: 'f', Kind: 'gap', Sentence: '', FoundAt: 0, AcknowledgedBy: null } as const
const log = {
  Checkpoint: { Origin: 'o', Size: 100, Root: '', At: 0, Note: '' },
  VerifiedTo: 90,
  Findings: [{ ...finding, FirstIndex: 40, LastIndex: 44, AcknowledgedAt: null }],
}
const at = (index: number, older?: number, newer?: number) =>
  railOf(
    { index },
    {
      older: older === undefined ? undefined : { index: older },
      newer: newer === undefined ? undefined : { index: newer },
    },
    { log, sizes: [100, 60] },
  )

describe('the rail at an event', () => {
  it.each([
    ['that was derived again', at(80), 'verified'],
    ['of a checkpoint', at(95), 'recorded'],
    ['after the last checkpoint', at(100), 'waiting'],
    [
      'that was signed for since',
      railOf({ index: 120, signed: true }, { older: undefined, newer: undefined }, { log, sizes: [] }),
      'recorded',
    ],
    ['at which something is wrong', at(42), 'broken'],
    ['before which something is missing', at(50, 30), 'broken'],
    ['after something that is missing elsewhere', at(50, 46), 'verified'],
  ])('%s', (_, { state }, expected) => {
    expect(state).toBe(expected)
  })

  it.each([
    ['the last of a checkpoint', at(59, 58, 60), true],
    ['the last of a list with others between', at(50, 49, 70), true],
    ['one within', at(57, 56, 58), false],
    ['the newest, which is signed for', at(99), true],
    ['the newest, which is not', at(120), false],
  ])('has a bar: %s', (_, { checkpoint }, expected) => {
    expect(checkpoint).toBe(expected)
  })

  it('says where it stands', () => {
    expect(at(59, 58, 60).words).toBe('#59, verified, then a checkpoint')
    expect(at(120).words).toBe('#120, not yet in a checkpoint')
  })

  it('is broken by what is wrong elsewhere only where something is missing', () => {
    const wrong = { ...log, Findings: log.Findings.map((one) => ({ ...one, Kind: 'mismatch' as const })) }
    const chain = { log: wrong, sizes: [] }
    expect(railOf({ index: 50 }, { older: { index: 30 }, newer: undefined }, chain).state).toBe('verified')
    expect(railOf({ index: 44 }, { older: { index: 30 }, newer: undefined }, chain).fault).toBe('Mismatch')
  })

  it('names what is wrong, acknowledged or not', () => {
    const known = { ...log, Findings: log.Findings.map((one) => ({ ...one, AcknowledgedAt: 1 })) }
    const rail = railOf({ index: 42 }, { older: undefined, newer: undefined }, { log: known, sizes: [] })
    expect(rail).toMatchObject({ state: 'broken', fault: 'Gap', words: '#42, Gap' })
  })
})
