/**
 * The roles that operations of IAM name: found, and the caller permitted, in this order, so that nobody without
 * permission learns which there are.
 */
import { policyArn, roleArn } from '#lib/domain/arn.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { Call } from '#lib/engine/call.ts'
import type { ConditionValues } from '#lib/engine/request-context.ts'
import { findRole, type RoleRow } from '#lib/store/roles.ts'
import { resourceTagValues } from './principal-tags.ts'

/** Of an account's own partition, wherever the call was signed for. */
export const arnOfRole = (call: Call, { path, name }: { readonly path: string; readonly name: string }) =>
  roleArn(call.identity.principal.partition, call.account, path, name)

export const arnOfBoundary = (call: Call, boundary: RoleRow['boundary'] | undefined) =>
  boundary
    ? policyArn(call.identity.principal.partition, call.account, boundary.path, boundary.name)
    : undefined

/**
 * The role of a name, in whatever case, if the caller may do this to it.
 * @throws AccessDeniedException, NoSuchEntity
 */
export async function permittedRole(
  call: Call,
  name: string,
  conditions: ConditionValues = {},
): Promise<RoleRow> {
  const role = await findRole(call.services.database, call.account, name)
  const resource = arnOfRole(call, role ?? { path: '/', name })
  await call.permit({
    resource,
    shown: `role ${name}`,
    conditions: {
      ...resourceTagValues(role?.tags),
      'iam:PermissionsBoundary': arnOfBoundary(call, role?.boundary),
      ...conditions,
    },
  })
  if (!role) throw new KmsError('NoSuchEntity', `The role with name ${name} cannot be found.`)
  call.mention({ type: 'AWS::IAM::Role', arn: resource, accountId: call.account })
  return role
}
