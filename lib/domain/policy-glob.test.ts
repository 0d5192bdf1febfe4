import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { globOf, matchesGlob, parseGlob } from './policy-glob.ts'

/** The obvious definition, exponential and correct. */
function matchesSlowly(pattern: string, value: string): boolean {
  if (pattern === '') return value === ''
  const [head, rest] = [pattern.charAt(0), pattern.slice(1)]
  if (head === '*')
    return matchesSlowly(rest, value) || (value !== '' && matchesSlowly(pattern, value.slice(1)))
  return value !== '' && (head === '?' || head === value.charAt(0)) && matchesSlowly(rest, value.slice(1))
}

describe('a glob', () => {
  it.each([
    ['', '', true],
    ['', 'a', false],
    ['*', '', true],
    ['?', '', false],
    ['a*a', 'a', false],
    ['a*a', 'aa', true],
    ['*ab*ab*', 'abab', true],
    ['*a?c*', 'xabacx', false],
    ['*a?c', 'abcaxc', true],
    ['kms:*', 'kms:', true],
  ])('%s of %s: %s', (pattern, value, expected) => {
    expect(matchesGlob(parseGlob(pattern), value)).toBe(expected)
  })

  it('matches what its definition says', () => {
    const text = (letters: string[], maxLength: number) =>
      fc.array(fc.constantFrom(...letters), { maxLength }).map((parts) => parts.join(''))
    fc.assert(
      fc.property(text(['a', 'b', '*', '?'], 8), text(['a', 'b'], 10), (pattern, value) => {
        expect(matchesGlob(parseGlob(pattern), value)).toBe(matchesSlowly(pattern, value))
      }),
      { numRuns: 5000 },
    )
  })

  it('matches what its definition says also where question marks are many', () => {
    const text = (letters: string[], minLength: number, maxLength: number) =>
      fc.array(fc.constantFrom(...letters), { minLength, maxLength }).map((parts) => parts.join(''))
    // Long enough for more than one word of bits; the value holds the piece about every second time.
    const situation = fc
      .tuple(
        text(['a', 'b', 'a?', '?b?'], 20, 60),
        text(['a', 'b'], 0, 40),
        text(['a', 'b'], 0, 40),
        fc.boolean(),
      )
      .map(([piece, before, after, holds]) => {
        const inside = holds ? piece.replaceAll('?', 'a') : piece.replaceAll('?', 'b').replace('a', 'b')
        return { piece, value: before + inside + after }
      })
    fc.assert(
      fc.property(situation, ({ piece, value }) => {
        for (const pattern of [`*${piece}*`, `*${piece}`, `${piece}*`, `a*${piece}*b`])
          expect(matchesGlob(parseGlob(pattern), value)).toBe(matchesSlowly(pattern, value))
      }),
      { numRuns: 500 },
    )
  })

  it('takes wildcards in a text part as themselves', () => {
    const glob = globOf([
      { kind: 'text', text: 'a*?' },
      { kind: 'wild', wild: '*' },
    ])
    expect(matchesGlob(glob, 'a*?b')).toBe(true)
    expect(matchesGlob(glob, 'axyb')).toBe(false)
  })

  it.each([
    ['many stars', '*a'.repeat(10_000), 'a'.repeat(8_000)],
    ['many stars that never fit', `${'*a'.repeat(2_000)}*b`, 'a'.repeat(8_000)],
    ['question marks between stars', `*${'a?'.repeat(2_000)}b*`, 'a'.repeat(8_000)],
    ['question marks without end', `*${'a?'.repeat(16_000)}b*`, 'a'.repeat(40_000)],
    ['a piece that nearly fits everywhere', `*${'a?'.repeat(4_000)}b*`, 'a'.repeat(16_000)],
    ['one long text that nearly fits everywhere', `*b${'a'.repeat(8_000)}*`, 'a'.repeat(16_000)],
    ['a long run of question marks', `*${'?'.repeat(4_000)}b*`, 'a'.repeat(8_000)],
  ])('is quick with %s', (_, pattern, value) => {
    // Time of the processor: a busy machine is no fault of the pattern's.
    const start = process.cpuUsage()
    expect(matchesGlob(parseGlob(pattern), value)).toBe(false)
    expect(process.cpuUsage(start).user).toBeLessThan(500_000)
  })
})
