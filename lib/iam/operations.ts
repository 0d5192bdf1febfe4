/** Operations on identities: Keyhouse's own, which the console asks for by its verbs, and IAM's, on the wire. */
import type { AnyOperation } from '#lib/engine/operation.ts'
import {
  CreateAccessKey,
  DeleteAccessKey,
  GetAccessKeyLastUsed,
  ListAccessKeys,
  UpdateAccessKey,
} from './access-keys.ts'
import { CreateAccountAlias, DeleteAccountAlias, ListAccountAliases } from './account-alias.ts'
import { GetAccountSummary } from './account-summary.ts'
import { accountAdministration } from './accounts.ts'
import { CreateOwnAccessKey } from './create-own-access-key.ts'
import { federationOperations } from './federation-operations.ts'
import {
  AttachGroupPolicy,
  DeleteGroupPolicy,
  DetachGroupPolicy,
  GetGroupPolicy,
  ListAttachedGroupPolicies,
  ListGroupPolicies,
  PutGroupPolicy,
} from './group-policies.ts'
import {
  AddUserToGroup,
  CreateGroup,
  DeleteGroup,
  GetGroup,
  ListGroups,
  ListGroupsForUser,
  RemoveUserFromGroup,
  UpdateGroup,
} from './groups.ts'
import { ListCredentials } from './list-credentials.ts'
import { ListPrincipals } from './list-principals.ts'
import { ListRoleUse } from './list-role-use.ts'
import {
  ChangePassword,
  CreateLoginProfile,
  DeleteLoginProfile,
  GetLoginProfile,
  UpdateLoginProfile,
} from './login-profiles.ts'
import { EndSession, ListSessions } from './person-sessions.ts'
import { policyOperations } from './policy-operations.ts'
import { RemoveSampleData } from './remove-sample.ts'
import {
  ListMFADevices,
  ListServiceSpecificCredentials,
  ListSigningCertificates,
  ListSSHPublicKeys,
} from './user-lists.ts'
import { ListUserTags, TagUser, UntagUser } from './user-tags.ts'
import { CreateUser, GetUser, ListUsers, UpdateUser } from './users.ts'

const userOperations = [
  CreateUser,
  GetUser,
  ListUsers,
  UpdateUser,
  TagUser,
  UntagUser,
  ListUserTags,
  CreateAccessKey,
  ListAccessKeys,
  UpdateAccessKey,
  DeleteAccessKey,
  GetAccessKeyLastUsed,
  CreateLoginProfile,
  GetLoginProfile,
  UpdateLoginProfile,
  DeleteLoginProfile,
  ChangePassword,
  ListMFADevices,
  ListSSHPublicKeys,
  ListSigningCertificates,
  ListServiceSpecificCredentials,
] as const

const groupOperations = [
  CreateGroup,
  GetGroup,
  ListGroups,
  UpdateGroup,
  DeleteGroup,
  AddUserToGroup,
  RemoveUserFromGroup,
  ListGroupsForUser,
  PutGroupPolicy,
  GetGroupPolicy,
  DeleteGroupPolicy,
  ListGroupPolicies,
  AttachGroupPolicy,
  DetachGroupPolicy,
  ListAttachedGroupPolicies,
] as const

const accountOperations = [
  CreateAccountAlias,
  ListAccountAliases,
  DeleteAccountAlias,
  GetAccountSummary,
] as const

export const iamOperations: readonly AnyOperation[] = [
  ...userOperations,
  ...policyOperations,
  ...groupOperations,
  ...accountOperations,
  ...federationOperations,
  ...accountAdministration,
  ListSessions,
  EndSession,
  ListCredentials,
  ListRoleUse,
]

export const identityOperations = [CreateOwnAccessKey, ListPrincipals, RemoveSampleData] as const
