/** What guardrails together amount to, read from their texts alone: nobody is asked about. Pure. */
import { readPolicy } from '#lib/domain/policy-grammar.ts'
import type { ParsedStatement } from '#lib/domain/policy-statement.ts'

/** What the guardrail allows that is set beside the first one. */
export const FULL_ACCESS_TEXT = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
})

/** Nothing is bound without a guardrail; nobody can do anything where none allows, or one denies everything. */
export type GuardrailEffect = 'unbound' | 'closed' | 'bound'

const isAll = (patterns: ParsedStatement['action']) =>
  patterns !== null && !patterns.negated && patterns.values.includes('*')

const deniesAll = ({ effect, action, resource, conditions }: ParsedStatement) =>
  effect === 'Deny' && isAll(action) && isAll(resource) && conditions.length === 0

export function guardrailEffect(policies: readonly string[]): GuardrailEffect {
  if (policies.length === 0) return 'unbound'
  const statements = policies.flatMap((text) => readPolicy(text, 'identity').statements)
  const allows = statements.some(({ effect }) => effect === 'Allow')
  return allows && !statements.some(deniesAll) ? 'bound' : 'closed'
}
