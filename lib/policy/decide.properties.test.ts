/** What holds of every decision, over random situations (testing-situations.ts). */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decide } from './decide.ts'
import { compiledQuestion } from './testing-comparison.ts'
import type { NaiveQuestion } from './testing-naive-evaluator.ts'
import { situationOf } from './testing-situations.ts'

const RUNS = { numRuns: 1000 }
/** The seed is what a failure shows. */
const seeds = fc.integer({ min: 1, max: 2 ** 30 })
const decisionOf = (situation: NaiveQuestion) => decide(compiledQuestion(situation))
const isAllowed = (situation: NaiveQuestion) => decisionOf(situation).allowed

type Json = Record<string, unknown>
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The situation with every document of it changed. */
function withDocuments(situation: NaiveQuestion, change: (document: unknown) => unknown): NaiveQuestion {
  const { resourcePolicy: own, boundary } = situation
  return {
    ...situation,
    resourcePolicy: own && { ...own, document: change(own.document) },
    identityPolicies: situation.identityPolicies.map(change),
    boundary: boundary === undefined ? undefined : change(boundary),
    sessionPolicies: situation.sessionPolicies?.map(change),
    guardrails: situation.guardrails?.map(change),
  }
}

const statementsOf = ({ Statement }: Json): unknown[] => (Array.isArray(Statement) ? Statement : [Statement])

/** A document with every statement of it changed; what is no document stays as it is. */
const withStatements = (change: (all: unknown[]) => unknown[]) => (document: unknown) =>
  isObject(document) && document.Statement !== undefined
    ? { ...document, Statement: change(statementsOf(document)) }
    : document

const everyStatement = (more: Json) =>
  withStatements((all) => all.map((one) => (isObject(one) ? { ...one, ...more } : one)))

const turned = <T>(list: readonly T[] | undefined) => list && [...list].reverse()

describe('deciding', () => {
  it('does not depend on the order of statements, policies and grants', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const situation = situationOf(seed)
        const other = withDocuments(
          {
            ...situation,
            identityPolicies: turned(situation.identityPolicies) ?? [],
            sessionPolicies: turned(situation.sessionPolicies),
            guardrails: turned(situation.guardrails),
            grants: turned(situation.grants),
          },
          withStatements((all) => [...all].reverse()),
        )
        const { allowed, verdict, reason } = decisionOf(situation)
        expect(decisionOf(other)).toMatchObject({ allowed, verdict, reason })
      }),
      RUNS,
    )
  })

  it('never grants more when a deny is added, wherever', () => {
    fc.assert(
      fc.property(seeds, seeds, (seed, otherSeed) => {
        const situation = situationOf(seed)
        const { resourcePolicy, identityPolicies } = situationOf(otherSeed)
        const denials = [resourcePolicy?.document, ...identityPolicies]
          .filter(isObject)
          .flatMap(statementsOf)
          .filter(isObject)
          .map((one) => ({ ...one, Effect: 'Deny' }))
        // A policy without statements is not understood and denies everything: with one it would deny less.
        const add = withStatements((all) => (all.length === 0 ? all : [...all, ...denials]))
        const more = withDocuments(situation, add)
        if (isAllowed(more)) expect(isAllowed(situation)).toBe(true)
      }),
      RUNS,
    )
  })

  it('never grants less when an allow is added to what a resource or an identity says', () => {
    fc.assert(
      fc.property(seeds, seeds, (seed, otherSeed) => {
        const situation = situationOf(seed)
        if (!isAllowed(situation)) return
        const { identityPolicies, resourcePolicy: more } = situationOf(otherSeed)
        const allows = (document: unknown) =>
          isObject(document)
            ? statementsOf(document).filter((one) => isObject(one) && one.Effect === 'Allow')
            : []
        const { resourcePolicy: own } = situation
        const wider = {
          ...situation,
          resourcePolicy: own && {
            ...own,
            document: withStatements((all) => [...all, ...allows(more?.document)])(own.document),
          },
          identityPolicies: situation.identityPolicies.map(
            withStatements((all) => [...all, ...identityPolicies.flatMap(allows)]),
          ),
        }
        expect(isAllowed(wider)).toBe(true)
      }),
      RUNS,
    )
  })

  /** Its root user may do in an account what no policy of a resource is about: there silence allows. */
  const needsStatements = ({ principal, resourcePolicy }: NaiveQuestion) =>
    resourcePolicy !== null || principal.kind !== 'root'

  it.each<[string, (document: unknown) => unknown]>([
    ['an unknown element of a statement', everyStatement({ Resources: '*' })],
    ['an unknown operator', everyStatement({ Condition: { StringMatches: { 'kms:One': 'a' } } })],
    [
      'an operator that is unknown with its set',
      everyStatement({ Condition: { 'ForAll:Bool': { 'kms:One': 'true' } } }),
    ],
    ['a Condition that is none', everyStatement({ Condition: 'true' })],
    ['an unknown action', everyStatement({ NotAction: undefined, Action: 'kms:Nothing' })],
    ['an action without a service', everyStatement({ NotAction: undefined, Action: 'Decrypt' })],
    ['an Effect that is neither', everyStatement({ Effect: 'Permit' })],
    [
      'an unknown Version',
      (document) => (isObject(document) ? { ...document, Version: '2026-01-01' } : document),
    ],
    [
      'an unknown element of a policy',
      (document) => (isObject(document) ? { ...document, Statements: [] } : document),
    ],
    ['no statements', (document) => (isObject(document) ? { ...document, Statement: [] } : document)],
  ])('never allows by %s', (_, change) => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const situation = { ...situationOf(seed), grants: undefined }
        if (needsStatements(situation)) expect(isAllowed(withDocuments(situation, change))).toBe(false)
      }),
      { numRuns: 300 },
    )
  })

  it.each<[string, Partial<NaiveQuestion>]>([
    ['a boundary', { boundary: undefined }],
    ['session policies', { sessionPolicies: undefined }],
    ['guardrails', { guardrails: undefined }],
    ['all three', { boundary: undefined, sessionPolicies: undefined, guardrails: undefined }],
  ])('without %s never allows less, and with them never more', (_, bare) => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const situation = situationOf(seed)
        if (isAllowed(situation)) expect(isAllowed({ ...situation, ...bare })).toBe(true)
      }),
      RUNS,
    )
  })

  it('never allows more when a guardrail is added that only denies', () => {
    fc.assert(
      fc.property(seeds, seeds, (seed, otherSeed) => {
        const situation = situationOf(seed)
        const denies = withStatements((all) =>
          all.map((one) => (isObject(one) ? { ...one, Effect: 'Deny' } : one)),
        )
        const more = (situationOf(otherSeed).guardrails ?? []).map(denies)
        const guarded = { ...situation, guardrails: [...(situation.guardrails ?? []), ...more] }
        if (isAllowed(guarded)) expect(isAllowed(situation)).toBe(true)
      }),
      RUNS,
    )
  })

  it('names a deciding statement whenever policies allow and whenever anything denies', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const situation = { ...situationOf(seed), grants: undefined }
        if (situation.principal.kind === 'root') return
        const { deciding, verdict } = decisionOf(situation)
        expect(deciding === null).toBe(verdict === 'implicit-deny')
      }),
      RUNS,
    )
  })

  it('says the same again', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        expect(decisionOf(situationOf(seed))).toEqual(decisionOf(situationOf(seed)))
      }),
      { numRuns: 300 },
    )
  })
})
