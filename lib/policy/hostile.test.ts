/** Documents that nobody should have written: never a throw, never an Allow, and never a long wait. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lintPositions, readPolicy } from '#lib/domain/policy-grammar.ts'
import { checkIdentityPolicy, checkKeyPolicy, checkTrustPolicy } from './check.ts'
import { compilePolicy } from './compile.ts'
import { decide } from './decide.ts'
import type { Question } from './decision.ts'
import { named } from './testing-cases.ts'
import { KEY, OURS, PRINCIPALS } from './testing-principals.ts'

const allow = { Effect: 'Allow', Action: 'kms:*', Resource: '*' }
const print = (...Statement: unknown[]) => JSON.stringify({ Version: '2012-10-17', Statement })
const open = named('identity', 'open', print(allow))
const keyPolicy = (Principal: unknown) => named('key', 'key', print({ ...allow, Principal }))
const KIB_32 = 32_768
const surroundings = { partition: 'aws', principalExists: () => true }

/** Without the hostile document, every gate is open. */
const question: Question = {
  principal: PRINCIPALS.session,
  action: 'kms:Decrypt',
  resource: { arn: KEY, account: OURS },
  context: new Map([
    ['kms:x', ['a'.repeat(8_000)]],
    ['aws:username', ['a*'.repeat(100)]],
  ]),
  resourcePolicy: keyPolicy({ AWS: OURS }),
  identityPolicies: [open],
  boundary: open,
  sessionPolicies: [open],
  guardrails: [open],
}

const identity = (text: string) => named('identity', 'hostile', text)
const PLACES: [string, (text: string) => Partial<Question>][] = [
  ['the key policy', (text) => ({ resourcePolicy: named('key', 'hostile', text) })],
  ['an identity policy', (text) => ({ identityPolicies: [identity(text)] })],
  ['a boundary', (text) => ({ boundary: identity(text) })],
  ['a session policy', (text) => ({ sessionPolicies: [identity(text)] })],
  ['a guardrail', (text) => ({ guardrails: [identity(text)] })],
]

const nested = (open: string, close: string, times: number, inside = '') =>
  open.repeat(times) + inside + close.repeat(times)
const text = (change: object) => print({ ...allow, ...change })
const when = (Condition: unknown) => text({ Condition })
const fill = (unit: string, size = KIB_32 - 300) => unit.repeat(Math.floor(size / unit.length))

const HOSTILE: [string, string][] = [
  ['nothing', ''],
  ['white space', fill(' ')],
  ['32 KiB of nested lists', nested('[', ']', KIB_32 / 2)],
  ['nested lists that do not end', '['.repeat(KIB_32)],
  ['nested objects', nested('{"Statement":', '}', 2_000, '1')],
  ['nested lists in the place of actions', text({ Action: JSON.parse(nested('[', ']', 2_000)) })],
  [
    'a condition nested in conditions',
    when({ StringEquals: JSON.parse(nested('{"a:b":', '}', 2_000, '1')) }),
  ],
  ['a list of empty lists', `[${fill('[],')}1]`],
  ['more values than may be', `{"Statement":[${'1,'.repeat(25_000)}1]}`],
  ['statements that are empty', `{"Statement":[${fill('{},')}{}]}`],
  ['thousands of statements', print(...new Array<unknown>(500).fill({ ...allow, Action: 'kms:Sign' }))],
  ['thousands of unreadable allows', print(...new Array<unknown>(500).fill({ Effect: 'Allow' }))],
  ['a long text', `"${fill('a')}"`],
  ['a text that does not end', `"${fill('a')}`],
  ['a text of escapes', `{"Version":"${fill('\\u0061')}","Statement":[]}`],
  ['a long number', fill('9')],
  ['a number beyond all', '1e999'],
  ['duplicate members', `{${fill('"Version":"2012-10-17",')}"Statement":[]}`],
  ['as many members as fit', `{${Array.from({ length: 3_000 }, (_, i) => `"m${i}":1`).join()}}`],
  ['an own __proto__', `{"__proto__":${print(allow)},"Statement":${JSON.stringify(allow)}}`],
  ['a NUL character', print(allow).replace('Allow', 'All\u0000ow')],
  ['a lone surrogate', print(allow).replace('kms', '\\ud800')],
  ['an action of stars', text({ Action: `kms:${fill('*z')}` })],
  ['an action of question marks', text({ Action: `kms:${fill('?')}` })],
  ['thousands of actions', text({ Action: fill('kms:*x?y,').split(',').filter(Boolean) })],
  ['a resource of stars', text({ Resource: `arn:${fill('*z')}` })],
  ['a resource of variables', text({ Resource: `arn:${fill(`\${aws:username}`)}` })],
  ['a value of stars', when({ StringLike: { 'kms:X': `${fill('*a')}b` } })],
  ['a value of question marks and letters', when({ StringLike: { 'kms:X': `*${fill('a?', 8_000)}b*` } })],
  ['many of them', when({ StringLike: { 'kms:X': new Array(15).fill(`*${fill('a?', 2_000)}b*`) } })],
  ['a value of variables', when({ StringLike: { 'kms:X': `${fill(`*\${aws:username}?`)}` } })],
  ['variables in variables', when({ StringLike: { 'kms:X': fill('${') } })],
  ['thousands of values', when({ StringEquals: { 'kms:X': fill('b,').split(',') } })],
  [
    'thousands of addresses',
    when({ IpAddress: { 'kms:X': fill('2001:db8::/32,').split(',').filter(Boolean) } }),
  ],
  ['an address of colons', when({ IpAddress: { 'kms:X': fill(':') } })],
  ['a number that takes long to read', when({ NumericEquals: { 'kms:X': fill('1') } })],
  ['a date that takes long to read', when({ DateEquals: { 'kms:X': fill('2026-') } })],
  ['base64 that never ends', when({ BinaryEquals: { 'kms:X': fill('AAAA') } })],
  ['an ARN of colons', when({ ArnLike: { 'kms:X': fill('*:') } })],
  [
    'thousands of operators',
    when(
      Object.fromEntries(
        fill('Op,')
          .split(',')
          .map((name, i) => [name + i, {}]),
      ),
    ),
  ],
]

