/** A question as it would be under other policies: with a statement more, or one less. Pure. */
import { type CompiledPolicy, compilePolicy } from './compile.ts'
import type { NamedPolicy, PolicyRole, Question, StatementRef } from './decision.ts'

/** A statement to be added to a policy, as JSON would have it. */
export type Draft = Readonly<Record<string, unknown>>

const documentWith = (statement: Draft) => JSON.stringify({ Version: '2012-10-17', Statement: [statement] })

/** The policy with a statement after its own. */
export function withStatement(policy: NamedPolicy, statement: Draft): NamedPolicy {
  const added = compilePolicy(documentWith(statement), policy.policy.kind)
  return changed(policy, [...policy.policy.statements, ...added.statements])
}

const changed = (policy: NamedPolicy, statements: CompiledPolicy['statements']): NamedPolicy => ({
  ...policy,
  policy: { ...policy.policy, statements },
})

const ADDED = 'added'

/** The question under a policy that says one thing more; unchanged where there is no such policy. */
export function adding(question: Question, role: PolicyRole, statement: Draft): Question {
  const { resourcePolicy, boundary, sessionPolicies } = question
  const extend = (policy: NamedPolicy) => withStatement(policy, statement)
  const alone = { name: ADDED, hash: '', policy: compilePolicy(documentWith(statement), 'identity') }
  switch (role) {
    case 'resource':
      return { ...question, resourcePolicy: resourcePolicy && extend(resourcePolicy) }
    case 'identity':
      return { ...question, identityPolicies: [...question.identityPolicies, alone] }
    case 'boundary':
      return { ...question, boundary: boundary && extend(boundary) }
    case 'session':
      return { ...question, sessionPolicies: sessionPolicies?.map(extend) }
    case 'guardrail':
      return { ...question, guardrails: [...(question.guardrails ?? []), alone] }
  }
}

/** The question under the same policies without one of their statements. */
export function without(question: Question, { policy: of, index }: StatementRef): Question {
  const cut = (policy: NamedPolicy) =>
    policy.name === of.name
      ? changed(
          policy,
          policy.policy.statements.filter((statement) => statement.index !== index),
        )
      : policy
  const { resourcePolicy, boundary } = question
  switch (of.kind) {
    case 'resource':
      return { ...question, resourcePolicy: resourcePolicy && cut(resourcePolicy) }
    case 'identity':
      return { ...question, identityPolicies: question.identityPolicies.map(cut) }
    case 'boundary':
      return { ...question, boundary: boundary && cut(boundary) }
    case 'session':
      return { ...question, sessionPolicies: question.sessionPolicies?.map(cut) }
    case 'guardrail':
      return { ...question, guardrails: question.guardrails?.map(cut) }
  }
}
