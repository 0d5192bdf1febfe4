/**
 * The lockout safety check (facts §8.4): whoever puts a key policy in force must be able to change it
 * again.
 */
import { compilePolicy } from './compile.ts'
import { decide } from './decide.ts'
import type { Question } from './decision.ts'

export type LockoutQuestion = Omit<Question, 'action' | 'resourcePolicy'> & {
  /** The text of the new key policy. */
  readonly policy: string
}

/**
 * May the principal still call PutKeyPolicy under the new policy, by itself or through the account's
 * delegation?
 */
export function lockoutSafe({ policy, ...question }: LockoutQuestion): boolean {
  const resourcePolicy = { name: 'default', hash: '', policy: compilePolicy(policy, 'key') }
  return decide({ ...question, action: 'kms:PutKeyPolicy', resourcePolicy }).allowed
}