/** What stalls an engine takes seconds. A tenth of this is usual; the rest is for what the test run itself does beside. */
const QUICK_MS = 500

/**
 * Does the work take fewer milliseconds of the processor? A busy machine is no fault of the document's, and once in
 * three tries is enough.
 */
function isQuick(work: () => void, limit: number): boolean {
  const took = () => {
    const start = process.cpuUsage()
    work()
    return process.cpuUsage(start).user / 1000
  }
  return took() < limit || took() < limit || took() < limit
}

describe.each(HOSTILE)('%s', (_, hostile) => {
  it.each(PLACES)('as %s allows nothing, in no time', (_place, put) => {
    // A key policy needs principals to say anything.
    const forKey = hostile.replaceAll('"Effect":"Allow"', '"Effect":"Allow","Principal":"*"')
    const decideIt = () => {
      const asked = { ...question, ...put(put === PLACES[0]?.[1] ? forKey : hostile) }
      expect(decide(asked).allowed).toBe(false)
    }
    expect(isQuick(decideIt, QUICK_MS)).toBe(true)
  })

  it('is read, checked and described in no time', () => {
    const checkIt = () => {
      checkIdentityPolicy(hostile)
      checkKeyPolicy(hostile, surroundings)
      checkTrustPolicy(hostile, surroundings)
    }
    expect(isQuick(checkIt, 150)).toBe(true)
    for (const { from, to } of lintPositions(hostile))
      expect(0 <= from && from <= to && to <= hostile.length).toBe(true)
  })
})

it('without them, every gate is open', () => {
  expect(decide(question).allowed).toBe(true)
})

describe('what is not a policy', () => {
  const good = print({
    ...allow,
    Principal: '*',
    Condition: { StringLike: { 'kms:X': `\${aws:username}*` } },
  })
  const mangled = fc
    .tuple(fc.nat(good.length), fc.nat(3), fc.string({ maxLength: 4 }))
    .map(([place, cut, inserted]) => good.slice(0, place) + inserted + good.slice(place + cut))

  it('never allows and never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), fc.constantFrom(...PLACES), (source, [, put]) => {
        expect(decide({ ...question, ...put(source) }).allowed).toBe(false)
      }),
      { numRuns: 500 },
    )
  })

  it('is compiled, checked and described without throwing, however it was mangled', () => {
    fc.assert(
      fc.property(mangled, (source) => {
        decide({ ...question, resourcePolicy: named('key', 'key', source) })
        for (const kind of ['key', 'identity', 'trust'] as const) {
          readPolicy(source, kind)
          for (const { from, to } of lintPositions(source, kind))
            expect(0 <= from && from <= to && to <= source.length).toBe(true)
        }
        checkIdentityPolicy(source)
        checkTrustPolicy(source, surroundings)
      }),
      { numRuns: 500 },
    )
  })

  it('is refused on write whenever compiling could not understand all of it', () => {
    fc.assert(
      fc.property(mangled, (source) => {
        if (checkKeyPolicy(source, surroundings) === null)
          expect(compilePolicy(source, 'key').readable).toBe(true)
      }),
      { numRuns: 500 },
    )
  })
})
