/** Statements as IAM's simulator points at them: by the policy's name and kind, and by lines and columns of its text. */
import { readPolicy } from '#lib/domain/policy-grammar.ts'
import type { NamedPolicy, Question, StatementRef } from '#lib/policy/decision.ts'

type Position = { readonly Line: number; readonly Column: number }

export type MatchedStatement = {
  readonly SourcePolicyId: string
  readonly SourcePolicyType: string
  readonly StartPosition: Position
  readonly EndPosition: Position
}

/** Lines and columns count from 1. */
function positionAt(text: string, offset: number): Position {
  const before = text.slice(0, offset)
  return { Line: before.split('\n').length, Column: offset - (before.lastIndexOf('\n') + 1) + 1 }
}

/** Names of policies, as lib/store/identities.ts gives them, say where the policy hangs. */
function typeOf({ policy: { kind, name } }: StatementRef): string {
  if (kind === 'resource') return 'Resource Policy'
  if (kind === 'guardrail') return 'Service Control Policy'
  if (kind === 'boundary') return 'Permissions Boundary'
  if (/^(?:PolicyInputList|PermissionsBoundaryPolicyInputList)\./.test(name)) return 'IAM Policy'
  if (name.startsWith('policy/')) return 'user-managed'
  return name.startsWith('group/') ? 'group' : 'IAM Policy'
}

function placeOf(ref: StatementRef, { text, kind }: NamedPolicy['policy']) {
  const { places } = readPolicy(text, kind)
  const span = places.get(`/Statement/${ref.index}`)?.value ?? places.get('/Statement')?.value
  return {
    StartPosition: positionAt(text, span?.from ?? 0),
    EndPosition: positionAt(text, span?.to ?? text.length),
  }
}

function policiesOf({ identityPolicies, boundary, sessionPolicies, guardrails, resourcePolicy }: Question) {
  const all = [
    ...identityPolicies,
    ...(sessionPolicies ?? []),
    ...(guardrails ?? []),
    boundary,
    resourcePolicy,
  ]
  return new Map(all.flatMap((policy) => (policy ? [[policy.hash, policy.policy] as const] : [])))
}

/** The statements of a question that these point at. */
export function matchedStatements(question: Question, refs: readonly StatementRef[]): MatchedStatement[] {
  const policies = policiesOf(question)
  return refs.flatMap((ref) => {
    const policy = policies.get(ref.policy.hash)
    if (!policy) return []
    return { SourcePolicyId: ref.policy.name, SourcePolicyType: typeOf(ref), ...placeOf(ref, policy) }
  })
}
