/** Inputs of IAM's operations on groups. */
import { structure } from '../constraints.ts'
import {
  groupName,
  iamPolicyName,
  page,
  path,
  pathPrefix,
  policyArn,
  policyDocument,
  principalName,
} from './iam-members.ts'

const group = { GroupName: groupName() }

export const CreateGroupInput = structure({ Path: path().optional(), ...group })
export const GetGroupInput = structure({ ...group, ...page() })
export const ListGroupsInput = structure({ PathPrefix: pathPrefix(), ...page() })
export const UpdateGroupInput = structure({
  ...group,
  NewPath: path().optional(),
  NewGroupName: groupName().optional(),
})
export const DeleteGroupInput = structure(group)
/** Add and Remove. */
export const GroupMemberInput = structure({ ...group, UserName: principalName() })

export const PutGroupPolicyInput = structure({
  ...group,
  PolicyName: iamPolicyName(),
  PolicyDocument: policyDocument(),
})
/** Get and Delete. */
export const GroupPolicyInput = structure({ ...group, PolicyName: iamPolicyName() })
export const ListGroupPoliciesInput = structure({ ...group, ...page() })
/** Attach and Detach. */
export const AttachedGroupPolicyInput = structure({ ...group, PolicyArn: policyArn() })
export const ListAttachedGroupPoliciesInput = structure({ ...group, PathPrefix: pathPrefix(), ...page() })
