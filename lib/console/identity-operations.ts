/**
 * The operations on roles, policies, attachments and guardrails, and Keyhouse's lists of credentials and of what names a
 * principal: part of the table in operations.ts.
 */
import type {
  GuardrailInput,
  ListGuardrailsInput,
  PutGuardrailInput,
} from '#lib/domain/operations/guardrails.ts'
import type {
  AttachedRolePolicyInput,
  AttachedUserPolicyInput,
  CreatePolicyInput,
  CreatePolicyVersionInput,
  ListAttachedRolePoliciesInput,
  ListAttachedUserPoliciesInput,
  ListEntitiesForPolicyInput,
  ListOfPolicyInput,
  ListPoliciesInput,
  ListRolePoliciesInput,
  ListUserPoliciesInput,
  PolicyInput,
  PolicyVersionInput,
  PutRoleBoundaryInput,
  PutRolePolicyInput,
  PutUserBoundaryInput,
  PutUserPolicyInput,
  RolePolicyInput,
  UserInput,
  UserPolicyInput,
} from '#lib/domain/operations/iam-policies.ts'
import type {
  CreateRoleInput,
  ListOfRoleInput,
  ListRolesInput,
  RoleInput,
  TagRoleInput,
  UntagRoleInput,
  UpdateAssumeRolePolicyInput,
  UpdateRoleInput,
} from '#lib/domain/operations/iam-roles.ts'
import type { ListCredentialsInput, ListNamingsInput } from '#lib/domain/operations/identity-lists.ts'
import type { noInput } from '#lib/domain/operations/members.ts'
import type { DeactivateMFADeviceInput } from '#lib/domain/operations/mfa-devices.ts'
import type { ListAttachedRolePolicies, ListAttachedUserPolicies } from '#lib/iam/attached-policies.ts'
import type { ListGuardrails, PutGuardrail } from '#lib/iam/guardrails.ts'
import type { ListOpenIDConnectProviders } from '#lib/iam/identity-providers.ts'
import type {
  GetRolePolicy,
  GetUserPolicy,
  ListRolePolicies,
  ListUserPolicies,
} from '#lib/iam/inline-policies.ts'
import type { ListCredentials } from '#lib/iam/list-credentials.ts'
import type { ListRoleUse } from '#lib/iam/list-role-use.ts'
import type {
  CreatePolicy,
  GetPolicy,
  ListEntitiesForPolicy,
  ListPolicies,
} from '#lib/iam/managed-policies.ts'
import type {
  CreatePolicyVersion,
  GetPolicyVersion,
  ListPolicyVersions,
} from '#lib/iam/managed-policy-versions.ts'
import type { ListRoleTags } from '#lib/iam/role-tags.ts'
import type { CreateRole, GetRole, ListRoles } from '#lib/iam/roles.ts'
import type { ListNamings } from '#lib/insight/list-namings.ts'
import type { AnswerOf, Entry } from './operation-types.ts'
import type { Nothing } from './outputs.ts'

export const IDENTITY_OPERATIONS = {
  GetRole: { service: 'IAM', reads: true },
  ListRoles: { service: 'IAM', reads: true },
  ListRoleTags: { service: 'IAM', reads: true },
  GetPolicy: { service: 'IAM', reads: true },
  ListPolicies: { service: 'IAM', reads: true },
  ListEntitiesForPolicy: { service: 'IAM', reads: true },
  GetUserPolicy: { service: 'IAM', reads: true },
  GetRolePolicy: { service: 'IAM', reads: true },
  ListUserPolicies: { service: 'IAM', reads: true },
  ListRolePolicies: { service: 'IAM', reads: true },
  ListAttachedUserPolicies: { service: 'IAM', reads: true },
  ListAttachedRolePolicies: { service: 'IAM', reads: true },
  ListManagedPolicyVersions: { service: 'IAM', reads: true, called: 'ListPolicyVersions' },
  GetManagedPolicyVersion: { service: 'IAM', reads: true, called: 'GetPolicyVersion' },
  ListOpenIDConnectProviders: { service: 'IAM', reads: true },
  CreateRole: { service: 'IAM', reads: false },
  UpdateRole: { service: 'IAM', reads: false },
  UpdateAssumeRolePolicy: { service: 'IAM', reads: false },
  TagRole: { service: 'IAM', reads: false },
  UntagRole: { service: 'IAM', reads: false },
  DeleteRole: { service: 'IAM', reads: false },
  DeleteUser: { service: 'IAM', reads: false },
  CreatePolicy: { service: 'IAM', reads: false },
  DeletePolicy: { service: 'IAM', reads: false },
  CreatePolicyVersion: { service: 'IAM', reads: false },
  SetDefaultPolicyVersion: { service: 'IAM', reads: false },
  DeletePolicyVersion: { service: 'IAM', reads: false },
  PutUserPolicy: { service: 'IAM', reads: false },
  PutRolePolicy: { service: 'IAM', reads: false },
  DeleteUserPolicy: { service: 'IAM', reads: false },
  DeleteRolePolicy: { service: 'IAM', reads: false },
  AttachUserPolicy: { service: 'IAM', reads: false },
  DetachUserPolicy: { service: 'IAM', reads: false },
  AttachRolePolicy: { service: 'IAM', reads: false },
  DetachRolePolicy: { service: 'IAM', reads: false },
  PutUserPermissionsBoundary: { service: 'IAM', reads: false },
  DeleteUserPermissionsBoundary: { service: 'IAM', reads: false },
  PutRolePermissionsBoundary: { service: 'IAM', reads: false },
  DeleteRolePermissionsBoundary: { service: 'IAM', reads: false },
  DeactivateMFADevice: { service: 'IAM', reads: false },
  ListGuardrails: { service: 'Keyhouse', reads: true },
  PutGuardrail: { service: 'Keyhouse', reads: false },
  DeleteGuardrail: { service: 'Keyhouse', reads: false },
  ListCredentials: { service: 'Keyhouse', reads: true },
  ListNamings: { service: 'Keyhouse', reads: true },
  ListRoleUse: { service: 'Keyhouse', reads: true },
} as const

