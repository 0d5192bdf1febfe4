/** Deleting a user or role takes off first what hangs on it: AWS refuses otherwise (DeleteConflict). */
import type { CodeRequest } from '#lib/console/snippets.ts'
import { deleteHolder, deletePolicy, detachPolicy, type Holder } from './holders.ts'
import type { HeldPolicy } from './policies-section.tsx'
import type { Step } from './steps.ts'

export type Hanging = {
  readonly policies: readonly HeldPolicy[]
  readonly groups: readonly string[]
  readonly accessKeys: readonly string[]
  readonly devices: readonly string[]
  readonly password: boolean
  /** Of a group. */
  readonly members: readonly string[]
}

export const NOTHING: Hanging = {
  policies: [],
  groups: [],
  accessKeys: [],
  devices: [],
  password: false,
  members: [],
}

const step = (label: string, request: CodeRequest): Step => ({ label, request })

/** Credentials go first, so that whoever it is can do nothing more while the rest is taken off. */
export function deletionSteps(holder: Holder, hanging: Hanging): readonly Step[] {
  const { name } = holder
  const UserName = name
  return [
    ...hanging.accessKeys.map((id) =>
      step(`Deleting ${id}`, { name: 'DeleteAccessKey', input: { UserName, AccessKeyId: id } }),
    ),
    ...(hanging.password
      ? [step('Removing the password', { name: 'DeleteLoginProfile', input: { UserName } })]
      : []),
    ...hanging.devices.map((SerialNumber) =>
      step('Removing a second factor', { name: 'DeactivateMFADevice', input: { UserName, SerialNumber } }),
    ),
    ...hanging.policies.map((policy) =>
      policy.kind === 'managed'
        ? step(`Detaching ${policy.name}`, detachPolicy(holder, policy.arn))
        : step(`Deleting ${policy.name}`, deletePolicy(holder, policy.name)),
    ),
    ...hanging.groups.map((GroupName) =>
      step(`Leaving ${GroupName}`, { name: 'RemoveUserFromGroup', input: { GroupName, UserName } }),
    ),
    ...hanging.members.map((member) =>
      step(`Removing ${member}`, {
        name: 'RemoveUserFromGroup',
        input: { GroupName: name, UserName: member },
      }),
    ),
    step(`Deleting ${name}`, deleteHolder(holder)),
  ]
}

/** "2 access keys, the password and 1 policy": what goes with it. */
export function hangingWords({ policies, groups, accessKeys, devices, password }: Hanging): string {
  const some = (n: number, one: string, many = `${one}s`) => (n === 0 ? [] : [`${n} ${n === 1 ? one : many}`])
  const parts = [
    ...some(accessKeys.length, 'access key'),
    ...(password ? ['the password'] : []),
    ...some(devices.length, 'second factor'),
    ...some(policies.length, 'policy', 'policies'),
    ...some(groups.length, 'group membership'),
  ]
  const last = parts.pop()
  if (last === undefined) return ''
  return parts.length === 0 ? last : `${parts.join(', ')} and ${last}`
}
