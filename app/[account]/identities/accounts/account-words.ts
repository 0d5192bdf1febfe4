import type { ListedAccount } from './account-table.tsx'

/** Its alias, or its id where it has none. */
export const callOf = ({ Alias, AccountId }: ListedAccount): string => Alias ?? AccountId

export const IN_FIRST =
  'This is the installation’s first account, which guardrails don’t bind: whoever can lift a guardrail is not held by it.'

export const aboutGuardrails = (n: number): string =>
  n === 0
    ? 'None: what the account’s own policies allow is allowed. A guardrail says what everybody of it, its root too, can do at most.'
    : 'Everybody of the account, its root too, can do at most what one of them allows and none denies. A guardrail gives nobody a permission.'
