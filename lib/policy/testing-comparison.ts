/** Test support only: a random situation judged by both evaluators. */
import type { PolicyKind } from '#lib/domain/policy-finding.ts'
import { compilePolicy } from './compile.ts'
import { decide } from './decide.ts'
import type { NamedPolicy, Question } from './decision.ts'
import { judgeNaively, type NaiveQuestion } from './testing-naive-evaluator.ts'
import { situationOf } from './testing-situations.ts'

const compiled = (kind: PolicyKind, name: string, document: unknown): NamedPolicy => ({
  name,
  hash: '00',
  policy: compilePolicy(JSON.stringify(document), kind),
})

/** The same question with its documents as texts, compiled. */
export function compiledQuestion(naive: NaiveQuestion): Question {
  const { context, resourcePolicy: own, boundary, grants, ...rest } = naive
  const all = (name: string, documents: readonly unknown[]) =>
    documents.map((document, index) => compiled('identity', `${name}-${index}`, document))
  return {
    ...rest,
    context: new Map(Object.entries(context)),
    resourcePolicy: own && compiled(own.kind, own.kind, own.document),
    identityPolicies: all('identity', naive.identityPolicies),
    boundary: boundary === undefined ? null : compiled('identity', 'boundary', boundary),
    sessionPolicies: naive.sessionPolicies && all('session', naive.sessionPolicies),
    guardrails: naive.guardrails && all('guardrail', naive.guardrails),
    ...(grants ? { grants } : {}),
  }
}

export type Comparison = {
  /** How often each reason was given. */
  readonly reasons: ReadonlyMap<string, number>
  /** Situations with an answer from each side that differ; at most ten. */
  readonly disagreements: readonly object[]
}

/** Judges the situations of so many seeds, from the first on. */
export function compare(first: number, many: number): Comparison {
  const reasons = new Map<string, number>()
  const disagreements: object[] = []
  for (let seed = first; seed < first + many; seed++) {
    // Through text and back, so that both sides see what JSON says.
    const situation = situationOf(seed)
    const naive = judgeNaively(situation)
    const { allowed, verdict, reason } = decide(compiledQuestion(situation))
    reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
    const same = allowed === naive.allowed && verdict === naive.verdict && reason === naive.reason
    if (!same && disagreements.length < 10) disagreements.push({ seed, naive, reason, situation })
  }
  return { reasons, disagreements }
}
