import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type FilterFields, type FilterTerm, parseFilter, printFilter, printTerm } from './filter.ts'

const FIELDS = {
  outcome: ['ok', 'denied', 'error'],
  event: null,
  key: null,
  tag: null,
  source: ['wire', 'console', 'console-read'],
  'actor.type': ['Root', 'IAMUser'],
  'ctx.*': null,
  size: 'number',
  duration: 'duration',
  ip: 'addresses',
} as const satisfies FilterFields

const terms = (text: string) => parseFilter(text, FIELDS).terms.map(({ start: _, end: __, ...term }) => term)
const field = (name: string, values: [string, boolean?][], negated = false) => ({
  kind: 'field',
  field: name,
  negated,
  values: values.map(([text, glob = false]) => ({ text, glob })),
})
const text = (word: string, { glob = false, negated = false, quoted = false } = {}) => ({
  kind: 'text',
  negated,
  value: { text: word, glob },
  ...(quoted && { quoted }),
})
const between = (name: string, first: string, ...rest: string[]) => ({
  kind: 'field',
  field: name,
  negated: false,
  values: [{ text: first, glob: true, rest }],
})
const printed = (typed: string) => printFilter(parseFilter(typed, FIELDS).terms)

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
    ['a star at the beginning', 'event:*crypt', [between('event', '', 'crypt')]],
    ['stars in between', 'event:a**b*', [between('event', 'a', 'b', '')]],
    ['a star that fits a value of a list', 'source:*-read', [between('source', '', '-read')]],
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
    ['quoted text', '"access denied"', [text('access denied', { quoted: true })]],
    ['what looks like a field, quoted', '"arn:aws:x"', [text('arn:aws:x', { quoted: true })]],
    ['escapes in quotes', '"a \\"b\\" \\\\"', [text('a "b" \\', { quoted: true })]],
    ['a line break in quotes', '"a\nb"', [text('a\nb', { quoted: true })]],
    ['a field with a dot', 'actor.type:Root', [field('actor.type', [['Root']])]],
    ['a field of a family', 'ctx.tenant:acme', [field('ctx.tenant', [['acme']])]],
    ['a name with colons, quoted', 'ctx."aws:s3:arn":*', [field('ctx.aws:s3:arn', [['', true]])]],
    ['comparisons', 'size:6,>=10', [field('size', [['6'], ['>=10']])]],
    ['spans', 'duration:>250ms,<=2s', [field('duration', [['>250ms'], ['<=2s']])]],
    ['any number', 'size:*', [field('size', [['', true]])]],
    [
      'ranges of addresses',
      'ip:10.0.0.0/8,2001:db8::/32,192.0.*,::1',
      [field('ip', [['10.0.0.0/8'], ['2001:db8::/32'], ['192.0.', true], ['::1']])],
    ],
    ['an address', '192.0.2.7', [text('192.0.2.7')]],
  ])('%s', (_, typed, expected) => {
    expect(parseFilter(typed, FIELDS).faults).toEqual([])
    expect(terms(typed)).toEqual(expected)
  })

  it.each([
    ['one or another', '(a OR outcome:ok)', [[['a'], ['outcome:ok']]]],
    ['all of either', '(a outcome:ok OR b)', [[['a', 'outcome:ok'], ['b']]]],
    ['spaces within', '(  a   OR  b  )', [[['a'], ['b']]]],
    ['groups in groups', '((a OR b) c OR -(d))', [[['(a OR b)', 'c'], ['-(d)']]]],
    ['a word that begins with OR', '(ORANGE OR x)', [[['ORANGE'], ['x']]]],
    ['OR as a word', '("OR" OR x)', [[['"OR"'], ['x']]]],
    ['a parenthesis in quotes', '(")" OR x)', [[['")"'], ['x']]]],
  ])('a group: %s', (_, typed, expected) => {
    const { terms: read, faults } = parseFilter(typed, FIELDS)
    expect(faults).toEqual([])
    expect(
      read.flatMap((term) => (term.kind === 'group' ? [term.any.map((all) => all.map(printTerm))] : [])),
    ).toEqual(expected)
  })

  it('prints a group as it is typed', () => {
    expect(printed('-( a  OR event:b,"c d" ) x')).toBe('-(a OR event:b,"c d") x')
    expect(printed('ctx."aws:s3:arn":x ctx."tenant":y')).toBe('ctx."aws:s3:arn":x ctx.tenant:y')
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
    ['text glued to a parenthesis', 'a(b', 'Put a space before this', 1, 3],
    ['a group that is not closed', '(a OR b', 'This parenthesis is not closed', 0, 7],
    ['a character that no database keeps', 'a "\0"', 'A filter cannot hold U+0000', 3, 4],
    ['an empty group', 'event:x ()', 'Say what to look for', 9, 10],
    ['an empty side', '(a OR ) x', 'Say what to look for', 6, 7],
    ['a parenthesis too many', 'a )', 'There is no ( before this )', 2, 3],
    ['OR without parentheses', 'a OR b', 'OR stands between parentheses', 2, 4],
    ['groups too deep', '(((((a)))))', 'Parentheses go at most 4 deep', 4, 5],
    ['a fault within a group', '(a OR colour:red (b)) outcome:ok', 'There is no field colour', 6, 13],
    ['no number', 'size:many', 'size takes a number, such as 6 or >=6', 5, 9],
    ['a unit that is none', 'duration:>5parsecs', 'duration takes a number, such as >250ms', 9, 18],
    ['a number with a star', 'size:1*', 'size takes a number', 5, 7],
    ['a range that is none', 'ip:10.0.0.0/99', 'ip takes an address, or a range', 3, 14],
    ['a family without a name', 'ctx:x', 'There is no field ctx', 0, 4],
    ['a field with a dot that is none', 'outcome.x:ok', 'There is no field outcome.x', 0, 10],
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
    const group = `(${Array(30).fill('x').join(' OR ')})`
    expect(parseFilter(`${group} a ${group} b`, FIELDS)).toMatchObject({
      terms: [{ kind: 'group' }, { kind: 'text' }],
      faults: [{ message: 'A filter has at most 50 terms' }],
    })
    expect(parseFilter('('.repeat(2000), FIELDS).faults.length).toBeGreaterThan(0)
    expect(parseFilter('('.repeat(1000) + ')'.repeat(1000), FIELDS).faults).toHaveLength(1)
  })
})

