/** Tags of roles and of managed policies. */
import { ListOfPolicyInput, TagPolicyInput, UntagPolicyInput } from '#lib/domain/operations/iam-policies.ts'
import { ListOfRoleInput, TagRoleInput, UntagRoleInput } from '#lib/domain/operations/iam-roles.ts'
import { members } from '#lib/engine/logged.ts'
import { operation } from '#lib/engine/operation.ts'
import {
  deleteManagedPolicyTags,
  managedPolicyTags,
  putManagedPolicyTags,
} from '#lib/store/managed-policy-tags.ts'
import { changeIdentity } from './identity-change.ts'
import { permittedRole } from './permitted-role.ts'
import { permittedPolicy } from './policy-lookup.ts'
import { checkReserved, checkTags, loggedIamTags, requestTagValues, tagRows } from './principal-tags.ts'
import { tagPage, tagPrincipal, untagPrincipal } from './tagging.ts'

export const TagRole = operation({
  name: 'TagRole',
  service: 'IAM',
  action: 'iam:TagRole',
  class: 'admin',
  input: TagRoleInput,
  logged: { request: ({ RoleName, Tags }) => ({ roleName: RoleName, tags: loggedIamTags(Tags) }) },
  async run(call, { RoleName, Tags }) {
    const role = await permittedRole(call, RoleName, requestTagValues(Tags))
    return tagPrincipal(call, role, Tags, 'TagsPerRole')
  },
})

export const UntagRole = operation({
  name: 'UntagRole',
  service: 'IAM',
  action: 'iam:UntagRole',
  class: 'admin',
  input: UntagRoleInput,
  logged: { request: members('RoleName', 'TagKeys') },
  async run(call, { RoleName, TagKeys }) {
    const role = await permittedRole(call, RoleName, { 'aws:TagKeys': TagKeys })
    return untagPrincipal(call, role, TagKeys)
  },
})

export const ListRoleTags = operation({
  name: 'ListRoleTags',
  service: 'IAM',
  action: 'iam:ListRoleTags',
  class: 'read',
  input: ListOfRoleInput,
  logged: { request: members('RoleName', 'MaxItems', 'Marker') },
  async run(call, input) {
    return tagPage(call, await permittedRole(call, input.RoleName), input)
  },
})

export const TagPolicy = operation({
  name: 'TagPolicy',
  service: 'IAM',
  action: 'iam:TagPolicy',
  class: 'admin',
  input: TagPolicyInput,
  logged: { request: ({ PolicyArn, Tags }) => ({ policyArn: PolicyArn, tags: loggedIamTags(Tags) }) },
  async run(call, { PolicyArn, Tags }) {
    const policy = await permittedPolicy(call, PolicyArn, requestTagValues(Tags))
    checkTags(Tags, await managedPolicyTags(call.services.database, policy.id), 'TagsPerPolicy')
    return changeIdentity(call, {
      rows: (rows) => putManagedPolicyTags(rows, policy.id, tagRows(Tags)),
      output: undefined,
    })
  },
})

export const UntagPolicy = operation({
  name: 'UntagPolicy',
  service: 'IAM',
  action: 'iam:UntagPolicy',
  class: 'admin',
  input: UntagPolicyInput,
  logged: { request: members('PolicyArn', 'TagKeys') },
  async run(call, { PolicyArn, TagKeys }) {
    const policy = await permittedPolicy(call, PolicyArn, { 'aws:TagKeys': TagKeys })
    checkReserved(TagKeys)
    return changeIdentity(call, {
      rows: (rows) => deleteManagedPolicyTags(rows, policy.id, TagKeys),
      output: undefined,
    })
  },
})

export const ListPolicyTags = operation({
  name: 'ListPolicyTags',
  service: 'IAM',
  action: 'iam:ListPolicyTags',
  class: 'read',
  input: ListOfPolicyInput,
  logged: { request: members('PolicyArn', 'MaxItems', 'Marker') },
  async run(call, input) {
    const policy = await permittedPolicy(call, input.PolicyArn)
    const tags = await managedPolicyTags(call.services.database, policy.id)
    return tagPage(call, { id: policy.id, tags }, input)
  },
})
