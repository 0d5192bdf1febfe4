/** Inputs of operations on how people sign in, on their sessions, and on the accounts of an installation. */
import type { z } from 'zod'
import { accountAlias, accountId, regionNames, userName } from '../account.ts'
import { structure, text } from '../constraints.ts'
import { principalName } from './iam-members.ts'

const password = () => text({ min: 1, max: 1024, sensitive: true })
const code = () => text({ min: 6, max: 6, pattern: '[0-9]+', sensitive: true })

export const ChangeOwnPasswordInput = structure({ OldPassword: password(), NewPassword: password() })
export const EnableOwnMFADeviceInput = structure({
  AuthenticationCode1: code(),
  AuthenticationCode2: code(),
})
export const RemoveOwnMFADeviceInput = structure({ SerialNumber: text({ min: 9, max: 256 }) })

const sessionId = () => text({ min: 36, max: 36, pattern: '[0-9a-f-]+' })

/** Without a user, whoever asks. */
export const ListSessionsInput = structure({ UserName: principalName().optional() })
/** Without an id, all of them but the one that asks. */
export const EndSessionInput = structure({
  UserName: principalName().optional(),
  SessionId: sessionId().optional(),
})

/** Of a person, in the account's own partition: a role by its ARN. */
export const SwitchRoleInput = structure({
  RoleArn: text({ min: 20, max: 2048 }),
  RoleSessionName: text({ min: 2, max: 64 }),
})

export const CreateAccountInput = structure({
  AccountId: accountId().optional(),
  Alias: accountAlias().optional(),
  Regions: regionNames(),
  AdministratorName: userName(),
  /** Without one it is made, and shown once. */
  Password: password().optional(),
})
export const ListAccountsInput = structure({})
export const OneAccountInput = structure({ AccountId: accountId() })
export const UpdateAccountRegionsInput = structure({ AccountId: accountId(), Regions: regionNames() })

export type CreateAccountRequest = z.output<typeof CreateAccountInput>
