/** Users, and sessions of roles, that a test makes for itself by the operations that make them. */

import { parseArn } from '#lib/domain/arn.ts'
import { sessionPrincipal } from '#lib/engine/principals.ts'
import { ACCOUNT, type Person, type World } from './world.ts'

/** A user of the world's first account with an access key and nothing else. */
export async function newUser(world: World, UserName: string): Promise<Person> {
  const admin = world.as('admin')
  const { User } = await admin.call('CreateUser', { UserName })
  const { AccessKey } = await admin.call('CreateAccessKey', { UserName })
  return world.being({
    principal: {
      ...{ kind: 'user', partition: 'aws', account: ACCOUNT },
      ...{ id: User.UserId, name: UserName, arn: User.Arn },
    },
    accessKey: { id: AccessKey.AccessKeyId, secret: AccessKey.SecretAccessKey },
  })
}

/** A session of a role, opened by somebody who may. */
export async function newSession(
  world: World,
  by: Person,
  role: { Arn: string; RoleId: string },
): Promise<Person> {
  const { Credentials } = await by.call('AssumeRole', { RoleArn: role.Arn, RoleSessionName: 'test' })
  const account = parseArn(role.Arn)?.account ?? ''
  const name = role.Arn.slice(role.Arn.lastIndexOf('/') + 1)
  return world.being({
    principal: sessionPrincipal(
      { partition: 'aws', account, role: { id: role.RoleId, name, arn: role.Arn } },
      'test',
    ),
    accessKey: { id: Credentials.AccessKeyId, secret: Credentials.SecretAccessKey },
  })
}

/** Takes from a user what DeleteUser wants gone, and deletes it. */
export async function deleteUser(world: World, { principal, accessKey }: Person): Promise<void> {
  const admin = world.as('admin')
  const UserName = principal.name
  await admin.call('DeleteAccessKey', { UserName, AccessKeyId: accessKey.id })
  await admin.call('DeleteUser', { UserName })
}
