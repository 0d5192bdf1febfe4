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
import { putPrincipalTags, removePrincipalTags } from '#lib/store/principal-tags.ts'
import { changeIdentity } from './identity-change.ts'
import { pageOf } from './paging.ts'
import { permittedRole } from './permitted-role.ts'
import { permittedPolicy } from './policy-lookup.ts'
import {
  checkReserved,
  checkTags,
  iamTagsOf,
  loggedIamTags,
  requestTagValues,
  tagRows,
} from './principal-tags.ts'

export const TagRole = operation({
  name: 'TagRole',
  service: 'IAM',
  action: 'iam:TagRole',
  class: 'admin',
  input: TagRoleInput,
  logged: { request: ({ RoleName, Tags }) => ({ roleName: RoleName, tags: loggedIamTags(Tags) }) },
  async run(call, { RoleName, Tags }) {
    const role = await permittedRole(call, RoleName, requestTagValues(Tags))
    checkTags(Tags, role.tags, 'TagsPerRole')
    return changeIdentity(call, {
      rows: (rows) => putPrincipalTags(rows, role.id, tagRows(Tags)),
      output: undefined,
    })
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
    checkReserved(TagKeys)
    return changeIdentity(call, {
      rows: (rows) => removePrincipalTags(rows, role.id, TagKeys),
      output: undefined,
    })
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
    const role = await permittedRole(call, input.RoleName)
    const { rows, more } = pageOf(call, { all: role.tags, by: ({ key }) => key, page: input, scope: role.id })
    return { Tags: iamTagsOf(rows), ...more }
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
    const all = await managedPolicyTags(call.services.database, policy.id)
    const { rows, more } = pageOf(call, { all, by: ({ key }) => key, page: input, scope: policy.id })
    return { Tags: iamTagsOf(rows), ...more }
  },
})
