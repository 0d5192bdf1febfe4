/**
 * The accounts of an installation: made, listed, switched off and on, by whoever may in its first account. An account
 * is a world of its own: what is in it says nothing to the others, and its first administrator is its own.
 */
import { partitionOf } from '#lib/domain/arn.ts'
import {
  CreateAccountInput,
  type CreateAccountRequest,
  ListAccountsInput,
  OneAccountInput,
  UpdateAccountRegionsInput,
} from '#lib/domain/operations/people.ts'
import { passwordFault } from '#lib/domain/password-rules.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import { ADMINISTRATOR_POLICY_NAME, administratorPolicy } from '#lib/domain/sample.ts'
import type { Call } from '#lib/engine/call.ts'
import { permitInstallation } from '#lib/engine/first-account.ts'
import { members } from '#lib/engine/logged.ts'
import { operation } from '#lib/engine/operation.ts'
import {
  type AccountRow,
  disableAccount,
  enableAccount,
  findAccount,
  regionsWithKeys,
  setAccountRegions,
  summarizeAccounts,
} from '#lib/store/accounts.ts'
import { revokeAccountSessions } from '#lib/store/sessions.ts'
import { setPassword } from '#lib/store/users.ts'
import { createAccount } from './create-account.ts'
import { createUser, draftUser, type UserDraft } from './create-user.ts'
import { newAccountId, newPassword } from './identifiers.ts'

const permit = (call: Call) => permitInstallation(call, 'accounts belong')

async function freeId({ services }: Call): Promise<string> {
  for (;;) {
    const id = newAccountId()
    if (!(await findAccount(services.database, id))) return id
  }
}

/** @throws EntityAlreadyExists */
async function checkFree({ services }: Call, { AccountId, Alias }: CreateAccountRequest): Promise<void> {
  if (AccountId !== undefined && (await findAccount(services.database, AccountId)))
    throw new KmsError('EntityAlreadyExists', `Account ${AccountId} exists already.`)
  if (Alias !== undefined && (await findAccount(services.database, Alias)))
    throw new KmsError('EntityAlreadyExists', `The account alias ${Alias} already exists.`)
}

type CreatedAccount = {
  readonly AccountId: string
  readonly AdministratorName: string
  /** Only where it was made here; to be changed at the first sign-in. */
  readonly Password?: string
}

/** The first administrator, whose password somebody else knows until the first sign-in. */
async function draftAdministrator(
  account: string,
  { AdministratorName: name, Password }: CreateAccountRequest,
): Promise<{ readonly draft: UserDraft; readonly shown: string | undefined }> {
  const fault = Password === undefined ? undefined : passwordFault(Password)
  if (fault !== undefined) throw new KmsError('PasswordPolicyViolation', fault)
  const password = Password ?? newPassword()
  const policies = [{ name: ADMINISTRATOR_POLICY_NAME, document: administratorPolicy }]
  const draft = await draftUser({ account, name, password, policies })
  return { draft, shown: Password === undefined ? password : undefined }
}

export const CreateAccount = operation({
  name: 'CreateAccount',
  service: 'Keyhouse',
  action: 'keyhouse:CreateAccount',
  class: 'admin',
  input: CreateAccountInput,
  logged: {
    request: members('AccountId', 'Alias', 'Regions', 'AdministratorName'),
    response: ({ AccountId }: CreatedAccount) => ({ accountId: AccountId }),
  },
  async run(call, input): Promise<CreatedAccount> {
    await permit(call)
    await checkFree(call, input)
    const id = input.AccountId ?? (await freeId(call))
    const { draft, shown } = await draftAdministrator(id, input)
    const at = call.services.clock.real()
    const hash = draft.principal.password ?? ''
    return call.change({
      rows: async (rows) => {
        await createAccount(rows, { id, alias: input.Alias ?? null, regions: input.Regions, sample: false })
        await createUser(rows, draft)
        await setPassword(rows, draft.principal.id, { hash, at, resetRequired: true })
      },
      makes: id,
      output: {
        AccountId: id,
        AdministratorName: input.AdministratorName,
        ...(shown !== undefined && { Password: shown }),
      },
    })
  },
})

