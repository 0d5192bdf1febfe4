import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type FilterTerm, parseFilter, printFilter, printTerm } from './filter.ts'

const FIELDS = {
  outcome: ['ok', 'denied', 'error'],
  event: null,
  key: null,
  tag: null,
  source: ['wire', 'console', 'console-read'],
}

const terms = (text: string) => parseFilter(text, FIELDS).terms.map(({ start: _, end: __, ...term }) => term)
const field = (name: string, values: [string, boolean?][], negated = false) => ({
  kind: 'field',
  field: name,
  negated,
  values: values.map(([text, glob = false]) => ({ text, glob })),
})
const text = (word: string, { glob = false, negated = false } = {}) => ({
  kind: 'text',
  negated,
  value: { text: word, glob },
})

describe('reading', () => {
  it.each([
    ['nothing', '', []],
    ['spaces', '   ', []],
    ['a field', 'outcome:denied', [field('outcome', [['denied']])]],
    ['one or another', 'event:Encrypt,Decrypt', [field('event', [['Encrypt'], ['Decrypt']])]],
    ['not', '-source:console-read', [field('source', [['console-read']], true)]],
    ['space means and', 'outcome:ok  event:Sign', [field('outcome', [['ok']]), field('event', [['Sign']])]],
    ['a star at the end', 'event:Generate*', [field('event', [['Generate', true]])]],
    ['a star alone', 'key:*', [field('key', [['', true]])]],
    ['a star elsewhere is a star', 'event:a*b', [field('event', [['a*b']])]],
    ['a star in quotes is a star', 'event:"a*"', [field('event', [['a*']])]],
    ['a star behind quotes', 'event:"a b"*', [field('event', [['a b', true]])]],
    ['quotes in a list', 'tag:"team=pay, ops",x', [field('tag', [['team=pay, ops'], ['x']])]],
    [
      'colons in a value',
      'key:arn:aws:kms:eu-west-1:1:key/2',
      [field('key', [['arn:aws:kms:eu-west-1:1:key/2']])],
    ],
    ['a word', 'payments', [text('payments')]],
    ['a word not wanted', '-payments', [text('payments', { negated: true })]],
    ['a word with a star', 'pay*', [text('pay', { glob: true })]],
    ['a word with a comma', 'a,b', [text('a,b')]],
    ['quoted text', '"access denied"', [text('access denied')]],
    ['what looks like a field, quoted', '"arn:aws:x"', [text('arn:aws:x')]],
    ['escapes in quotes', '"a \\"b\\" \\\\"', [text('a "b" \\')]],
    ['an address', '192.0.2.7', [text('192.0.2.7')]],
  ])('%s', (_, typed, expected) => {
    expect(parseFilter(typed, FIELDS).faults).toEqual([])
    expect(terms(typed)).toEqual(expected)
  })

  it('says where each term stands', () => {
    expect(parseFilter(' -outcome:ok  x', FIELDS).terms).toMatchObject([
      { start: 1, end: 12 },
      { start: 14, end: 15 },
    ])
  })
})

describe('faults', () => {
  it.each([
    ['an unknown field', 'colour:red', 'There is no field colour', 0, 7],
    ['a property of every object', 'constructor:x', 'There is no field constructor', 0, 12],
    ['a value outside the list', 'outcome:nice', 'outcome can be ok, denied or error', 8, 12],
    ['a star that fits nothing', 'outcome:x*', 'outcome can be', 8, 10],
    ['no value', 'event:', 'Give a value after event:', 6, 6],
    ['a hole in a list', 'event:a,,b', 'Give a value after event:', 8, 8],
    ['a comma at the end', 'event:a,', 'Give a value after event:', 8, 8],
    ['an open quotation mark', 'event:"abc', 'This quotation mark is not closed', 6, 10],
    ['an open quotation mark alone', '"', 'This quotation mark is not closed', 0, 1],
    ['nothing in quotes', '""', 'There is nothing between the quotation marks', 0, 2],
    ['a lone sign', '-', 'Say what to leave out after -', 0, 1],
    ['text glued to quotes', '"a"b', 'Put a space before this', 3, 4],
  ])('%s', (_, typed, message, start, end) => {
    const { faults } = parseFilter(typed, FIELDS)
    expect(faults).toHaveLength(1)
    expect(faults[0]?.message).toContain(message)
    expect(faults[0]).toMatchObject({ start, end })
  })

  it('keeps the terms that could be read', () => {
    const { terms: good, faults } = parseFilter('outcome:ok colour:red event:Sign', FIELDS)
    expect(good.map(printTerm)).toEqual(['outcome:ok', 'event:Sign'])
    expect(faults).toMatchObject([{ start: 11, end: 18 }])
  })

  it('bounds length and number', () => {
    expect(parseFilter('x'.repeat(2001), FIELDS).faults[0]?.message).toContain('at most 2000')
    expect(parseFilter('x '.repeat(51), FIELDS)).toMatchObject({
      faults: [{ message: 'A filter has at most 50 terms' }],
    })
  })
})

describe('printing', () => {
  const value = fc.record({ text: fc.string({ minLength: 1, maxLength: 12 }), glob: fc.boolean() })
  const anyTerm: fc.Arbitrary<FilterTerm> = fc.oneof(
    fc.record({
      kind: fc.constant('field' as const),
      field: fc.constantFrom('event', 'key', 'tag'),
      negated: fc.boolean(),
      values: fc.array(value, { minLength: 1, maxLength: 3 }),
      start: fc.constant(0),
      end: fc.constant(0),
    }),
    fc.record({
      kind: fc.constant('text' as const),
      negated: fc.boolean(),
      value,
      start: fc.constant(0),
      end: fc.constant(0),
    }),
  )
  const bare = (list: readonly FilterTerm[]) => list.map(({ start: _, end: __, ...term }) => term)

  it('reads back what it prints', () => {
    fc.assert(
      fc.property(fc.array(anyTerm, { maxLength: 6 }), (list) => {
        const read = parseFilter(printFilter(list), FIELDS)
        expect(read.faults).toEqual([])
        expect(bare(read.terms)).toEqual(bare(list))
      }),
    )
  })

  it('never throws, and prints what it read of any text to the same terms', () => {
    fc.assert(
      fc.property(fc.string(), (typed) => {
        const { terms: read } = parseFilter(typed, FIELDS)
        expect(bare(parseFilter(printFilter(read), FIELDS).terms)).toEqual(bare(read))
      }),
    )
  })
})
