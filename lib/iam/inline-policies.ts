/** Policies that are written into a user or role (facts §18.3). Groups have theirs elsewhere. */
import {
  ListRolePoliciesInput,
  ListUserPoliciesInput,
  PutRolePolicyInput,
  PutUserPolicyInput,
  RolePolicyInput,
  UserPolicyInput,
} from '#lib/domain/operations/iam-policies.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { Call } from '#lib/engine/call.ts'
import { members } from '#lib/engine/logged.ts'
import { operation } from '#lib/engine/operation.ts'
import { deleteInlinePolicy, inlinePolicies, putInlinePolicy } from '#lib/store/attachments.ts'
import { type HolderName, permittedHolder } from './holders.ts'
import { changeIdentity } from './identity-change.ts'
import { pageOf } from './paging.ts'
import { encodedDocument, inlinePolicyText } from './policy-text.ts'

const user = ({ UserName: name }: { readonly UserName: string }) => ({ kind: 'user', name }) as const
const role = ({ RoleName: name }: { readonly RoleName: string }) => ({ kind: 'role', name }) as const

type Put = { readonly PolicyName: string; readonly PolicyDocument: string }

async function put(call: Call, of: HolderName, { PolicyName: name, PolicyDocument: document }: Put) {
  const holder = await permittedHolder(call, of)
  const present = await inlinePolicies(call.services.database, holder.id)
  const others = present.filter((policy) => policy.name !== name).map((policy) => policy.document)
  const policy = inlinePolicyText(document, of, others)
  return changeIdentity(call, {
    rows: (rows) => putInlinePolicy(rows, { principal: holder.id, name, policy }),
    output: undefined,
  })
}

/** @throws AccessDeniedException, NoSuchEntity */
async function permittedPolicy(call: Call, of: HolderName, name: string) {
  const holder = await permittedHolder(call, of)
  const policy = (await inlinePolicies(call.services.database, holder.id)).find((row) => row.name === name)
  if (policy) return { holder, policy }
  throw new KmsError('NoSuchEntity', `The ${of.kind} policy with name ${name} cannot be found.`)
}

async function get(call: Call, of: HolderName, name: string) {
  const { policy } = await permittedPolicy(call, of, name)
  return { PolicyName: policy.name, PolicyDocument: encodedDocument(policy.document) }
}

async function remove(call: Call, of: HolderName, name: string) {
  const { holder } = await permittedPolicy(call, of, name)
  return changeIdentity(call, {
    rows: (rows) => deleteInlinePolicy(rows, holder.id, name),
    output: undefined,
  })
}

type Page = Parameters<typeof pageOf>[1]['page']

async function list(call: Call, of: HolderName, page: Page) {
  const holder = await permittedHolder(call, of)
  const all = await inlinePolicies(call.services.database, holder.id)
  const { rows, more } = pageOf(call, { all, by: ({ name }) => name, page, scope: holder.id })
  return { PolicyNames: rows.map(({ name }) => name), ...more }
}

export const PutUserPolicy = operation({
  name: 'PutUserPolicy',
  service: 'IAM',
  action: 'iam:PutUserPolicy',
  class: 'admin',
  input: PutUserPolicyInput,
  logged: { request: members('UserName', 'PolicyName', 'PolicyDocument') },
  run: (call, input) => put(call, user(input), input),
})

export const PutRolePolicy = operation({
  name: 'PutRolePolicy',
  service: 'IAM',
  action: 'iam:PutRolePolicy',
  class: 'admin',
  input: PutRolePolicyInput,
  logged: { request: members('RoleName', 'PolicyName', 'PolicyDocument') },
  run: (call, input) => put(call, role(input), input),
})

export const GetUserPolicy = operation({
  name: 'GetUserPolicy',
  service: 'IAM',
  action: 'iam:GetUserPolicy',
  class: 'read',
  input: UserPolicyInput,
  logged: { request: members('UserName', 'PolicyName') },
  run: async (call, input) => ({
    UserName: input.UserName,
    ...(await get(call, user(input), input.PolicyName)),
  }),
})

export const GetRolePolicy = operation({
  name: 'GetRolePolicy',
  service: 'IAM',
  action: 'iam:GetRolePolicy',
  class: 'read',
  input: RolePolicyInput,
  logged: { request: members('RoleName', 'PolicyName') },
  run: async (call, input) => ({
    RoleName: input.RoleName,
    ...(await get(call, role(input), input.PolicyName)),
  }),
})

export const DeleteUserPolicy = operation({
  name: 'DeleteUserPolicy',
  service: 'IAM',
  action: 'iam:DeleteUserPolicy',
  class: 'admin',
  input: UserPolicyInput,
  logged: { request: members('UserName', 'PolicyName') },
  run: (call, input) => remove(call, user(input), input.PolicyName),
})

export const DeleteRolePolicy = operation({
  name: 'DeleteRolePolicy',
  service: 'IAM',
  action: 'iam:DeleteRolePolicy',
  class: 'admin',
  input: RolePolicyInput,
  logged: { request: members('RoleName', 'PolicyName') },
  run: (call, input) => remove(call, role(input), input.PolicyName),
})

export const ListUserPolicies = operation({
  name: 'ListUserPolicies',
  service: 'IAM',
  action: 'iam:ListUserPolicies',
  class: 'read',
  input: ListUserPoliciesInput,
  logged: { request: members('UserName', 'MaxItems', 'Marker') },
  run: (call, input) => list(call, user(input), input),
})

export const ListRolePolicies = operation({
  name: 'ListRolePolicies',
  service: 'IAM',
  action: 'iam:ListRolePolicies',
  class: 'read',
  input: ListRolePoliciesInput,
  logged: { request: members('RoleName', 'MaxItems', 'Marker') },
  run: (call, input) => list(call, role(input), input),
})
