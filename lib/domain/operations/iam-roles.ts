/** Inputs of IAM's operations on roles. */
import { structure, text } from '../constraints.ts'
import {
  iamTags,
  newPrincipalName,
  page,
  path,
  pathPrefix,
  policyArn,
  policyDocument,
  principalName,
  tagKeys,
} from './iam-members.ts'
import { queryNumber } from './members.ts'

const maxSessionDuration = () => queryNumber(3600, 43200)
const description = () =>
  text({ max: 1000, pattern: String.raw`[\u0009\u000A\u000D\u0020-\u007E\u00A1-\u00FF]*` })
const roleName = principalName

export const CreateRoleInput = structure({
  Path: path().optional(),
  RoleName: newPrincipalName(),
  AssumeRolePolicyDocument: policyDocument(),
  Description: description().optional(),
  MaxSessionDuration: maxSessionDuration().optional(),
  PermissionsBoundary: policyArn().optional(),
  Tags: iamTags().optional(),
})
export const RoleInput = structure({ RoleName: roleName() })
export const ListRolesInput = structure({ PathPrefix: pathPrefix(), ...page() })
export const UpdateRoleInput = structure({
  RoleName: roleName(),
  Description: description().optional(),
  MaxSessionDuration: maxSessionDuration().optional(),
})
export const UpdateRoleDescriptionInput = structure({ RoleName: roleName(), Description: description() })
export const UpdateAssumeRolePolicyInput = structure({
  RoleName: roleName(),
  PolicyDocument: policyDocument(),
})
export const TagRoleInput = structure({ RoleName: roleName(), Tags: iamTags() })
export const UntagRoleInput = structure({ RoleName: roleName(), TagKeys: tagKeys() })
export const ListOfRoleInput = structure({ RoleName: roleName(), ...page() })
