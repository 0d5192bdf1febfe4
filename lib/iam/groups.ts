/** IAM's operations on groups and who is in them (facts §18.3). What groups may do is group-policies.ts. */
import {
  CreateGroupInput,
  DeleteGroupInput,
  GetGroupInput,
  GroupMemberInput,
  ListGroupsInput,
  UpdateGroupInput,
} from '#lib/domain/operations/iam-groups.ts'
import { ListOfUserInput } from '#lib/domain/operations/iam-users.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { Call } from '#lib/engine/call.ts'
import { members } from '#lib/engine/logged.ts'
import { operation } from '#lib/engine/operation.ts'
import {
  addGroup,
  addMember,
  countGroups,
  deleteGroup,
  findGroup,
  type GroupRow,
  groupAttachments,
  groupPolicies,
  groupsOf,
  listGroups,
  membersOf,
  removeMember,
  renameGroup,
} from '#lib/store/groups.ts'
import { findIamUser, listUsers } from '#lib/store/users.ts'
import { newGroupId } from './identifiers.ts'
import { changeIdentity } from './identity-change.ts'
import { pageOf } from './paging.ts'
import { arnOfGroup, groupView, permittedGroup } from './permitted-group.ts'
import { listedUser, permittedUser } from './permitted-user.ts'

const QUOTAS = { GroupsPerAccount: 300, GroupsPerUser: 10 } as const

const overQuota = (quota: keyof typeof QUOTAS) =>
  new KmsError('LimitExceeded', `Cannot exceed quota for ${quota}: ${QUOTAS[quota]}`)
const taken = (name: string) => new KmsError('EntityAlreadyExists', `Group with name ${name} already exists.`)

export const CreateGroup = operation({
  name: 'CreateGroup',
  service: 'IAM',
  action: 'iam:CreateGroup',
  class: 'admin',
  input: CreateGroupInput,
  logged: {
    request: members('Path', 'GroupName'),
    response: ({ Group }: { readonly Group: ReturnType<typeof groupView> }) => ({
      group: { path: Group.Path, groupName: Group.GroupName, groupId: Group.GroupId, arn: Group.Arn },
    }),
  },
  async run(call, { GroupName: name, Path: path = '/' }) {
    const { database, clock } = call.services
    const arn = arnOfGroup(call, { path, name })
    await call.permit({ resource: arn })
    if (await findGroup(database, call.account, name)) throw taken(name)
    if ((await countGroups(database, call.account)) >= QUOTAS.GroupsPerAccount)
      throw overQuota('GroupsPerAccount')
    call.mention({ type: 'AWS::IAM::Group', arn, accountId: call.account })
    const group: GroupRow = { id: newGroupId(), path, name, createdAt: clock.real() }
    return changeIdentity(call, {
      rows: (rows) => addGroup(rows, { ...group, account: call.account }),
      output: { Group: groupView(call, group) },
    })
  },
})

export const GetGroup = operation({
  name: 'GetGroup',
  service: 'IAM',
  action: 'iam:GetGroup',
  class: 'read',
  input: GetGroupInput,
  logged: { request: members('GroupName', 'MaxItems', 'Marker') },
  async run(call, input) {
    const { database } = call.services
    const group = await permittedGroup(call, input.GroupName)
    const inside = new Set(await membersOf(database, group.id))
    const all = (await listUsers(database, call.account)).filter(({ id }) => inside.has(id))
    const { rows, more } = pageOf(call, { all, by: ({ name }) => name, page: input, scope: group.id })
    return { Group: groupView(call, group), Users: rows.map((user) => listedUser(call, user)), ...more }
  },
})

export const ListGroups = operation({
  name: 'ListGroups',
  service: 'IAM',
  action: 'iam:ListGroups',
  class: 'read',
  input: ListGroupsInput,
  logged: { request: members('PathPrefix', 'MaxItems', 'Marker') },
  async run(call, input) {
    const prefix = input.PathPrefix ?? '/'
    await call.permit({ resource: arnOfGroup(call, { path: prefix, name: '' }) })
    const groups = await listGroups(call.services.database, call.account)
    const all = groups.filter(({ path }) => path.startsWith(prefix))
    const { rows, more } = pageOf(call, { all, by: ({ name }) => name, page: input, scope: prefix })
    return { Groups: rows.map((group) => groupView(call, group)), ...more }
  },
})

