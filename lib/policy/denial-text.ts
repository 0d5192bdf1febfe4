/** What AWS says to someone who may not (facts §8.8). */
import type { Decision, Question } from './decide.ts'

/** AWS's sentence for a refused request (facts §8.8). `decision` must not be an allowed one. */
export function denialText(decision: Decision, question: Question): string {
  const { principal, action, resource } = question
  // Actions that have no resource to name leave it out.
  const where = resource.arn === '*' ? '' : ` on resource: ${resource.arn}`
  return `User: ${principal.arn} is not authorized to perform: ${action}${where} ${because(decision, action)}`
}

function because({ reason }: Decision, action: string): string {
  switch (reason) {
    case 'explicit-deny-identity':
      return 'with an explicit deny in an identity-based policy'
    case 'explicit-deny-resource':
      return 'with an explicit deny in a resource-based policy'
    case 'no-resource-policy':
      return `because no resource-based policy allows the ${action} action`
    case 'no-identity-policy':
    case 'allowed':
      return `because no identity-based policy allows the ${action} action`
  }
}
