'use server'

import { z } from 'zod'
import { guarded } from '#lib/console/action.ts'
import { act } from '#lib/console/engine.ts'
import type { ActionResult } from '#lib/console/messages.ts'
import type { InputOf } from '#lib/console/operations.ts'
import type { CodeRequest } from '#lib/console/snippets.ts'

/** What the pages of identities may ask for by this action. Secrets and passwords go another way (api/credential). */
const CHANGES = [
  ...(['CreateUser', 'UpdateUser', 'DeleteUser', 'TagUser', 'UntagUser'] as const),
  ...(['UpdateAccessKey', 'DeleteAccessKey', 'DeleteLoginProfile', 'DeactivateMFADevice'] as const),
  ...(['CreateGroup', 'UpdateGroup', 'DeleteGroup', 'AddUserToGroup', 'RemoveUserFromGroup'] as const),
  ...(['CreateRole', 'UpdateRole', 'UpdateAssumeRolePolicy', 'DeleteRole', 'TagRole', 'UntagRole'] as const),
  ...(['CreatePolicy', 'CreatePolicyVersion', 'SetDefaultPolicyVersion', 'DeletePolicyVersion'] as const),
  ...(['DeletePolicy', 'PutUserPolicy', 'PutRolePolicy', 'PutGroupPolicy'] as const),
  ...(['DeleteUserPolicy', 'DeleteRolePolicy', 'DeleteGroupPolicy'] as const),
  ...(['AttachUserPolicy', 'AttachRolePolicy', 'AttachGroupPolicy'] as const),
  ...(['DetachUserPolicy', 'DetachRolePolicy', 'DetachGroupPolicy'] as const),
  ...(['PutUserPermissionsBoundary', 'DeleteUserPermissionsBoundary'] as const),
  ...(['PutRolePermissionsBoundary', 'DeleteRolePermissionsBoundary'] as const),
] as const

const form = z.object({ name: z.enum(CHANGES), input: z.record(z.string(), z.unknown()) })

/** One request of IAM: the very one that is shown as code. The engine checks its input by the operation's schema. */
export async function changeIdentity(sent: CodeRequest): Promise<ActionResult<unknown>> {
  return guarded<unknown>(() => {
    const { name, input } = form.parse(sent)
    // Of whatever operation the name is, the engine's own schema has the last word.
    return act(name, input as InputOf<typeof name>)
  })
}
