/** IAM's operations on roles: who they are and who may assume them (facts §18.3). Deleting is delete-principal.ts. */
import {
  CreateRoleInput,
  ListOfRoleInput,
  ListRolesInput,
  RoleInput,
  UpdateAssumeRolePolicyInput,
  UpdateRoleDescriptionInput,
  UpdateRoleInput,
} from '#lib/domain/operations/iam-roles.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { Call } from '#lib/engine/call.ts'
import { members } from '#lib/engine/logged.ts'
import { operation } from '#lib/engine/operation.ts'
import {
  addRole,
  changeRole,
  countRoles,
  findRole,
  listRoles,
  type NewRole,
  type RoleRow,
  readRole,
  setTrustPolicy,
} from '#lib/store/roles.ts'
import { newRoleId } from './identifiers.ts'
import { changeIdentity } from './identity-change.ts'
import { pageOf } from './paging.ts'
import { arnOfRole, permittedRole } from './permitted-role.ts'
import { boundingPolicy } from './policy-lookup.ts'
import { trustPolicyText } from './policy-text.ts'
import { checkTags, loggedIamTags, requestTagValues, tagRows } from './principal-tags.ts'
import { roleInList, roleLastUsed, roleView } from './role-view.ts'

const PER_ACCOUNT = 1000
const HOUR = 3600

async function checkRoom({ services, account }: Call, name: string): Promise<void> {
  if (await findRole(services.database, account, name))
    throw new KmsError('EntityAlreadyExists', `Role with name ${name} already exists.`)
  if ((await countRoles(services.database, account)) >= PER_ACCOUNT)
    throw new KmsError('LimitExceeded', `Cannot exceed quota for RolesPerAccount: ${PER_ACCOUNT}`)
}

/** The role that this very call made before, when an SDK sends it again (R40). */
async function madeBefore(call: Call): Promise<RoleRow | undefined> {
  const id = await call.made()
  return id === undefined ? undefined : readRole(call.services.database, id)
}

export const CreateRole = operation({
  name: 'CreateRole',
  service: 'IAM',
  action: 'iam:CreateRole',
  class: 'admin',
  input: CreateRoleInput,
  async run(call, input) {
    const { RoleName: name, Path: path = '/', PermissionsBoundary, Tags = [] } = input
    const resource = arnOfRole(call, { path, name })
    const conditions = { 'iam:PermissionsBoundary': PermissionsBoundary, ...requestTagValues(Tags) }
    await call.permit({ resource, conditions })
    if (Tags.length > 0) await call.permit({ action: 'iam:TagRole', resource, conditions })
    const before = await madeBefore(call)
    if (before) return { Role: roleView(call, before) }
    const trustPolicy = await trustPolicyText(call, input.AssumeRolePolicyDocument)
    checkTags(Tags, [], 'TagsPerRole')
    const bounding = PermissionsBoundary ? await boundingPolicy(call, PermissionsBoundary) : null
    await checkRoom(call, name)
    const role: NewRole = {
      ...{ id: newRoleId(), account: call.account, path, name, description: input.Description ?? '' },
      ...{ createdAt: call.services.clock.real(), maxSessionSeconds: input.MaxSessionDuration ?? HOUR },
      ...{ tags: tagRows(Tags), trustPolicy, boundary: bounding?.id ?? null },
    }
    return changeIdentity(call, {
      makes: role.id,
      rows: (rows) => addRole(rows, role),
      output: { Role: roleView(call, { ...role, trustPolicy: trustPolicy.body, boundary: bounding }) },
    })
  },
  logged: {
    request: (input) => ({
      ...members<typeof input>(
        'Path',
        'RoleName',
        'AssumeRolePolicyDocument',
        'Description',
        'MaxSessionDuration',
        'PermissionsBoundary',
      )(input),
      ...(input.Tags && { tags: loggedIamTags(input.Tags) }),
    }),
    response: ({ Role }) => ({ role: { roleName: Role.RoleName, roleId: Role.RoleId, arn: Role.Arn } }),
  },
})

export const GetRole = operation({
  name: 'GetRole',
  service: 'IAM',
  action: 'iam:GetRole',
  class: 'read',
  input: RoleInput,
  logged: { request: members('RoleName') },
  async run(call, input) {
    const role = await permittedRole(call, input.RoleName)
    return { Role: { ...roleView(call, role), RoleLastUsed: await roleLastUsed(call, role) } }
  },
})

export const ListRoles = operation({
  name: 'ListRoles',
  service: 'IAM',
  action: 'iam:ListRoles',
  class: 'read',
  input: ListRolesInput,
  logged: { request: members('PathPrefix', 'MaxItems', 'Marker') },
  async run(call, input) {
    const prefix = input.PathPrefix ?? '/'
    await call.permit({ resource: arnOfRole(call, { path: prefix, name: '' }) })
    const all = (await listRoles(call.services.database, call.account)).filter(({ path }) =>
      path.startsWith(prefix),
    )
    const { rows, more } = pageOf(call, { all, by: ({ name }) => name, page: input, scope: prefix })
    return { Roles: rows.map((role) => roleInList(call, role)), ...more }
  },
})

export const UpdateRole = operation({
  name: 'UpdateRole',
  service: 'IAM',
  action: 'iam:UpdateRole',
  class: 'admin',
  input: UpdateRoleInput,
  logged: { request: members('RoleName', 'Description', 'MaxSessionDuration') },
  async run(call, { RoleName, Description, MaxSessionDuration }) {
    const role = await permittedRole(call, RoleName)
    const set = {
      ...(Description !== undefined && { description: Description }),
      // "If you do not specify a value for this setting, the default value of one hour is applied."
      maxSessionSeconds: MaxSessionDuration ?? HOUR,
    }
    return changeIdentity(call, { rows: (rows) => changeRole(rows, role.id, set), output: {} })
  },
})

export const UpdateRoleDescription = operation({
  name: 'UpdateRoleDescription',
  service: 'IAM',
  action: 'iam:UpdateRoleDescription',
  class: 'admin',
  input: UpdateRoleDescriptionInput,
  logged: { request: members('RoleName', 'Description') },
  async run(call, { RoleName, Description: description }) {
    const role = await permittedRole(call, RoleName)
    return changeIdentity(call, {
      rows: (rows) => changeRole(rows, role.id, { description }),
      output: { Role: roleView(call, { ...role, description }) },
    })
  },
})

export const UpdateAssumeRolePolicy = operation({
  name: 'UpdateAssumeRolePolicy',
  service: 'IAM',
  action: 'iam:UpdateAssumeRolePolicy',
  class: 'admin',
  input: UpdateAssumeRolePolicyInput,
  logged: { request: members('RoleName', 'PolicyDocument') },
  async run(call, input) {
    const role = await permittedRole(call, input.RoleName)
    const policy = await trustPolicyText(call, input.PolicyDocument)
    return changeIdentity(call, { rows: (rows) => setTrustPolicy(rows, role.id, policy), output: undefined })
  },
})

/** Machines have roles in instance profiles; there are no machines here. */
export const ListInstanceProfilesForRole = operation({
  name: 'ListInstanceProfilesForRole',
  service: 'IAM',
  action: 'iam:ListInstanceProfilesForRole',
  class: 'read',
  input: ListOfRoleInput,
  logged: { request: members('RoleName', 'MaxItems', 'Marker') },
  async run(call, input): Promise<{ InstanceProfiles: readonly never[]; IsTruncated: false }> {
    await permittedRole(call, input.RoleName)
    return { InstanceProfiles: [], IsTruncated: false }
  },
})
