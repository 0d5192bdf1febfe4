/** What groups may do: their inline policies and those attached to them (facts §18.3). */
import {
  AttachedGroupPolicyInput,
  GroupPolicyInput,
  ListAttachedGroupPoliciesInput,
  ListGroupPoliciesInput,
  PutGroupPolicyInput,
} from '#lib/domain/operations/iam-groups.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { Call } from '#lib/engine/call.ts'
import { members } from '#lib/engine/logged.ts'
import { operation } from '#lib/engine/operation.ts'
import {
  attachToGroup,
  deleteGroupPolicy,
  detachFromGroup,
  type GroupRow,
  groupAttachments,
  groupPolicies,
  putGroupPolicy,
} from '#lib/store/groups.ts'
import { changeIdentity } from './identity-change.ts'
import { pageOf } from './paging.ts'
import { permittedGroup } from './permitted-group.ts'
import { arnOfPolicy, attachablePolicy, policyByArn } from './policy-lookup.ts'
import { encodedDocument, inlinePolicyText } from './policy-text.ts'

const MOST_ATTACHED = 10

/** @throws NoSuchEntity */
async function inlineOf({ services }: Call, group: GroupRow, name: string) {
  const found = (await groupPolicies(services.database, group.id)).find((policy) => policy.name === name)
  if (!found) throw new KmsError('NoSuchEntity', `The group policy with name ${name} cannot be found.`)
  return found
}

export const PutGroupPolicy = operation({
  name: 'PutGroupPolicy',
  service: 'IAM',
  action: 'iam:PutGroupPolicy',
  class: 'admin',
  input: PutGroupPolicyInput,
  logged: { request: members('GroupName', 'PolicyName', 'PolicyDocument') },
  async run(call, { GroupName, PolicyName: name, PolicyDocument }) {
    const group = await permittedGroup(call, GroupName)
    const present = await groupPolicies(call.services.database, group.id)
    const others = present.filter((policy) => policy.name !== name).map(({ document }) => document)
    const policy = inlinePolicyText(PolicyDocument, { kind: 'group', name: group.name }, others)
    return changeIdentity(call, {
      rows: (rows) => putGroupPolicy(rows, { group: group.id, name, policy }),
      output: undefined,
    })
  },
})

export const GetGroupPolicy = operation({
  name: 'GetGroupPolicy',
  service: 'IAM',
  action: 'iam:GetGroupPolicy',
  class: 'read',
  input: GroupPolicyInput,
  logged: { request: members('GroupName', 'PolicyName') },
  async run(call, { GroupName, PolicyName }) {
    const group = await permittedGroup(call, GroupName)
    const { document } = await inlineOf(call, group, PolicyName)
    return { GroupName: group.name, PolicyName, PolicyDocument: encodedDocument(document) }
  },
})

export const DeleteGroupPolicy = operation({
  name: 'DeleteGroupPolicy',
  service: 'IAM',
  action: 'iam:DeleteGroupPolicy',
  class: 'admin',
  input: GroupPolicyInput,
  logged: { request: members('GroupName', 'PolicyName') },
  async run(call, { GroupName, PolicyName }) {
    const group = await permittedGroup(call, GroupName)
    const { name } = await inlineOf(call, group, PolicyName)
    return changeIdentity(call, {
      rows: (rows) => deleteGroupPolicy(rows, group.id, name),
      output: undefined,
    })
  },
})

export const ListGroupPolicies = operation({
  name: 'ListGroupPolicies',
  service: 'IAM',
  action: 'iam:ListGroupPolicies',
  class: 'read',
  input: ListGroupPoliciesInput,
  logged: { request: members('GroupName', 'MaxItems', 'Marker') },
  async run(call, input) {
    const group = await permittedGroup(call, input.GroupName)
    const all = await groupPolicies(call.services.database, group.id)
    const { rows, more } = pageOf(call, { all, by: ({ name }) => name, page: input, scope: group.id })
    return { PolicyNames: rows.map(({ name }) => name), ...more }
  },
})

export const AttachGroupPolicy = operation({
  name: 'AttachGroupPolicy',
  service: 'IAM',
  action: 'iam:AttachGroupPolicy',
  class: 'admin',
  input: AttachedGroupPolicyInput,
  logged: { request: members('GroupName', 'PolicyArn') },
  async run(call, { GroupName, PolicyArn }) {
    const group = await permittedGroup(call, GroupName, { 'iam:PolicyARN': PolicyArn })
    const policy = await attachablePolicy(call, PolicyArn)
    const present = await groupAttachments(call.services.database, group.id)
    if (!present.some(({ id }) => id === policy.id) && present.length >= MOST_ATTACHED)
      throw new KmsError('LimitExceeded', `Cannot exceed quota for PoliciesPerGroup: ${MOST_ATTACHED}`)
    return changeIdentity(call, {
      rows: (rows) => attachToGroup(rows, group.id, policy.id),
      output: undefined,
    })
  },
})

export const DetachGroupPolicy = operation({
  name: 'DetachGroupPolicy',
  service: 'IAM',
  action: 'iam:DetachGroupPolicy',
  class: 'admin',
  input: AttachedGroupPolicyInput,
  logged: { request: members('GroupName', 'PolicyArn') },
  async run(call, { GroupName, PolicyArn }) {
    const group = await permittedGroup(call, GroupName, { 'iam:PolicyARN': PolicyArn })
    const policy = await policyByArn(call, PolicyArn)
    const attached = await groupAttachments(call.services.database, group.id)
    if (!policy || !attached.some(({ id }) => id === policy.id))
      throw new KmsError('NoSuchEntity', `Policy ${PolicyArn} was not found.`)
    return changeIdentity(call, {
      rows: (rows) => detachFromGroup(rows, group.id, policy.id),
      output: undefined,
    })
  },
})

export const ListAttachedGroupPolicies = operation({
  name: 'ListAttachedGroupPolicies',
  service: 'IAM',
  action: 'iam:ListAttachedGroupPolicies',
  class: 'read',
  input: ListAttachedGroupPoliciesInput,
  logged: { request: members('GroupName', 'PathPrefix', 'MaxItems', 'Marker') },
  async run(call, input) {
    const group = await permittedGroup(call, input.GroupName)
    const prefix = input.PathPrefix ?? '/'
    const attached = await groupAttachments(call.services.database, group.id)
    const all = attached.filter(({ path }) => path.startsWith(prefix))
    const scope = `${group.id}${prefix}`
    const { rows, more } = pageOf(call, { all, by: ({ name }) => name, page: input, scope })
    const AttachedPolicies = rows.map((policy) => ({
      PolicyName: policy.name,
      PolicyArn: arnOfPolicy(call, policy),
    }))
    return { AttachedPolicies, ...more }
  },
})
