/** How IAM shows roles. */
import { policyArn, roleArn, sessionArn } from '#lib/domain/arn.ts'
import type { Call } from '#lib/engine/call.ts'
import { lastRoleUse } from '#lib/store/role-use.ts'
import type { RoleRow } from '#lib/store/roles.ts'
import { encodedDocument } from './policy-text.ts'
import { iamTagsOf } from './principal-tags.ts'

/** As lists show it: without tags, boundary and last use. */
export function roleInList(call: Call, role: RoleRow) {
  return {
    Path: role.path,
    RoleName: role.name,
    RoleId: role.id,
    Arn: roleArn(call.identity.principal.partition, role.account, role.path, role.name),
    CreateDate: role.createdAt,
    AssumeRolePolicyDocument: encodedDocument(role.trustPolicy),
    ...(role.description !== '' && { Description: role.description }),
    MaxSessionDuration: role.maxSessionSeconds,
  }
}

/** Whole, but for its last use, which a role that was just made has none of. */
export function roleView(call: Call, role: RoleRow) {
  const { boundary, tags } = role
  return {
    ...roleInList(call, role),
    ...(boundary && {
      PermissionsBoundary: {
        PermissionsBoundaryType: 'Policy',
        PermissionsBoundaryArn: policyArn(
          call.identity.principal.partition,
          role.account,
          boundary.path,
          boundary.name,
        ),
      },
    }),
    ...(tags.length > 0 && { Tags: iamTagsOf(tags) }),
  }
}

/** AWS looks back 400 days; a namesake that was deleted before this role was made is not this role. */
const TRACKED_MS = 400 * 86_400_000

/** When and where a session of the role last called, by the log; empty where none did. */
export async function roleLastUsed({ services, identity }: Call, role: RoleRow) {
  const tracked = services.clock.real().getTime() - TRACKED_MS
  const use = await lastRoleUse(services.reader, {
    account: role.account,
    sessions: sessionArn(identity.principal.partition, role.account, role.name, ''),
    since: new Date(Math.max(tracked, role.createdAt.getTime())),
  })
  return use ? { LastUsedDate: use.at, Region: use.region } : {}
}
