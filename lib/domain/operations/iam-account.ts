/** Inputs of IAM's operations on the account itself. */
import { structure, text } from '../constraints.ts'
import { page } from './iam-members.ts'
import { noInput } from './members.ts'

export const AccountAliasInput = structure({
  AccountAlias: text({
    min: 3,
    max: 63,
    pattern: '^[a-z0-9]([a-z0-9]|-(?!-)){1,61}[a-z0-9]$',
    said:
      'The specified value for {} is invalid. It must contain only digits, lowercase letters, and hyphens (-), ' +
      'but cannot begin or end with a hyphen.',
  }),
})
export const ListAccountAliasesInput = structure(page())
export const GetAccountSummaryInput = noInput()
