/** IAM's operations on roles and policies, the deletion of principals, and guardrails: part of lib/iam/operations.ts. */
import {
  AttachRolePolicy,
  AttachUserPolicy,
  DetachRolePolicy,
  DetachUserPolicy,
  ListAttachedRolePolicies,
  ListAttachedUserPolicies,
} from './attached-policies.ts'
import {
  DeleteRolePermissionsBoundary,
  DeleteUserPermissionsBoundary,
  PutRolePermissionsBoundary,
  PutUserPermissionsBoundary,
} from './boundaries.ts'
import { DeleteRole, DeleteUser } from './delete-principal.ts'
import { guardrailOperations } from './guardrails.ts'
import {
  DeleteRolePolicy,
  DeleteUserPolicy,
  GetRolePolicy,
  GetUserPolicy,
  ListRolePolicies,
  ListUserPolicies,
  PutRolePolicy,
  PutUserPolicy,
} from './inline-policies.ts'
import {
  CreatePolicy,
  DeletePolicy,
  GetPolicy,
  ListEntitiesForPolicy,
  ListPolicies,
} from './managed-policies.ts'
import {
  CreatePolicyVersion,
  DeletePolicyVersion,
  GetPolicyVersion,
  ListPolicyVersions,
  SetDefaultPolicyVersion,
} from './managed-policy-versions.ts'
import { ListPolicyTags, ListRoleTags, TagPolicy, TagRole, UntagPolicy, UntagRole } from './role-tags.ts'
import {
  CreateRole,
  GetRole,
  ListInstanceProfilesForRole,
  ListRoles,
  UpdateAssumeRolePolicy,
  UpdateRole,
  UpdateRoleDescription,
} from './roles.ts'

export const policyOperations = [
  CreateRole,
  GetRole,
  ListRoles,
  UpdateRole,
  UpdateRoleDescription,
  UpdateAssumeRolePolicy,
  DeleteRole,
  TagRole,
  UntagRole,
  ListRoleTags,
  ListInstanceProfilesForRole,
  CreatePolicy,
  GetPolicy,
  ListPolicies,
  DeletePolicy,
  CreatePolicyVersion,
  GetPolicyVersion,
  ListPolicyVersions,
  SetDefaultPolicyVersion,
  DeletePolicyVersion,
  ListEntitiesForPolicy,
  TagPolicy,
  UntagPolicy,
  ListPolicyTags,
  PutUserPolicy,
  GetUserPolicy,
  DeleteUserPolicy,
  ListUserPolicies,
  PutRolePolicy,
  GetRolePolicy,
  DeleteRolePolicy,
  ListRolePolicies,
  AttachUserPolicy,
  DetachUserPolicy,
  ListAttachedUserPolicies,
  AttachRolePolicy,
  DetachRolePolicy,
  ListAttachedRolePolicies,
  PutUserPermissionsBoundary,
  DeleteUserPermissionsBoundary,
  PutRolePermissionsBoundary,
  DeleteRolePermissionsBoundary,
  DeleteUser,
  ...guardrailOperations,
] as const
