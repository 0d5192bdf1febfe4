/**
 * The users that operations of IAM name: found, and the caller permitted, in this order, so that nobody without
 * permission learns who exists.
 */
import { policyArn, rootArn, userArn } from '#lib/domain/arn.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { Call } from '#lib/engine/call.ts'
import type { ConditionValues } from '#lib/engine/request-context.ts'
import { accountCreatedAt } from '#lib/store/accounts.ts'
import { findIamUser, readUser, type UserRow } from '#lib/store/users.ts'
import { iamTagsOf, resourceTagValues } from './principal-tags.ts'

export const arnOfUser = (call: Call, { path, name }: { readonly path: string; readonly name: string }) =>
  userArn(call.place.partition, call.account, path, name)

const boundaryArn = (call: Call, boundary: UserRow['boundary'] | undefined) =>
  boundary ? policyArn(call.place.partition, call.account, boundary.path, boundary.name) : undefined

/** Asks for the operation's own action on a user, whether there is one of the name or not. */
async function permit(call: Call, name: string, user: UserRow | undefined, conditions: ConditionValues) {
  const resource = arnOfUser(call, user ?? { path: '/', name })
  await call.permit({
    resource,
    shown: `user ${name}`,
    conditions: {
      ...resourceTagValues(user?.tags),
      'iam:PermissionsBoundary': boundaryArn(call, user?.boundary),
      ...conditions,
    },
  })
  if (user) call.mention({ type: 'AWS::IAM::User', arn: resource, accountId: call.account })
}

/**
 * The user of a name, in whatever case, if the caller may do this to them.
 * @throws AccessDeniedException, NoSuchEntity
 */
export async function permittedUser(
  call: Call,
  name: string,
  conditions: ConditionValues = {},
): Promise<UserRow> {
  const user = await findIamUser(call.services.database, call.account, name)
  await permit(call, name, user, conditions)
  if (!user) throw new KmsError('NoSuchEntity', `The user with name ${name} cannot be found.`)
  return user
}

/** Whose credentials they are: a user, or the account's root, which has no name. */
export type Owner = {
  readonly id: string
  readonly arn: string
  readonly UserName: string | undefined
  readonly createdAt: Date
  /** Undefined for the root. */
  readonly user: UserRow | undefined
}

const ownerOf = (call: Call, user: UserRow): Owner => ({
  id: user.id,
  arn: arnOfUser(call, user),
  UserName: user.name,
  createdAt: user.createdAt,
  user,
})

/**
 * The user of a name or, without one, whoever asks.
 * @throws AccessDeniedException, NoSuchEntity, ValidationException for a caller who is no user
 */
export async function permittedOwner(call: Call, name: string | undefined): Promise<Owner> {
  if (name !== undefined) return ownerOf(call, await permittedUser(call, name))
  const { principal } = call.identity
  if (principal.kind === 'root') {
    const arn = rootArn(call.place.partition, call.account)
    await call.permit({ resource: arn })
    const createdAt = await accountCreatedAt(call.services.database, call.account)
    return { id: principal.id, arn, UserName: undefined, createdAt, user: undefined }
  }
  const user = principal.kind === 'user' ? await readUser(call.services.database, principal.id) : undefined
  if (!user)
    throw new KmsError('ValidationException', 'Must specify userName when calling with non-User credentials')
  await permit(call, user.name, user, {})
  return ownerOf(call, user)
}

/** A user as lists show one. */
export const listedUser = (call: Call, user: UserRow) => ({
  Path: user.path,
  UserName: user.name,
  UserId: user.id,
  Arn: arnOfUser(call, user),
  CreateDate: user.createdAt,
})

/** And with what only GetUser and CreateUser tell. */
export const describedUser = (call: Call, user: UserRow) => ({
  ...listedUser(call, user),
  ...(user.boundary && {
    PermissionsBoundary: {
      PermissionsBoundaryType: 'Policy',
      PermissionsBoundaryArn: boundaryArn(call, user.boundary) ?? '',
    },
  }),
  ...(user.tags.length > 0 && { Tags: iamTagsOf(user.tags) }),
})
