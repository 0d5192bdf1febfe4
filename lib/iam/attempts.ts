/**
 * How fast whoever holds an access key may guess what the key's owner knows: a million codes are few for a program, and
 * so are common passwords. A guess that is right forgives what was wrong; nobody waits longer than a minute at a time.
 */
import { LABELS } from '#lib/crypto/labels.ts'
import { hmacSha256 } from '#lib/crypto/mac.ts'
import { encodeFields } from '#lib/crypto/tlv.ts'
import { countedAttempt, isBlocked, type Limit } from '#lib/engine/attempt-limit.ts'
import type { Services } from '#lib/engine/services.ts'
import { changeAttempts, clearAttempts } from '#lib/store/sign-in-failures.ts'

const LIMIT: Limit = { free: 5, firstWaitMs: 60_000, longestWaitMs: 60_000, forgetMs: 900_000 }

/** Keyed, so that whoever reads the table does not learn whose it is. */
const subjectOf = ({ domainKeys }: Services, { what, principal }: Guess) =>
  hmacSha256(domainKeys.derive(LABELS.signInAttempt), encodeFields([what, principal]))

/** What is guessed, and of whom: the id of a principal. */
export type Guess = { readonly what: 'sts-code' | 'old-password'; readonly principal: string }

/** Counts an attempt before it is looked at; false when it comes too soon. */
export async function countAttempt(services: Services, guess: Guess): Promise<boolean> {
  const now = services.clock.real()
  const before = await changeAttempts(services.database, subjectOf(services, guess), (stored) =>
    countedAttempt(stored, now, LIMIT),
  )
  return !isBlocked(before, now)
}

/** The guess was right. */
export const forgiveAttempts = (services: Services, guess: Guess): Promise<void> =>
  clearAttempts(services.database, subjectOf(services, guess))
