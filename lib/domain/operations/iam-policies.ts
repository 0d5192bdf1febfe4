/** Inputs of IAM's operations on managed policies, inline policies, attachments and boundaries of users and roles. */
import { oneOf, structure, text } from '../constraints.ts'
import {
  iamPolicyName,
  iamTags,
  page,
  path,
  pathPrefix,
  policyArn,
  policyDocument,
  principalName,
  tagKeys,
} from './iam-members.ts'
import { queryBoolean } from './members.ts'

const versionId = () => text({ pattern: String.raw`v[1-9][0-9]*(\.[A-Za-z0-9-]*)?` })
const usageFilter = () => oneOf(['PermissionsPolicy', 'PermissionsBoundary']).optional()

export const CreatePolicyInput = structure({
  PolicyName: iamPolicyName(),
  Path: path().optional(),
  PolicyDocument: policyDocument(),
  Description: text({ max: 1000 }).optional(),
  Tags: iamTags().optional(),
})
export const PolicyInput = structure({ PolicyArn: policyArn() })
export const ListPoliciesInput = structure({
  Scope: oneOf(['All', 'AWS', 'Local']).optional(),
  OnlyAttached: queryBoolean().optional(),
  PathPrefix: pathPrefix(),
  PolicyUsageFilter: usageFilter(),
  ...page(),
})
export const CreatePolicyVersionInput = structure({
  PolicyArn: policyArn(),
  PolicyDocument: policyDocument(),
  SetAsDefault: queryBoolean().optional(),
})
export const PolicyVersionInput = structure({ PolicyArn: policyArn(), VersionId: versionId() })
export const ListOfPolicyInput = structure({ PolicyArn: policyArn(), ...page() })
export const ListEntitiesForPolicyInput = structure({
  PolicyArn: policyArn(),
  EntityFilter: oneOf(['User', 'Role', 'Group', 'LocalManagedPolicy', 'AWSManagedPolicy']).optional(),
  PathPrefix: pathPrefix(),
  PolicyUsageFilter: usageFilter(),
  ...page(),
})
export const TagPolicyInput = structure({ PolicyArn: policyArn(), Tags: iamTags() })
export const UntagPolicyInput = structure({ PolicyArn: policyArn(), TagKeys: tagKeys() })

const user = { UserName: principalName() }
const role = { RoleName: principalName() }
const inline = { PolicyName: iamPolicyName() }

export const PutUserPolicyInput = structure({ ...user, ...inline, PolicyDocument: policyDocument() })
export const PutRolePolicyInput = structure({ ...role, ...inline, PolicyDocument: policyDocument() })
/** Get and Delete. */
export const UserPolicyInput = structure({ ...user, ...inline })
export const RolePolicyInput = structure({ ...role, ...inline })
export const ListUserPoliciesInput = structure({ ...user, ...page() })
export const ListRolePoliciesInput = structure({ ...role, ...page() })
/** Attach and Detach. */
export const AttachedUserPolicyInput = structure({ ...user, PolicyArn: policyArn() })
export const AttachedRolePolicyInput = structure({ ...role, PolicyArn: policyArn() })
export const ListAttachedUserPoliciesInput = structure({ ...user, PathPrefix: pathPrefix(), ...page() })
export const ListAttachedRolePoliciesInput = structure({ ...role, PathPrefix: pathPrefix(), ...page() })
export const PutUserBoundaryInput = structure({ ...user, PermissionsBoundary: policyArn() })
export const PutRoleBoundaryInput = structure({ ...role, PermissionsBoundary: policyArn() })
export const UserInput = structure(user)
export const RoleInput = structure(role)
