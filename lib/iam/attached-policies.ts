/** Managed policies that are attached to users and roles, ten each at most (facts §18.3). */
import {
  AttachedRolePolicyInput,
  AttachedUserPolicyInput,
  ListAttachedRolePoliciesInput,
  ListAttachedUserPoliciesInput,
} from '#lib/domain/operations/iam-policies.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { Call } from '#lib/engine/call.ts'
import { members } from '#lib/engine/logged.ts'
import { operation } from '#lib/engine/operation.ts'
import { attachedPolicies, attachPolicy, detachPolicy } from '#lib/store/attachments.ts'
import { type HolderName, permittedHolder } from './holders.ts'
import { changeIdentity } from './identity-change.ts'
import { pageOf } from './paging.ts'
import { arnOfPolicy, attachablePolicy, policyByArn } from './policy-lookup.ts'

const user = ({ UserName: name }: { readonly UserName: string }) => ({ kind: 'user', name }) as const
const role = ({ RoleName: name }: { readonly RoleName: string }) => ({ kind: 'role', name }) as const

const MOST_ATTACHED = 10
const QUOTA = { user: 'PoliciesPerUser', role: 'PoliciesPerRole' } as const

async function attach(call: Call, of: HolderName, arn: string) {
  const holder = await permittedHolder(call, of, { 'iam:PolicyARN': arn })
  const policy = await attachablePolicy(call, arn)
  const present = await attachedPolicies(call.services.database, holder.id)
  if (present.length >= MOST_ATTACHED && !present.some(({ id }) => id === policy.id))
    throw new KmsError('LimitExceeded', `Cannot exceed quota for ${QUOTA[of.kind]}: ${MOST_ATTACHED}`)
  return changeIdentity(call, { rows: (rows) => attachPolicy(rows, holder.id, policy.id), output: undefined })
}

async function detach(call: Call, of: HolderName, arn: string) {
  const holder = await permittedHolder(call, of, { 'iam:PolicyARN': arn })
  const policy = await policyByArn(call, arn)
  const present = await attachedPolicies(call.services.database, holder.id)
  if (!policy || !present.some(({ id }) => id === policy.id))
    throw new KmsError('NoSuchEntity', `Policy ${arn} was not found.`)
  return changeIdentity(call, { rows: (rows) => detachPolicy(rows, holder.id, policy.id), output: undefined })
}

type Page = Parameters<typeof pageOf>[1]['page'] & { readonly PathPrefix?: string | undefined }

async function list(call: Call, of: HolderName, page: Page) {
  const holder = await permittedHolder(call, of)
  const present = await attachedPolicies(call.services.database, holder.id)
  const all = present.filter(({ path }) => path.startsWith(page.PathPrefix ?? '/'))
  const { rows, more } = pageOf(call, { all, by: ({ name }) => name, page, scope: holder.id })
  const attached = rows.map((policy) => ({ PolicyName: policy.name, PolicyArn: arnOfPolicy(call, policy) }))
  return { AttachedPolicies: attached, ...more }
}

export const AttachUserPolicy = operation({
  name: 'AttachUserPolicy',
  service: 'IAM',
  action: 'iam:AttachUserPolicy',
  class: 'admin',
  input: AttachedUserPolicyInput,
  logged: { request: members('UserName', 'PolicyArn') },
  run: (call, input) => attach(call, user(input), input.PolicyArn),
})

export const AttachRolePolicy = operation({
  name: 'AttachRolePolicy',
  service: 'IAM',
  action: 'iam:AttachRolePolicy',
  class: 'admin',
  input: AttachedRolePolicyInput,
  logged: { request: members('RoleName', 'PolicyArn') },
  run: (call, input) => attach(call, role(input), input.PolicyArn),
})

export const DetachUserPolicy = operation({
  name: 'DetachUserPolicy',
  service: 'IAM',
  action: 'iam:DetachUserPolicy',
  class: 'admin',
  input: AttachedUserPolicyInput,
  logged: { request: members('UserName', 'PolicyArn') },
  run: (call, input) => detach(call, user(input), input.PolicyArn),
})

export const DetachRolePolicy = operation({
  name: 'DetachRolePolicy',
  service: 'IAM',
  action: 'iam:DetachRolePolicy',
  class: 'admin',
  input: AttachedRolePolicyInput,
  logged: { request: members('RoleName', 'PolicyArn') },
  run: (call, input) => detach(call, role(input), input.PolicyArn),
})

export const ListAttachedUserPolicies = operation({
  name: 'ListAttachedUserPolicies',
  service: 'IAM',
  action: 'iam:ListAttachedUserPolicies',
  class: 'read',
  input: ListAttachedUserPoliciesInput,
  logged: { request: members('UserName', 'PathPrefix', 'MaxItems', 'Marker') },
  run: (call, input) => list(call, user(input), input),
})

export const ListAttachedRolePolicies = operation({
  name: 'ListAttachedRolePolicies',
  service: 'IAM',
  action: 'iam:ListAttachedRolePolicies',
  class: 'read',
  input: ListAttachedRolePoliciesInput,
  logged: { request: members('RoleName', 'PathPrefix', 'MaxItems', 'Marker') },
  run: (call, input) => list(call, role(input), input),
})
