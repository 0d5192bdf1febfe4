/** What AWS says to someone who may not (facts §8.8). */
import type { Decision, PolicyRole, Question } from './decision.ts'

/**
 * AWS's sentence for a refused request (facts §8.8). `decision` must not be an allowed one; `shown` is how the
 * resource is named where it is not by its ARN.
 */
export function denialText(decision: Decision, question: Question, shown?: string): string {
  const { principal, action, resource } = question
  // Actions that have no resource to name leave it out.
  const where = resource.arn === '*' ? '' : ` on resource: ${shown ?? resource.arn}`
  return `User: ${principal.arn} is not authorized to perform: ${action}${where} ${because(decision, action)}`
}

const POLICIES = {
  guardrail: 'service control policy',
  resource: 'resource-based policy',
  identity: 'identity-based policy',
  boundary: 'permissions boundary',
  session: 'session policy',
} as const satisfies Record<PolicyRole, string>

function because({ deciding, reason }: Decision, action: string): string {
  if (deciding) {
    const policy = POLICIES[deciding.policy.kind]
    return `with an explicit deny in ${policy.startsWith('i') ? 'an' : 'a'} ${policy}`
  }
  // An implicit refusal says whose Allow is missing.
  const role = /^no-(\w+)-policy$/.exec(reason)?.[1]
  const missing =
    role !== undefined && Object.hasOwn(POLICIES, role) ? POLICIES[role as PolicyRole] : POLICIES.identity
  return `because no ${missing} allows the ${action} action`
}
