/**
 * Recovery codes, for whoever lost their device (R90): 100 random bits each, so that a plain hash of one gives nothing
 * away. Written in four groups of five, as people copy them; case and dashes say nothing.
 */
import { sha256 } from '#lib/crypto/digest.ts'
import { newPassword } from './identifiers.ts'

const HOW_MANY = 10
const LETTERS = /^[A-Z2-7]{20}$/

export type RecoveryCodes = { readonly codes: readonly string[]; readonly hashes: readonly Uint8Array[] }

/** What is kept of a code as somebody typed it; undefined for what cannot be one. */
export function recoveryCodeHash(typed: string): Uint8Array | undefined {
  const letters = typed.replace(/[\s-]/g, '').toUpperCase()
  return LETTERS.test(letters) ? sha256('keyhouse/recovery-code/v1 ', letters) : undefined
}

/** Ten new codes, to be shown once, and what is kept of them. */
export function newRecoveryCodes(): RecoveryCodes {
  const codes = Array.from({ length: HOW_MANY }, newPassword)
  return { codes, hashes: codes.flatMap((code) => recoveryCodeHash(code) ?? []) }
}
