/** IAM's operations on users (facts §18.3). Their credentials have files of their own; deleting is delete-principal.ts. */
import {
  CreateUserInput,
  GetUserInput,
  ListUsersInput,
  UpdateUserInput,
} from '#lib/domain/operations/iam-users.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { Call } from '#lib/engine/call.ts'
import { members } from '#lib/engine/logged.ts'
import { operation } from '#lib/engine/operation.ts'
import {
  addUser,
  countUsers,
  findIamUser,
  listUsers,
  readUser,
  renameUser,
  type UserRow,
} from '#lib/store/users.ts'
import { changeAndRewrite } from './delete-principal.ts'
import { newUserId } from './identifiers.ts'
import { changeIdentity } from './identity-change.ts'
import { pageOf } from './paging.ts'
import { arnOfUser, describedUser, listedUser, permittedOwner, permittedUser } from './permitted-user.ts'
import { boundingPolicy } from './policy-lookup.ts'
import { checkTags, loggedIamTags, requestTagValues, tagRows } from './principal-tags.ts'

const PER_ACCOUNT = 5000

const taken = (name: string) => new KmsError('EntityAlreadyExists', `User with name ${name} already exists.`)

async function checkRoom({ services, account }: Call, name: string): Promise<void> {
  if (await findIamUser(services.database, account, name)) throw taken(name)
  if ((await countUsers(services.database, account)) >= PER_ACCOUNT)
    throw new KmsError('LimitExceeded', `Cannot exceed quota for UsersPerAccount: ${PER_ACCOUNT}`)
}

/** The user that this very call made before, when an SDK sends it again (R40). */
async function madeBefore(call: Call): Promise<UserRow | undefined> {
  const id = await call.made()
  return id === undefined ? undefined : readUser(call.services.database, id)
}

export const CreateUser = operation({
  name: 'CreateUser',
  service: 'IAM',
  action: 'iam:CreateUser',
  class: 'admin',
  input: CreateUserInput,
  logged: {
    request: (input) => ({
      ...members<typeof input>('Path', 'UserName', 'PermissionsBoundary')(input),
      ...(input.Tags && { tags: loggedIamTags(input.Tags) }),
    }),
    response: ({ User }: { readonly User: ReturnType<typeof describedUser> }) => ({
      user: { path: User.Path, userName: User.UserName, userId: User.UserId, arn: User.Arn },
    }),
  },
  async run(call, input) {
    const { UserName: name, Path: path = '/', PermissionsBoundary, Tags = [] } = input
    const resource = arnOfUser(call, { path, name })
    const conditions = { 'iam:PermissionsBoundary': PermissionsBoundary, ...requestTagValues(Tags) }
    await call.permit({ resource, conditions })
    // Tags at birth need the permission for tags as well.
    if (Tags.length > 0) await call.permit({ action: 'iam:TagUser', resource, conditions })
    checkTags(Tags, [], 'TagsPerUser')
    const before = await madeBefore(call)
    if (before) return { User: describedUser(call, before) }
    const boundary =
      PermissionsBoundary === undefined ? null : await boundingPolicy(call, PermissionsBoundary)
    await checkRoom(call, name)
    call.mention({ type: 'AWS::IAM::User', arn: resource, accountId: call.account })
    const row: UserRow = {
      ...{
        id: newUserId(),
        path,
        name,
        createdAt: call.services.clock.real(),
        boundary,
        tags: tagRows(Tags),
      },
      ...{ password: null, passwordCreatedAt: null, passwordResetRequired: false },
    }
    return changeIdentity(call, {
      makes: row.id,
      rows: (rows) => addUser(rows, { ...row, account: call.account, boundary: boundary?.id ?? null }),
      output: { User: describedUser(call, row) },
    })
  },
})

/** The root, whom no row describes but its account's. */
const rootView = (call: Call, arn: string, createdAt: Date) => ({
  Path: '/',
  UserName: undefined,
  UserId: call.account,
  Arn: arn,
  CreateDate: createdAt,
})

export const GetUser = operation({
  name: 'GetUser',
  service: 'IAM',
  action: 'iam:GetUser',
  class: 'read',
  input: GetUserInput,
  logged: { request: members('UserName') },
  async run(call, input) {
    const { user, arn, createdAt } = await permittedOwner(call, input.UserName)
    return { User: user ? describedUser(call, user) : rootView(call, arn, createdAt) }
  },
})

export const ListUsers = operation({
  name: 'ListUsers',
  service: 'IAM',
  action: 'iam:ListUsers',
  class: 'read',
  input: ListUsersInput,
  logged: { request: members('PathPrefix', 'MaxItems', 'Marker') },
  async run(call, input) {
    const prefix = input.PathPrefix ?? '/'
    await call.permit({ resource: arnOfUser(call, { path: prefix, name: '' }) })
    const all = (await listUsers(call.services.database, call.account)).filter(({ path }) =>
      path.startsWith(prefix),
    )
    const { rows, more } = pageOf(call, { all, by: ({ name }) => name, page: input, scope: prefix })
    return { Users: rows.map((user) => listedUser(call, user)), ...more }
  },
})

/** Where the user is to be found from now on; the caller needs permission there as well. */
async function newPlace(call: Call, user: UserRow, input: { NewPath?: string; NewUserName?: string }) {
  const to = { path: input.NewPath ?? user.path, name: input.NewUserName ?? user.name }
  await call.permit({ resource: arnOfUser(call, to), shown: `user ${to.name}` })
  const other = await findIamUser(call.services.database, call.account, to.name)
  if (other && other.id !== user.id) throw taken(to.name)
  return to
}

/** Policies and grants that name the user go on naming them, as AWS, which keeps their id, has it. */
export const UpdateUser = operation({
  name: 'UpdateUser',
  service: 'IAM',
  action: 'iam:UpdateUser',
  class: 'admin',
  input: UpdateUserInput,
  logged: { request: members('UserName', 'NewPath', 'NewUserName') },
  async run(call, { UserName, NewPath, NewUserName }) {
    const user = await permittedUser(call, UserName)
    const to = await newPlace(call, user, {
      ...(NewPath && { NewPath }),
      ...(NewUserName && { NewUserName }),
    })
    const renaming = { arn: arnOfUser(call, user), sessions: null, to: arnOfUser(call, to) }
    if (renaming.arn === renaming.to) return undefined
    await changeAndRewrite(call, renaming, (rows) => renameUser(rows, user.id, to))
    return undefined
  },
})
