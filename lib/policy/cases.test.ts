/** The cases of testdata: what is decided, by which statement; and that every operator and key is among them. */
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { CONDITION_KEYS } from '#lib/domain/condition-keys.ts'
import { CONDITION_OPERATORS } from '#lib/domain/condition-operators.ts'
import { decide } from './decide.ts'
import { GATES, type StatementRef } from './decision.ts'
import { type Case, contextOf, questionOf, resourceOf } from './testing-cases.ts'
import { judgeNaively } from './testing-naive-evaluator.ts'
import { PRINCIPALS } from './testing-principals.ts'

const folder = new URL('./testdata/', import.meta.url)
const files = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name): [string, Case[]] => [name, JSON.parse(readFileSync(new URL(name, folder), 'utf8'))])
const cases = files.flatMap(([, list]) => list)

const written = (ref: StatementRef | null) => ref && `${ref.policy.name} ${ref.index}`

describe.each(files)('%s', (_file, list) => {
  it.each(list.map((given) => [given.description, given] as const))('%s', (_, given) => {
    const decision = decide(questionOf(given))
    const { allowed, reason, deciding, grant } = decision
    const found = { allowed, reason, deciding: written(deciding), ...(grant ? { grant: grant.id } : {}) }
    expect(found).toEqual(given.expect)
    expect(decision.verdict).toBe(
      allowed ? 'allowed' : reason.startsWith('explicit') ? 'explicit-deny' : 'implicit-deny',
    )
    expect(decision.gates.map((gate) => gate.gate)).toEqual(GATES)
  })
})

describe('the second evaluator', () => {
  const isDocument = (source: unknown) => typeof source !== 'string'
  const read = cases.filter(({ keyPolicy, trustPolicy, boundary, ...given }) =>
    [
      keyPolicy,
      trustPolicy,
      boundary,
      ...(given.identityPolicies ?? []),
      ...(given.sessionPolicies ?? []),
      ...(given.guardrails ?? []),
    ].every(isDocument),
  )

  it('reads nearly all of the cases', () => {
    expect(read.length).toBeGreaterThan(cases.length * 0.95)
  })

  it.each(read.map((given) => [given.description, given] as const))('agrees: %s', (_, given) => {
    const { keyPolicy = null, trustPolicy, ...rest } = given
    const { allowed, reason } = judgeNaively({
      ...rest,
      principal: PRINCIPALS[given.principal],
      resource: resourceOf(given),
      context: contextOf(given),
      resourcePolicy: trustPolicy
        ? { kind: 'trust', document: trustPolicy }
        : keyPolicy === null
          ? null
          : { kind: 'key', document: keyPolicy },
      identityPolicies: given.identityPolicies ?? [],
    })
    expect({ allowed, reason }).toEqual({ allowed: given.expect.allowed, reason: given.expect.reason })
  })
})

/** What a case shows of one clause: it decides whether the request is allowed, and held or did not. */
type Shown = {
  readonly operator: string
  readonly key: string
  readonly shows: 'holds' | 'fails'
  readonly absent: boolean
}

type Conditions = Record<string, Record<string, unknown>>
type Found = { readonly Condition: Conditions; readonly operator: string; readonly key: string }

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Every clause of every Condition in a case, wherever it stands. */
function clausesIn(value: unknown): Found[] {
  if (Array.isArray(value)) return value.flatMap(clausesIn)
  if (!isRecord(value)) return []
  const { Condition } = value
  const here = isRecord(Condition) ? Object.entries(Condition) : []
  const found = here.flatMap(([operator, keys]) =>
    // A test may trust what it has itself looked at: Condition is an object of objects here.
    isRecord(keys)
      ? Object.keys(keys).map((key) => ({ Condition: Condition as Conditions, operator, key }))
      : [],
  )
  return [...found, ...Object.values(value).flatMap(clausesIn)]
}

/** The decision with one clause replaced by one whose key no request has: `true` for one that holds then. */
function allowedWith(given: Case, number: number, holds: boolean): boolean {
  const copy: Case = structuredClone(given)
  const { Condition, operator, key } = clausesIn(copy)[number] ?? { Condition: {}, operator: '', key: '' }
  delete Condition[operator]?.[key]
  Condition.Null = { ...Condition.Null, 'test:never': String(holds) }
  return decide(questionOf(copy)).allowed
}

const shown: Shown[] = cases.flatMap((given) => {
  const { allowed } = given.expect
  return clausesIn(given).flatMap(({ operator, key }, number): Shown[] => {
    const ifHeld = allowedWith(given, number, true)
    if (ifHeld === allowedWith(given, number, false)) return []
    const absent = (contextOf(given)[key.toLowerCase()] ?? []).length === 0
    return [{ operator, key: key.toLowerCase(), shows: allowed === ifHeld ? 'holds' : 'fails', absent }]
  })
})

describe('the cases cover', () => {
  it('at least four hundred', () => {
    expect(cases.length).toBeGreaterThanOrEqual(400)
  })

  it('each with a description of its own in its file', () => {
    for (const [, list] of files) expect(new Set(list.map((one) => one.description)).size).toBe(list.length)
  })

  const sets = ['', 'ForAllValues:', 'ForAnyValue:']
  const forms = Object.keys(CONDITION_OPERATORS).flatMap((name) =>
    name === 'Null' ? [name] : sets.flatMap((set) => [`${set}${name}`, `${set}${name}IfExists`]),
  )
  it.each(forms)('%s: a value that fits, one that does not, and none', (form) => {
    const of = shown.filter(({ operator }) => operator === form)
    expect(of.some(({ shows, absent }) => shows === 'holds' && (!absent || form === 'Null'))).toBe(true)
    expect(of.some(({ shows, absent }) => shows === 'fails' && (!absent || form === 'Null'))).toBe(true)
    expect(of.some(({ absent }) => absent)).toBe(true)
  })

  const names = [
    ...CONDITION_KEYS.map(({ name }) => name),
    'sts:ExternalId',
    'sts:RoleSessionName',
    'sts:SourceIdentity',
  ]
  it.each(names)('%s: a value that fits, one that does not, and none', (name) => {
    const lower = name.toLowerCase()
    const open = /[:/]$|pcr$/.test(lower)
    const of = shown.filter(({ key }) => (open ? key.startsWith(lower) : key === lower))
    const present = of.filter(({ absent }) => !absent).map(({ shows }) => shows)
    expect(new Set(present)).toEqual(new Set(['holds', 'fails']))
    expect(of.some(({ absent, shows }) => absent && shows === 'fails')).toBe(true)
  })

  it('every reason there is', () => {
    const roles = ['guardrail', 'resource', 'identity', 'boundary', 'session']
    const reasons = roles.flatMap((role) => [`explicit-deny-${role}`, `no-${role}-policy`])
    expect(new Set(cases.map(({ expect: { reason } }) => reason))).toEqual(new Set(['allowed', ...reasons]))
  })
})
