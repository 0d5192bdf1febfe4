/** Permissions boundaries of users and roles: the managed policy that says what they may do at most. */
import {
  PutRoleBoundaryInput,
  PutUserBoundaryInput,
  RoleInput,
  UserInput,
} from '#lib/domain/operations/iam-policies.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { Call } from '#lib/engine/call.ts'
import { members } from '#lib/engine/logged.ts'
import { operation } from '#lib/engine/operation.ts'
import { setBoundary } from '#lib/store/attachments.ts'
import { type HolderName, permittedHolder } from './holders.ts'
import { changeIdentity } from './identity-change.ts'
import { boundingPolicy } from './policy-lookup.ts'

async function put(call: Call, of: HolderName, arn: string) {
  // A condition on iam:PermissionsBoundary asks for the one that is set.
  const holder = await permittedHolder(call, of, { 'iam:PermissionsBoundary': arn })
  const policy = await boundingPolicy(call, arn)
  return changeIdentity(call, { rows: (rows) => setBoundary(rows, holder.id, policy.id), output: undefined })
}

async function remove(call: Call, of: HolderName) {
  const holder = await permittedHolder(call, of)
  if (!holder.boundary) {
    const text = `The ${of.kind} with name ${of.name} does not have a permissions boundary attached.`
    throw new KmsError('NoSuchEntity', text)
  }
  return changeIdentity(call, { rows: (rows) => setBoundary(rows, holder.id, null), output: undefined })
}

export const PutUserPermissionsBoundary = operation({
  name: 'PutUserPermissionsBoundary',
  service: 'IAM',
  action: 'iam:PutUserPermissionsBoundary',
  class: 'admin',
  input: PutUserBoundaryInput,
  logged: { request: members('UserName', 'PermissionsBoundary') },
  run: (call, input) => put(call, { kind: 'user', name: input.UserName }, input.PermissionsBoundary),
})

export const PutRolePermissionsBoundary = operation({
  name: 'PutRolePermissionsBoundary',
  service: 'IAM',
  action: 'iam:PutRolePermissionsBoundary',
  class: 'admin',
  input: PutRoleBoundaryInput,
  logged: { request: members('RoleName', 'PermissionsBoundary') },
  run: (call, input) => put(call, { kind: 'role', name: input.RoleName }, input.PermissionsBoundary),
})

export const DeleteUserPermissionsBoundary = operation({
  name: 'DeleteUserPermissionsBoundary',
  service: 'IAM',
  action: 'iam:DeleteUserPermissionsBoundary',
  class: 'admin',
  input: UserInput,
  logged: { request: members('UserName') },
  run: (call, input) => remove(call, { kind: 'user', name: input.UserName }),
})

export const DeleteRolePermissionsBoundary = operation({
  name: 'DeleteRolePermissionsBoundary',
  service: 'IAM',
  action: 'iam:DeleteRolePermissionsBoundary',
  class: 'admin',
  input: RoleInput,
  logged: { request: members('RoleName') },
  run: (call, input) => remove(call, { kind: 'role', name: input.RoleName }),
})
