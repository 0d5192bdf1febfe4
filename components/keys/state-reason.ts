import type { KeyState } from '#lib/domain/key-state.ts'
import { type Deed, stateRefusal } from '#lib/domain/key-state.ts'

/** Why a key's state does not admit a deed, in the words of the exception that the engine would give; else nothing. */
export function stateReason(deed: Deed, state: KeyState, arn: string): string | undefined {
  const refusal = stateRefusal(deed, state, arn)
  return refusal && `${refusal.code}: ${refusal.message}`
}
