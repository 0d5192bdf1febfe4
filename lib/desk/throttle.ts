/**
 * How fast anyone may try passwords (R89): by account, user and address, and all strangers together.
 * Nobody is locked out for good: a wait doubles with every further failure, up to a quarter of an hour, and failures
 * are forgotten with time. An attempt is counted before the password is looked at and given back when it was right,
 * so that a hundred attempts at once are a hundred attempts.
 */

import { LABELS } from '#lib/crypto/labels.ts'
import { hmacSha256 } from '#lib/crypto/mac.ts'
import { encodeFields } from '#lib/crypto/tlv.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import { countedAttempt, isBlocked, type Limit } from '#lib/engine/attempt-limit.ts'
import type { Services } from '#lib/engine/services.ts'
import type { Database } from '#lib/store/database.ts'
import { changeAttempts, clearAttempts, pruneAttempts } from '#lib/store/sign-in-failures.ts'

const DAY_MS = 86_400_000

/** "5 failures → exponential delay per (account, IP)" — R89. */
export const ONE_PERSON: Limit = { free: 5, firstWaitMs: 2_000, longestWaitMs: 900_000, forgetMs: 1_800_000 }
/** For browsers that were never signed in here: a burst, then two a second for all of them together. */
export const ALL_STRANGERS: Limit = { free: 100, firstWaitMs: 500, longestWaitMs: 500, forgetMs: 500 }

/** Thrown instead of looking at the password. */
export class TooManyAttempts extends KmsError {
  readonly retryAt: Date
  constructor(retryAt: Date, now: Date) {
    const seconds = Math.max(1, Math.ceil((retryAt.getTime() - now.getTime()) / 1000))
    const wait =
      seconds < 120
        ? `${seconds} ${seconds === 1 ? 'second' : 'seconds'}`
        : `${Math.ceil(seconds / 60)} minutes`
    super('ThrottlingException', `Too many sign-in attempts. Try again in ${wait}.`)
    this.retryAt = retryAt
  }
}

/** Counts an attempt of a subject. @throws TooManyAttempts when it came too soon. */
async function count(
  database: Database,
  subject: Uint8Array,
  rule: { limit: Limit; now: Date },
): Promise<void> {
  const { limit, now } = rule
  const before = await changeAttempts(database, subject, (stored) => countedAttempt(stored, now, limit))
  if (isBlocked(before, now)) throw new TooManyAttempts(before.blockedUntil, now)
}

/** IPv6 hosts own a /64: counting single addresses would count nothing. */
export function addressGroup(address: string): string {
  const bare = address.toLowerCase().replace(/^\[|\]$|%.*$/g, '')
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(bare)
  if (mapped?.[1]) return mapped[1]
  if (!bare.includes(':')) return bare
  const [head = '', tail] = bare.split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length)
  const groups = [...left, ...Array<string>(zeros).fill('0'), ...right].slice(0, 4)
  return `${groups.map((group) => group.replace(/^0+(?=.)/, '')).join(':')}::/64`
}

export type Attempt = {
  /** Canonical: the account's id if it exists, else what was typed. */
  readonly account: string
  readonly user: string
  readonly address: string
  /** Whether the browser holds a token of ours: then it is no stranger. */
  readonly known: boolean
}

/** Keyed, so that whoever reads the table cannot try names against it. */
const subjectOf = ({ domainKeys }: Services, fields: readonly string[]) =>
  hmacSha256(domainKeys.derive(LABELS.signInAttempt), encodeFields(fields))

const personOf = (services: Services, { account, user, address }: Attempt) =>
  subjectOf(services, ['person', account, user, addressGroup(address)])

/** Counts the attempt. @throws TooManyAttempts. */
export async function countSignIn(services: Services, attempt: Attempt): Promise<void> {
  const now = services.clock.real()
  await count(services.database, personOf(services, attempt), { limit: ONE_PERSON, now })
  if (!attempt.known)
    await count(services.database, subjectOf(services, ['strangers']), { limit: ALL_STRANGERS, now })
}

const codesOf = (services: Services, principal: string) => subjectOf(services, ['code', principal])

/**
 * Counts a code that is tried after the right password: by the person alone, because a million codes are few for
 * whoever has many addresses. @throws TooManyAttempts.
 */
export const countCode = (services: Services, principal: string) =>
  count(services.database, codesOf(services, principal), { limit: ONE_PERSON, now: services.clock.real() })

/** The code was right. */
export const forgiveCodes = (services: Services, principal: string) =>
  clearAttempts(services.database, codesOf(services, principal))

/** The password was right. */
export const forgiveSignIn = (services: Services, attempt: Attempt) =>
  clearAttempts(services.database, personOf(services, attempt))

/** Forgets what was quiet for a day. */
export const forgetOldAttempts = ({ database, clock }: Services) =>
  pruneAttempts(database, new Date(clock.real().getTime() - DAY_MS))
