/** Users, groups and roles as what policies hang on: IAM has the same operations for each, under names of their own. */
import type { CodeRequest } from '#lib/console/snippets.ts'

export type HolderKind = 'user' | 'group' | 'role'
export type Holder = { readonly kind: HolderKind; readonly name: string }
export type IamTag = { readonly Key: string; readonly Value: string }

/** How IAM names the member that says whom. */
const MEMBER = { user: 'UserName', group: 'GroupName', role: 'RoleName' } as const
/** Where its page is. */
export const LIST_OF = { user: 'users', group: 'groups', role: 'roles' } as const

const named = ({ kind, name }: Holder) => ({ [MEMBER[kind]]: name })

export const attachPolicy = (holder: Holder, PolicyArn: string): CodeRequest => ({
  name: ({ user: 'AttachUserPolicy', group: 'AttachGroupPolicy', role: 'AttachRolePolicy' } as const)[
    holder.kind
  ],
  input: { ...named(holder), PolicyArn },
})

export const detachPolicy = (holder: Holder, PolicyArn: string): CodeRequest => ({
  name: ({ user: 'DetachUserPolicy', group: 'DetachGroupPolicy', role: 'DetachRolePolicy' } as const)[
    holder.kind
  ],
  input: { ...named(holder), PolicyArn },
})

export const putPolicy = (holder: Holder, PolicyName: string, PolicyDocument: string): CodeRequest => ({
  name: ({ user: 'PutUserPolicy', group: 'PutGroupPolicy', role: 'PutRolePolicy' } as const)[holder.kind],
  input: { ...named(holder), PolicyName, PolicyDocument },
})

export const deletePolicy = (holder: Holder, PolicyName: string): CodeRequest => ({
  name: ({ user: 'DeleteUserPolicy', group: 'DeleteGroupPolicy', role: 'DeleteRolePolicy' } as const)[
    holder.kind
  ],
  input: { ...named(holder), PolicyName },
})

/** Groups have no boundary. */
export function setBoundary(holder: Holder, arn: string | undefined): CodeRequest {
  const user = holder.kind === 'user'
  return arn === undefined
    ? {
        name: user ? 'DeleteUserPermissionsBoundary' : 'DeleteRolePermissionsBoundary',
        input: named(holder),
      }
    : {
        name: user ? 'PutUserPermissionsBoundary' : 'PutRolePermissionsBoundary',
        input: { ...named(holder), PermissionsBoundary: arn },
      }
}

/** Groups have no tags. */
export const setTag = (holder: Holder, tag: IamTag): CodeRequest => ({
  name: holder.kind === 'user' ? 'TagUser' : 'TagRole',
  input: { ...named(holder), Tags: [tag] },
})

export const removeTag = (holder: Holder, key: string): CodeRequest => ({
  name: holder.kind === 'user' ? 'UntagUser' : 'UntagRole',
  input: { ...named(holder), TagKeys: [key] },
})

/** Their policies hang on it until they are taken off: AWS deletes nothing that still has something. */
export const deleteHolder = (holder: Holder): CodeRequest => ({
  name: ({ user: 'DeleteUser', group: 'DeleteGroup', role: 'DeleteRole' } as const)[holder.kind],
  input: named(holder),
})

/** IAM gives policies percent-encoded (RFC 3986). */
export function documentOf(encoded: string): string {
  try {
    return decodeURIComponent(encoded)
  } catch {
    return encoded
  }
}