describe('printing', () => {
  const piece = fc.string({ minLength: 1, maxLength: 12 })
  const value = fc.oneof(
    fc.record({ text: piece, glob: fc.boolean() }),
    fc.record({
      text: piece,
      glob: fc.constant(true),
      rest: fc.array(piece, { minLength: 1, maxLength: 2 }),
    }),
  )
  const here = { start: fc.constant(0), end: fc.constant(0), negated: fc.boolean() }
  const { term: anyTerm } = fc.letrec<{ term: FilterTerm }>((tie) => ({
    term: fc.oneof(
      { maxDepth: 3 },
      fc.record({
        ...here,
        kind: fc.constant('field' as const),
        field: fc.oneof(
          fc.constantFrom('event', 'key', 'tag'),
          piece.map((name) => `ctx.${name}`),
        ),
        values: fc.array(value, { minLength: 1, maxLength: 3 }),
      }),
      fc.record({ ...here, kind: fc.constant('text' as const), value, quoted: fc.constant(true) }),
      fc.record({
        ...here,
        kind: fc.constant('text' as const),
        value: fc.record({ text: fc.stringMatching(/^[a-zA-Z0-9.,]{1,9}$/), glob: fc.boolean() }),
      }),
      fc.record({
        ...here,
        kind: fc.constant('group' as const),
        any: fc.array(fc.array(tie('term'), { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 2 }),
      }),
    ),
  }))
  /** Without places, and without the mark of quotes that a word may need anyway. */
  const bare = (list: readonly FilterTerm[]): unknown =>
    JSON.parse(
      JSON.stringify(list, (name, member) =>
        ['start', 'end', 'quoted'].includes(name) ? undefined : member,
      ),
    )

  it('reads back what it prints', () => {
    fc.assert(
      fc.property(fc.array(anyTerm, { maxLength: 4 }), (list) => {
        const read = parseFilter(printFilter(list), FIELDS)
        expect(read.faults).toEqual([])
        expect(bare(read.terms)).toEqual(bare(list))
      }),
    )
  })

  const grammar = fc
    .array(
      fc.constantFrom(
        ...['(', ')', ' ', ' OR ', 'OR', '-', '"', '*', ',', ':', '\\'],
        'a',
        'event:',
        'ctx.b',
        'size:>6',
      ),
    )
    .map((parts) => parts.join(''))
  it('never throws, and what it read of any text it prints to the same terms and text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), grammar), (typed) => {
        const { terms: read, faults } = parseFilter(typed, FIELDS)
        const once = printFilter(read)
        const again = parseFilter(once, FIELDS)
        expect(again.faults).toEqual([])
        expect(bare(again.terms)).toEqual(bare(read))
        expect(printFilter(again.terms)).toBe(once)
        for (const { start, end } of [...read, ...faults]) {
          expect(start).toBeLessThanOrEqual(end)
          expect(end).toBeLessThanOrEqual(typed.length)
        }
      }),
      { numRuns: 500 },
    )
  })
})
