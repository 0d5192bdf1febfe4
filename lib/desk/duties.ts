/**
 * What somebody who has signed in must do before anything else: choose a password in place of one that somebody else
 * chose, or show a second factor where the installation asks for one. Until then the engine does nothing for them.
 */
import { KmsError } from '#lib/domain/refusal.ts'
import type { Services } from '#lib/engine/services.ts'
import { readSettings } from '#lib/store/settings.ts'
import { readSignInMeans } from '#lib/store/sign-in-means.ts'
import type { SignedIn } from './sessions.ts'

/** `set-up-factor`: there is none yet; `show-factor`: there is, and this session began without. */
export type Duty = 'new-password' | 'set-up-factor' | 'show-factor'

const WORDS: Record<Duty, string> = {
  'new-password': 'Choose a new password first.',
  'set-up-factor': 'Set up a second factor first: this installation requires one.',
  'show-factor': 'Show your second factor first: this installation requires one.',
}

export class DutyFirst extends KmsError {
  readonly duty: Duty
  constructor(duty: Duty) {
    super('AccessDeniedException', WORDS[duty])
    this.duty = duty
  }
}

/** Undefined when nothing is due. A role was switched to from a session in which nothing was. */
export async function dutyOf({ database }: Services, { row, identity }: SignedIn): Promise<Duty | undefined> {
  if (identity.principal.kind !== 'user') return undefined
  const means = await readSignInMeans(database.sql, identity.principal.id)
  if (means?.resetRequired) return 'new-password'
  const { requireMfa } = await readSettings(database.sql)
  if (!requireMfa) return undefined
  if (!means || means.factors === 0) return 'set-up-factor'
  return row.mfaAt === null ? 'show-factor' : undefined
}
