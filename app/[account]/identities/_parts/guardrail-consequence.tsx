import { Note } from '#components/ui/hint.tsx'
import { type GuardrailEffect, guardrailEffect } from './guardrail-effect.ts'

type ConsequenceProps = {
  /** How the account is called, its users by number. */
  who: string
  users: string
  /** The texts as they would stand. */
  after: readonly string[]
}

const SAID: Record<GuardrailEffect, (who: string, users: string) => string> = {
  closed: (who, users) =>
    `Nobody of account ${who} can do anything from the next call on: ${users}, every role, and its root too. ` +
    'No guardrail allows anything, or one denies everything. Only the first account can lift that.',
  bound: (who, users) =>
    `From the next call on, ${users}, every role and the root of account ${who} can do at most what all its ` +
    'guardrails leave. Whoever of another account uses its keys isn’t bound.',
  unbound: (who) =>
    `Account ${who} has no guardrail then: from the next call on, what its own policies allow is allowed.`,
}

/** What an account can do once its guardrails stand so. */
export function GuardrailConsequence({ who, users, after }: ConsequenceProps) {
  const effect = guardrailEffect(after)
  return (
    <Note tone={effect === 'closed' ? 'vermilion' : 'brass'} role="status" className="max-w-form">
      {SAID[effect](who, users)}
    </Note>
  )
}
