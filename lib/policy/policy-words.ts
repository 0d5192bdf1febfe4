/** Policies and their statements as sentences name them. */
import type { PolicyRole, StatementRef } from './decision.ts'

/** A policy as sentences name it. */
export function policyWords(role: PolicyRole, name: string, kind: string = 'key'): string {
  switch (role) {
    case 'resource':
      return kind === 'trust' ? 'the trust policy' : 'the key policy'
    case 'identity':
      return `identity policy ${name}`
    case 'boundary':
      return `the permissions boundary ${name}`
    case 'session':
      return 'the session policy'
    case 'guardrail':
      return `guardrail ${name}`
  }
}

/** statement 2 ("AllowUse") of the key policy */
export const statementWords = ({ policy, index, sid }: StatementRef, kind?: string) =>
  `statement ${index + 1}${sid ? ` ("${sid}")` : ''} of ${policyWords(policy.kind, policy.name, kind)}`
