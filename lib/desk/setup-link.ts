/**
 * The one-time set-up link: a token that only who started Keyhouse sees, good for a day, spent by the first claim
 * (R91). It rides in the URL's fragment, which browsers send to no server and write in no referrer.
 */

import { equalBytes } from '#lib/crypto/equal.ts'
import { hashOpaqueToken, newOpaqueToken } from '#lib/crypto/opaque-token.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { Services } from '#lib/engine/services.ts'
import { putSetupToken, readSetupState } from '#lib/store/installation.ts'

const DAY_MS = 86_400_000

export const USED = 'This installation is set up already. Sign in instead.'
const UNKNOWN =
  'This set-up link is not the current one, or its day is over. `./keyhouse setup-link` prints a new one.'

export type SetupLink = { readonly token: string; readonly expiresAt: Date; readonly link: string }

/** Makes a set-up link in place of any earlier one; undefined when the installation is set up. */
export async function newSetupLink({
  database,
  clock,
  installation,
}: Services): Promise<SetupLink | undefined> {
  const { token, hash } = newOpaqueToken()
  const expiresAt = new Date(clock.real().getTime() + DAY_MS)
  if (!(await putSetupToken(database, { hash, expiresAt }))) return undefined
  return { token, expiresAt, link: `${installation.consoleUrl.replace(/\/$/, '')}/first-run#${token}` }
}

export async function isSetUp({ database }: Services): Promise<boolean> {
  return (await readSetupState(database))?.setUp ?? false
}

/**
 * The hash of a token that is good now. Looking is not claiming: two may look, one will claim.
 * @throws KmsError AccessDeniedException when it is not, saying why.
 */
export async function checkSetupToken({ database, clock }: Services, token: string): Promise<Uint8Array> {
  const state = await readSetupState(database)
  if (state?.setUp) throw new KmsError('AccessDeniedException', USED)
  const hash = hashOpaqueToken(token)
  const good =
    state?.setupTokenHash != null &&
    state.setupExpiresAt != null &&
    state.setupExpiresAt > clock.real() &&
    equalBytes(hash, state.setupTokenHash)
  if (!good) throw new KmsError('AccessDeniedException', UNKNOWN)
  return hash
}
