/** Users and roles as operations on their policies name them. */
import type { Call } from '#lib/engine/call.ts'
import type { ConditionValues } from '#lib/engine/request-context.ts'
import { permittedRole } from './permitted-role.ts'
import { permittedUser } from './permitted-user.ts'

export type HolderName = { readonly kind: 'user' | 'role'; readonly name: string }

type Holder = {
  readonly id: string
  readonly name: string
  readonly boundary: { readonly path: string; readonly name: string } | null
}

/**
 * The user or role, if the caller may do this to it.
 * @throws AccessDeniedException, NoSuchEntity
 */
export const permittedHolder = (
  call: Call,
  { kind, name }: HolderName,
  conditions?: ConditionValues,
): Promise<Holder> =>
  kind === 'user' ? permittedUser(call, name, conditions) : permittedRole(call, name, conditions)
