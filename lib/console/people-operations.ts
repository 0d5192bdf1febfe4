/** The part of lib/console/operations.ts about people: their sessions, the installation's accounts and settings. */
import type {
  CreateAccountInput,
  EndSessionInput,
  ListAccountsInput,
  ListSessionsInput,
  OneAccountInput,
  UpdateAccountRegionsInput,
} from '#lib/domain/operations/people.ts'
import type { CreateAccount, ListAccounts } from '#lib/iam/accounts.ts'
import type { ListSessions } from '#lib/iam/person-sessions.ts'
import type { AnswerOf, Entry } from './operation-types.ts'
import type { Nothing } from './outputs.ts'

export const PEOPLE_OPERATIONS = {
  ListSessions: { service: 'Keyhouse', reads: true },
  EndSession: { service: 'Keyhouse', reads: false },
  CreateAccount: { service: 'Keyhouse', reads: false },
  ListAccounts: { service: 'Keyhouse', reads: true },
  DisableAccount: { service: 'Keyhouse', reads: false },
  EnableAccount: { service: 'Keyhouse', reads: false },
  UpdateAccountRegions: { service: 'Keyhouse', reads: false },
} as const

export type PeopleOperationIO = {
  ListSessions: Entry<typeof ListSessionsInput, AnswerOf<typeof ListSessions>>
  EndSession: Entry<typeof EndSessionInput, Nothing>
  CreateAccount: Entry<typeof CreateAccountInput, AnswerOf<typeof CreateAccount>>
  ListAccounts: Entry<typeof ListAccountsInput, AnswerOf<typeof ListAccounts>>
  DisableAccount: Entry<typeof OneAccountInput, Nothing>
  EnableAccount: Entry<typeof OneAccountInput, Nothing>
  UpdateAccountRegions: Entry<typeof UpdateAccountRegionsInput, Nothing>
}