/** Both ends of each. */
export type IdentityOperationIO = {
  GetRole: Entry<typeof RoleInput, AnswerOf<typeof GetRole>>
  ListRoles: Entry<typeof ListRolesInput, AnswerOf<typeof ListRoles>>
  ListRoleTags: Entry<typeof ListOfRoleInput, AnswerOf<typeof ListRoleTags>>
  GetPolicy: Entry<typeof PolicyInput, AnswerOf<typeof GetPolicy>>
  ListPolicies: Entry<typeof ListPoliciesInput, AnswerOf<typeof ListPolicies>>
  ListEntitiesForPolicy: Entry<typeof ListEntitiesForPolicyInput, AnswerOf<typeof ListEntitiesForPolicy>>
  GetUserPolicy: Entry<typeof UserPolicyInput, AnswerOf<typeof GetUserPolicy>>
  GetRolePolicy: Entry<typeof RolePolicyInput, AnswerOf<typeof GetRolePolicy>>
  ListUserPolicies: Entry<typeof ListUserPoliciesInput, AnswerOf<typeof ListUserPolicies>>
  ListRolePolicies: Entry<typeof ListRolePoliciesInput, AnswerOf<typeof ListRolePolicies>>
  ListAttachedUserPolicies: Entry<
    typeof ListAttachedUserPoliciesInput,
    AnswerOf<typeof ListAttachedUserPolicies>
  >
  ListAttachedRolePolicies: Entry<
    typeof ListAttachedRolePoliciesInput,
    AnswerOf<typeof ListAttachedRolePolicies>
  >
  ListManagedPolicyVersions: Entry<typeof ListOfPolicyInput, AnswerOf<typeof ListPolicyVersions>>
  GetManagedPolicyVersion: Entry<typeof PolicyVersionInput, AnswerOf<typeof GetPolicyVersion>>
  ListOpenIDConnectProviders: Entry<ReturnType<typeof noInput>, AnswerOf<typeof ListOpenIDConnectProviders>>
  CreateRole: Entry<typeof CreateRoleInput, AnswerOf<typeof CreateRole>>
  UpdateRole: Entry<typeof UpdateRoleInput, Nothing>
  UpdateAssumeRolePolicy: Entry<typeof UpdateAssumeRolePolicyInput, Nothing>
  TagRole: Entry<typeof TagRoleInput, Nothing>
  UntagRole: Entry<typeof UntagRoleInput, Nothing>
  DeleteRole: Entry<typeof RoleInput, Nothing>
  DeleteUser: Entry<typeof UserInput, Nothing>
  CreatePolicy: Entry<typeof CreatePolicyInput, AnswerOf<typeof CreatePolicy>>
  DeletePolicy: Entry<typeof PolicyInput, Nothing>
  CreatePolicyVersion: Entry<typeof CreatePolicyVersionInput, AnswerOf<typeof CreatePolicyVersion>>
  SetDefaultPolicyVersion: Entry<typeof PolicyVersionInput, Nothing>
  DeletePolicyVersion: Entry<typeof PolicyVersionInput, Nothing>
  PutUserPolicy: Entry<typeof PutUserPolicyInput, Nothing>
  PutRolePolicy: Entry<typeof PutRolePolicyInput, Nothing>
  DeleteUserPolicy: Entry<typeof UserPolicyInput, Nothing>
  DeleteRolePolicy: Entry<typeof RolePolicyInput, Nothing>
  AttachUserPolicy: Entry<typeof AttachedUserPolicyInput, Nothing>
  DetachUserPolicy: Entry<typeof AttachedUserPolicyInput, Nothing>
  AttachRolePolicy: Entry<typeof AttachedRolePolicyInput, Nothing>
  DetachRolePolicy: Entry<typeof AttachedRolePolicyInput, Nothing>
  PutUserPermissionsBoundary: Entry<typeof PutUserBoundaryInput, Nothing>
  DeleteUserPermissionsBoundary: Entry<typeof UserInput, Nothing>
  PutRolePermissionsBoundary: Entry<typeof PutRoleBoundaryInput, Nothing>
  DeleteRolePermissionsBoundary: Entry<typeof RoleInput, Nothing>
  DeactivateMFADevice: Entry<typeof DeactivateMFADeviceInput, Nothing>
  ListGuardrails: Entry<typeof ListGuardrailsInput, AnswerOf<typeof ListGuardrails>>
  PutGuardrail: Entry<typeof PutGuardrailInput, AnswerOf<typeof PutGuardrail>>
  DeleteGuardrail: Entry<typeof GuardrailInput, Nothing>
  ListCredentials: Entry<typeof ListCredentialsInput, AnswerOf<typeof ListCredentials>>
  ListNamings: Entry<typeof ListNamingsInput, AnswerOf<typeof ListNamings>>
  ListRoleUse: Entry<ReturnType<typeof noInput>, AnswerOf<typeof ListRoleUse>>
}
