/** Groups as operations of IAM name them: found, and the caller permitted before it is told whether there is one. */
import { groupArn } from '#lib/domain/arn.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { Call } from '#lib/engine/call.ts'
import type { ConditionValues } from '#lib/engine/request-context.ts'
import { findGroup, type GroupRow } from '#lib/store/groups.ts'

export const arnOfGroup = (call: Call, { path, name }: { readonly path: string; readonly name: string }) =>
  groupArn(call.place.partition, call.account, path, name)

/**
 * The group of a name, in whatever case, if the caller may do this to it.
 * @throws AccessDeniedException, NoSuchEntity
 */
export async function permittedGroup(
  call: Call,
  name: string,
  conditions: ConditionValues = {},
): Promise<GroupRow> {
  const group = await findGroup(call.services.database, call.account, name)
  const resource = arnOfGroup(call, group ?? { path: '/', name })
  await call.permit({ resource, shown: `group ${name}`, conditions })
  if (!group) throw new KmsError('NoSuchEntity', `The group with name ${name} cannot be found.`)
  call.mention({ type: 'AWS::IAM::Group', arn: resource, accountId: call.account })
  return group
}

export const groupView = (call: Call, group: GroupRow) => ({
  Path: group.path,
  GroupName: group.name,
  GroupId: group.id,
  Arn: arnOfGroup(call, group),
  CreateDate: group.createdAt,
})
