/**
 * The operations of IAM that screens ask for: part of the table in operations.ts.
 */
import type {
  AccountAliasInput,
  GetAccountSummaryInput,
  ListAccountAliasesInput,
} from '#lib/domain/operations/iam-account.ts'
import type {
  AttachedGroupPolicyInput,
  CreateGroupInput,
  DeleteGroupInput,
  GetGroupInput,
  GroupMemberInput,
  GroupPolicyInput,
  ListAttachedGroupPoliciesInput,
  ListGroupPoliciesInput,
  ListGroupsInput,
  PutGroupPolicyInput,
  UpdateGroupInput,
} from '#lib/domain/operations/iam-groups.ts'
import type {
  ChangePasswordInput,
  CreateAccessKeyInput,
  CreateLoginProfileInput,
  CreateUserInput,
  DeleteAccessKeyInput,
  GetAccessKeyLastUsedInput,
  GetUserInput,
  ListOfOwnOrNamedUserInput,
  ListOfUserInput,
  ListUsersInput,
  LoginProfileInput,
  TagUserInput,
  UntagUserInput,
  UpdateAccessKeyInput,
  UpdateLoginProfileInput,
  UpdateUserInput,
} from '#lib/domain/operations/iam-users.ts'
import type { CreateAccessKey, GetAccessKeyLastUsed, ListAccessKeys } from '#lib/iam/access-keys.ts'
import type { ListAccountAliases } from '#lib/iam/account-alias.ts'
import type { GetGroupPolicy, ListAttachedGroupPolicies, ListGroupPolicies } from '#lib/iam/group-policies.ts'
import type { CreateGroup, GetGroup, ListGroups, ListGroupsForUser } from '#lib/iam/groups.ts'
import type { CreateLoginProfile, GetLoginProfile } from '#lib/iam/login-profiles.ts'
import type { ListMFADevices } from '#lib/iam/user-lists.ts'
import type { ListUserTags } from '#lib/iam/user-tags.ts'
import type { CreateUser, GetUser, ListUsers } from '#lib/iam/users.ts'
import type { AnswerOf, Entry } from './operation-types.ts'
import type { Nothing } from './outputs.ts'

export const IAM_OPERATIONS = {
  CreateUser: { service: 'IAM', reads: false },
  GetUser: { service: 'IAM', reads: true },
  ListUsers: { service: 'IAM', reads: true },
  UpdateUser: { service: 'IAM', reads: false },
  TagUser: { service: 'IAM', reads: false },
  UntagUser: { service: 'IAM', reads: false },
  ListUserTags: { service: 'IAM', reads: true },
  CreateAccessKey: { service: 'IAM', reads: false },
  ListAccessKeys: { service: 'IAM', reads: true },
  UpdateAccessKey: { service: 'IAM', reads: false },
  DeleteAccessKey: { service: 'IAM', reads: false },
  GetAccessKeyLastUsed: { service: 'IAM', reads: true },
  CreateLoginProfile: { service: 'IAM', reads: false },
  GetLoginProfile: { service: 'IAM', reads: true },
  UpdateLoginProfile: { service: 'IAM', reads: false },
  DeleteLoginProfile: { service: 'IAM', reads: false },
  ChangePassword: { service: 'IAM', reads: false },
  ListMFADevices: { service: 'IAM', reads: true },
  CreateGroup: { service: 'IAM', reads: false },
  GetGroup: { service: 'IAM', reads: true },
  ListGroups: { service: 'IAM', reads: true },
  UpdateGroup: { service: 'IAM', reads: false },
  DeleteGroup: { service: 'IAM', reads: false },
  AddUserToGroup: { service: 'IAM', reads: false },
  RemoveUserFromGroup: { service: 'IAM', reads: false },
  ListGroupsForUser: { service: 'IAM', reads: true },
  PutGroupPolicy: { service: 'IAM', reads: false },
  GetGroupPolicy: { service: 'IAM', reads: true },
  DeleteGroupPolicy: { service: 'IAM', reads: false },
  ListGroupPolicies: { service: 'IAM', reads: true },
  AttachGroupPolicy: { service: 'IAM', reads: false },
  DetachGroupPolicy: { service: 'IAM', reads: false },
  ListAttachedGroupPolicies: { service: 'IAM', reads: true },
  CreateAccountAlias: { service: 'IAM', reads: false },
  ListAccountAliases: { service: 'IAM', reads: true },
  DeleteAccountAlias: { service: 'IAM', reads: false },
  GetAccountSummary: { service: 'IAM', reads: true },
} as const