export const UpdateGroup = operation({
  name: 'UpdateGroup',
  service: 'IAM',
  action: 'iam:UpdateGroup',
  class: 'admin',
  input: UpdateGroupInput,
  logged: { request: members('GroupName', 'NewPath', 'NewGroupName') },
  async run(call, { GroupName, NewPath, NewGroupName }) {
    const group = await permittedGroup(call, GroupName)
    const to = { path: NewPath ?? group.path, name: NewGroupName ?? group.name }
    // Permission is needed where it goes as well.
    await call.permit({ resource: arnOfGroup(call, to), shown: `group ${to.name}` })
    const other = await findGroup(call.services.database, call.account, to.name)
    if (other && other.id !== group.id) throw taken(to.name)
    return changeIdentity(call, { rows: (rows) => renameGroup(rows, group.id, to), output: undefined })
  },
})

async function checkEmpty({ services }: Call, { id }: GroupRow): Promise<void> {
  const { database } = services
  const conflict = (first: string) =>
    new KmsError('DeleteConflict', `Cannot delete entity, must ${first} first.`)
  if ((await membersOf(database, id)).length > 0) throw conflict('remove users from group')
  if ((await groupAttachments(database, id)).length > 0) throw conflict('detach all policies')
  if ((await groupPolicies(database, id)).length > 0) throw conflict('delete policies')
}

export const DeleteGroup = operation({
  name: 'DeleteGroup',
  service: 'IAM',
  action: 'iam:DeleteGroup',
  class: 'admin',
  input: DeleteGroupInput,
  logged: { request: members('GroupName') },
  async run(call, input) {
    const group = await permittedGroup(call, input.GroupName)
    await checkEmpty(call, group)
    return changeIdentity(call, { rows: (rows) => deleteGroup(rows, group.id), output: undefined })
  },
})

/** The group decides; that a user is not there is told to those who may change it. */
async function groupAndUser(call: Call, input: { GroupName: string; UserName: string }) {
  const group = await permittedGroup(call, input.GroupName)
  const user = await findIamUser(call.services.database, call.account, input.UserName)
  if (!user) throw new KmsError('NoSuchEntity', `The user with name ${input.UserName} cannot be found.`)
  return { group, user }
}

export const AddUserToGroup = operation({
  name: 'AddUserToGroup',
  service: 'IAM',
  action: 'iam:AddUserToGroup',
  class: 'admin',
  input: GroupMemberInput,
  logged: { request: members('GroupName', 'UserName') },
  async run(call, input) {
    const { group, user } = await groupAndUser(call, input)
    const present = await groupsOf(call.services.database, user.id)
    const isNew = !present.some(({ id }) => id === group.id)
    if (isNew && present.length >= QUOTAS.GroupsPerUser) throw overQuota('GroupsPerUser')
    return changeIdentity(call, { rows: (rows) => addMember(rows, group.id, user.id), output: undefined })
  },
})

export const RemoveUserFromGroup = operation({
  name: 'RemoveUserFromGroup',
  service: 'IAM',
  action: 'iam:RemoveUserFromGroup',
  class: 'admin',
  input: GroupMemberInput,
  logged: { request: members('GroupName', 'UserName') },
  async run(call, input) {
    const { group, user } = await groupAndUser(call, input)
    return changeIdentity(call, { rows: (rows) => removeMember(rows, group.id, user.id), output: undefined })
  },
})

export const ListGroupsForUser = operation({
  name: 'ListGroupsForUser',
  service: 'IAM',
  action: 'iam:ListGroupsForUser',
  class: 'read',
  input: ListOfUserInput,
  logged: { request: members('UserName', 'MaxItems', 'Marker') },
  async run(call, input) {
    const user = await permittedUser(call, input.UserName)
    const all = await groupsOf(call.services.database, user.id)
    const { rows, more } = pageOf(call, { all, by: ({ name }) => name, page: input, scope: user.id })
    return { Groups: rows.map((group) => groupView(call, group)), ...more }
  },
})