export type ListedAccount = {
  readonly AccountId: string
  readonly Alias: string | null
  readonly Regions: readonly string[]
  readonly Keys: number
  readonly Users: number
  readonly CreateDate: Date
  readonly Disabled: boolean
  readonly Sample: boolean
  /** The account of whoever asks, which cannot switch itself off. */
  readonly Own: boolean
}

export const ListAccounts = operation({
  name: 'ListAccounts',
  service: 'Keyhouse',
  action: 'keyhouse:ListAccounts',
  class: 'read',
  input: ListAccountsInput,
  logged: { request: () => null },
  async run(call): Promise<{ Accounts: readonly ListedAccount[] }> {
    await permit(call)
    const rows = await summarizeAccounts(call.services.database.sql)
    return {
      Accounts: rows.map((row) => ({
        AccountId: row.id,
        Alias: row.alias,
        Regions: row.regions,
        Keys: row.keys,
        Users: row.users,
        CreateDate: row.createdAt,
        Disabled: row.disabled,
        Sample: row.sample,
        Own: row.id === call.account,
      })),
    }
  },
})

/** @throws NotFoundException */
async function existing({ services }: Call, id: string): Promise<AccountRow> {
  const found = await findAccount(services.database, id)
  if (!found) throw new KmsError('NotFoundException', `Account ${id} is not found.`)
  return found
}

/** Nobody of it signs in or calls any more; its keys, people and log stay. */
export const DisableAccount = operation({
  name: 'DisableAccount',
  service: 'Keyhouse',
  action: 'keyhouse:DisableAccount',
  class: 'admin',
  input: OneAccountInput,
  logged: { request: members('AccountId') },
  async run(call, { AccountId }) {
    await permit(call)
    const { id } = await existing(call, AccountId)
    if (id === call.account)
      throw new KmsError('UnsupportedOperationException', 'The first account cannot be disabled.')
    const at = call.services.clock.real()
    return call.change({
      rows: async (rows) => {
        await disableAccount(rows, id, at)
        await revokeAccountSessions(rows, id, at)
      },
      identitiesOf: [id],
      output: undefined,
    })
  },
})

export const EnableAccount = operation({
  name: 'EnableAccount',
  service: 'Keyhouse',
  action: 'keyhouse:EnableAccount',
  class: 'admin',
  input: OneAccountInput,
  logged: { request: members('AccountId') },
  async run(call, { AccountId }) {
    await permit(call)
    const { id } = await existing(call, AccountId)
    return call.change({ rows: (rows) => enableAccount(rows, id), identitiesOf: [id], output: undefined })
  },
})

export const UpdateAccountRegions = operation({
  name: 'UpdateAccountRegions',
  service: 'Keyhouse',
  action: 'keyhouse:UpdateAccountRegions',
  class: 'admin',
  input: UpdateAccountRegionsInput,
  logged: { request: members('AccountId', 'Regions') },
  async run(call, { AccountId, Regions }) {
    await permit(call)
    const { id, regions } = await existing(call, AccountId)
    if (partitionOf(regions[0] ?? '') !== partitionOf(Regions[0] ?? ''))
      throw new KmsError('ValidationException', 'An account stays in its partition.')
    return call.change({
      rows: async (rows) => {
        // The account's row is held here: whoever makes a key meanwhile is decided anew.
        const left = (await regionsWithKeys(rows.sql, id)).filter((region) => !Regions.includes(region))
        if (left.length > 0)
          throw new KmsError('DeleteConflict', `Account ${id} has keys in ${left.join(', ')}.`)
        await setAccountRegions(rows, id, Regions)
      },
      identitiesOf: [id],
      output: undefined,
    })
  },
})

export const accountAdministration = [
  CreateAccount,
  ListAccounts,
  DisableAccount,
  EnableAccount,
  UpdateAccountRegions,
] as const
