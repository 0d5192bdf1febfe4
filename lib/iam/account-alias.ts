/** An account's alias: the name in the console's addresses and at sign-in. No two accounts of an installation share one. */
import { ACCOUNT_ID, RESERVED_ALIASES } from '#lib/domain/account.ts'
import { AccountAliasInput, ListAccountAliasesInput } from '#lib/domain/operations/iam-account.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import { members } from '#lib/engine/logged.ts'
import { operation } from '#lib/engine/operation.ts'
import { findAccount, setAccountAlias } from '#lib/store/accounts.ts'
import { changeIdentity } from './identity-change.ts'

/** @throws ValidationException */
function checkAlias(alias: string): void {
  if (ACCOUNT_ID.test(alias))
    throw new KmsError('ValidationException', 'The account alias must not be a 12-digit number.')
  if (RESERVED_ALIASES.has(alias))
    throw new KmsError(
      'ValidationException',
      `The account alias ${alias} is a word of the console's addresses.`,
    )
}

/** Takes the place of the one there was, as an account has one at most. */
export const CreateAccountAlias = operation({
  name: 'CreateAccountAlias',
  service: 'IAM',
  action: 'iam:CreateAccountAlias',
  class: 'admin',
  input: AccountAliasInput,
  logged: { request: members('AccountAlias') },
  async run(call, { AccountAlias: alias }) {
    await call.permit()
    checkAlias(alias)
    if (await findAccount(call.services.database, alias))
      throw new KmsError('EntityAlreadyExists', `The account alias ${alias} already exists.`)
    return changeIdentity(call, {
      rows: (rows) => setAccountAlias(rows, call.account, alias),
      output: undefined,
    })
  },
})

export const ListAccountAliases = operation({
  name: 'ListAccountAliases',
  service: 'IAM',
  action: 'iam:ListAccountAliases',
  class: 'read',
  input: ListAccountAliasesInput,
  logged: { request: members('MaxItems', 'Marker') },
  async run(call) {
    await call.permit()
    const alias = (await findAccount(call.services.database, call.account))?.alias
    return { AccountAliases: alias == null ? [] : [alias], IsTruncated: false }
  },
})

export const DeleteAccountAlias = operation({
  name: 'DeleteAccountAlias',
  service: 'IAM',
  action: 'iam:DeleteAccountAlias',
  class: 'admin',
  input: AccountAliasInput,
  logged: { request: members('AccountAlias') },
  async run(call, { AccountAlias: alias }) {
    await call.permit()
    if ((await findAccount(call.services.database, call.account))?.alias !== alias)
      throw new KmsError('NoSuchEntity', `The account alias ${alias} cannot be found.`)
    return changeIdentity(call, {
      rows: (rows) => setAccountAlias(rows, call.account, null),
      output: undefined,
    })
  },
})