/** Both ends of each. */
export type IamOperationIO = {
  CreateUser: Entry<typeof CreateUserInput, AnswerOf<typeof CreateUser>>
  GetUser: Entry<typeof GetUserInput, AnswerOf<typeof GetUser>>
  ListUsers: Entry<typeof ListUsersInput, AnswerOf<typeof ListUsers>>
  UpdateUser: Entry<typeof UpdateUserInput, Nothing>
  TagUser: Entry<typeof TagUserInput, Nothing>
  UntagUser: Entry<typeof UntagUserInput, Nothing>
  ListUserTags: Entry<typeof ListOfUserInput, AnswerOf<typeof ListUserTags>>
  CreateAccessKey: Entry<typeof CreateAccessKeyInput, AnswerOf<typeof CreateAccessKey>>
  ListAccessKeys: Entry<typeof ListOfOwnOrNamedUserInput, AnswerOf<typeof ListAccessKeys>>
  UpdateAccessKey: Entry<typeof UpdateAccessKeyInput, Nothing>
  DeleteAccessKey: Entry<typeof DeleteAccessKeyInput, Nothing>
  GetAccessKeyLastUsed: Entry<typeof GetAccessKeyLastUsedInput, AnswerOf<typeof GetAccessKeyLastUsed>>
  CreateLoginProfile: Entry<typeof CreateLoginProfileInput, AnswerOf<typeof CreateLoginProfile>>
  GetLoginProfile: Entry<typeof LoginProfileInput, AnswerOf<typeof GetLoginProfile>>
  UpdateLoginProfile: Entry<typeof UpdateLoginProfileInput, Nothing>
  DeleteLoginProfile: Entry<typeof LoginProfileInput, Nothing>
  ChangePassword: Entry<typeof ChangePasswordInput, Nothing>
  ListMFADevices: Entry<typeof ListOfOwnOrNamedUserInput, AnswerOf<typeof ListMFADevices>>
  CreateGroup: Entry<typeof CreateGroupInput, AnswerOf<typeof CreateGroup>>
  GetGroup: Entry<typeof GetGroupInput, AnswerOf<typeof GetGroup>>
  ListGroups: Entry<typeof ListGroupsInput, AnswerOf<typeof ListGroups>>
  UpdateGroup: Entry<typeof UpdateGroupInput, Nothing>
  DeleteGroup: Entry<typeof DeleteGroupInput, Nothing>
  AddUserToGroup: Entry<typeof GroupMemberInput, Nothing>
  RemoveUserFromGroup: Entry<typeof GroupMemberInput, Nothing>
  ListGroupsForUser: Entry<typeof ListOfUserInput, AnswerOf<typeof ListGroupsForUser>>
  PutGroupPolicy: Entry<typeof PutGroupPolicyInput, Nothing>
  GetGroupPolicy: Entry<typeof GroupPolicyInput, AnswerOf<typeof GetGroupPolicy>>
  DeleteGroupPolicy: Entry<typeof GroupPolicyInput, Nothing>
  ListGroupPolicies: Entry<typeof ListGroupPoliciesInput, AnswerOf<typeof ListGroupPolicies>>
  AttachGroupPolicy: Entry<typeof AttachedGroupPolicyInput, Nothing>
  DetachGroupPolicy: Entry<typeof AttachedGroupPolicyInput, Nothing>
  ListAttachedGroupPolicies: Entry<
    typeof ListAttachedGroupPoliciesInput,
    AnswerOf<typeof ListAttachedGroupPolicies>
  >
  CreateAccountAlias: Entry<typeof AccountAliasInput, Nothing>
  ListAccountAliases: Entry<typeof ListAccountAliasesInput, AnswerOf<typeof ListAccountAliases>>
  DeleteAccountAlias: Entry<typeof AccountAliasInput, Nothing>
  GetAccountSummary: Entry<
    typeof GetAccountSummaryInput,
    { readonly SummaryMap: Readonly<Record<string, number>> }
  >
}
