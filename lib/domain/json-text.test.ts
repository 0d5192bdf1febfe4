import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { JsonTextError, pointerStep, readJson, readJsonWithPlaces } from './json-text.ts'

const LIMITS = { maxDepth: 4, maxTokens: 50 }
const ROOMY = { maxDepth: 50, maxTokens: 100_000 }

function faultOf(text: string): JsonTextError {
  try {
    readJson(text, LIMITS)
  } catch (error) {
    if (error instanceof JsonTextError) return error
    throw error
  }
  throw new Error(`was read: ${text}`)
}

describe('what is refused', () => {
  it.each([
    ['nothing', '', 'unexpected end', 0],
    ['only white space', ' \n', 'unexpected end', 2],
    ['a byte order mark', '\ufeff{}', 'unexpected character', 0],
    ['two values', '{} {}', 'unexpected character', 3],
    ['a comment', '{/* */}', 'unexpected character', 1],
    ['a trailing comma in an object', '{"a":1,}', 'unexpected character', 7],
    ['a trailing comma in a list', '[1,]', 'unexpected character', 3],
    ['single quotes', "{'a':1}", 'unexpected character', 1],
    ['a name without quotes', '{a:1}', 'unexpected character', 1],
    ['a member without a colon', '{"a" 1}', 'unexpected character', 5],
    ['a member without a value', '{"a":}', 'unexpected character', 5],
    ['an object that is not closed', '{"a":1', 'unexpected end', 6],
    ['a list closed by a brace', '[1}', 'unexpected character', 2],
    ['a string that is not closed', '"abc', 'unexpected end', 4],
    ['a word that JSON lacks', 'undefined', 'unexpected character', 0],
    ['half a word', 'tru', 'unexpected character', 0],
    ['NaN', 'NaN', 'unexpected character', 0],
    ['a leading zero', '012', 'unexpected character', 1],
    ['a leading plus', '+1', 'unexpected character', 0],
    ['a bare fraction', '.5', 'unexpected character', 0],
    ['a fraction without digits', '1.', 'unexpected character', 1],
    ['hexadecimal', '0x10', 'unexpected character', 1],
    ['a number that is infinite', '[1e999]', 'number out of range', 1],
    ['the same member twice', '{"Effect":"Deny","Effect":"Allow"}', 'duplicate member', 17],
    ['the same member twice, once escaped', '{"a":1,"\\u0061":2}', 'duplicate member', 7],
    ['__proto__', '{"__proto__":{}}', 'forbidden member name', 1],
    ['an escaped __proto__', '{"\\u005f_proto__":{}}', 'forbidden member name', 1],
    ['constructor', '{"a":{"constructor":1}}', 'forbidden member name', 6],
    ['prototype', '{"prototype":1}', 'forbidden member name', 1],
    ['a lone high surrogate', '"\\ud800"', 'lone surrogate', 0],
    ['a lone low surrogate', '"\\udc00x"', 'lone surrogate', 0],
    ['a lone surrogate unescaped', '"\ud800"', 'lone surrogate', 0],
    ['a lone surrogate in a name', '{"\\ud800":1}', 'lone surrogate', 1],
    ['NUL', '"\u0000"', 'NUL character', 1],
    ['an escaped NUL', '"a\\u0000"', 'NUL character', 2],
    ['a raw line feed in a string', '"a\nb"', 'control character', 2],
    ['an unknown escape', '"\\x41"', 'invalid escape', 1],
    ['an escape with too few digits', '"\\u12"', 'invalid escape', 1],
    ['a backslash at the end', '"\\', 'invalid escape', 1],
    ['five containers deep', '[[[[[]]]]]', 'too deep', 4],
    ['more values than allowed', `[${'1,'.repeat(60)}1]`, 'too many values', 99],
  ])('%s', (_, text, reason, position) => {
    expect(faultOf(text)).toMatchObject({ reason, position })
  })

  it('an endless nesting, without using the stack', () => {
    expect(faultOf('['.repeat(1 << 20)).reason).toBe('too deep')
  })
})

describe('what is read', () => {
  it.each([
    ['words', '[true,false,null]', [true, false, null]],
    ['numbers', '[0,-0.5,1e3,2E-2]', [0, -0.5, 1000, 0.02]],
    ['escapes', '"\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9"', '"\\/\b\f\n\r\té'],
    ['an escaped pair of surrogates', '"\\ud83d\\ude00"', '\u{1f600}'],
    ['white space of every kind', ' \t\r\n{ "a" : [ ] } ', { a: [] }],
    [
      'members with the names of inherited methods',
      '{"toString":1,"hasOwnProperty":2}',
      { toString: 1, hasOwnProperty: 2 },
    ],
  ])('%s', (_, text, value) => {
    expect(readJson(text, LIMITS)).toEqual(value)
  })

  it('objects have no prototype', () => {
    expect(Object.getPrototypeOf(readJson('{}', LIMITS))).toBeNull()
  })

  it('everything JSON.stringify writes of well-formed values', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'binary' }), fc.nat(3), (value, indent) => {
        const text = JSON.stringify(value, null, indent)
        let read: unknown
        try {
          read = readJson(text, ROOMY)
        } catch (error) {
          // Only these are ours to refuse beyond the grammar.
          expect(error).toMatchObject({
            reason: expect.stringMatching(/^(forbidden member name|NUL character|lone surrogate)$/),
          })
          return
        }
        expect(JSON.stringify(read)).toBe(JSON.stringify(JSON.parse(text)))
      }),
    )
  })

  it('nothing that JSON.parse refuses', () => {
    const piece = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"',
      '\\',
      'a',
      '1',
      '-',
      '.',
      'e',
      'null',
      ' ',
      '\n',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join('')
        let read = true
        try {
          readJson(text, ROOMY)
        } catch {
          read = false
        }
        if (read) expect(() => JSON.parse(text)).not.toThrow()
      }),
      { numRuns: 2000 },
    )
  })
})

describe('places', () => {
  it('tells where members and values stand', () => {
    const text = '{ "a/b": [1, "x"] }'
    const { places } = readJsonWithPlaces(text, LIMITS)
    const cut = (pointer: string, part: 'key' | 'value') => {
      const span = places.get(pointer)?.[part]
      return span && text.slice(span.from, span.to)
    }
    expect(cut('', 'value')).toBe(text)
    expect(cut('/a~1b', 'key')).toBe('"a/b"')
    expect(cut('/a~1b', 'value')).toBe('[1, "x"]')
    expect(cut('/a~1b/1', 'value')).toBe('"x"')
    expect(cut('/a~1b/1', 'key')).toBeUndefined()
  })

  it('escapes pointers as RFC 6901 says', () => {
    expect(pointerStep('', 'm~n/o')).toBe('/m~0n~1o')
  })
})
