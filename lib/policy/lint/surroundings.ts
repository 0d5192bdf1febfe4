/** What the rules know besides the text: the key, who there is, and who asks. Gathered by lib/insight. */
import type { KnownKeyKind } from '#lib/domain/action-kinds.ts'
import { KMS_ACTIONS, type KmsActionName } from '#lib/domain/actions.ts'
import { parseArn } from '#lib/domain/arn.ts'
import { matchesGlob, parseGlob } from '#lib/domain/policy-glob.ts'
import { principalWords } from '#lib/domain/policy-sentences.ts'
import type { Patterns } from '#lib/domain/policy-statement.ts'
import type { Question } from '../decision.ts'

/** `boundary` is judged as an identity policy that may be attached to nothing else. */
export type LintKind = 'key' | 'identity' | 'trust' | 'boundary'

/** Somebody as the lockout check asks about them. */
export type Changer = Omit<Question, 'action' | 'resourcePolicy'>

export type Surroundings = {
  readonly kind: LintKind
  readonly partition: string
  /** The key's account, or that of whoever writes the policy. */
  readonly account: string
  readonly key: KnownKeyKind
  /** Accounts that may be named without a warning. */
  readonly knownAccounts: ReadonlySet<string>
  /** Who there is, by account: user/<path><name>, role/…, assumed-role/…, root. Other accounts are believed. */
  readonly directory: ReadonlyMap<string, ReadonlySet<string>>
  readonly caller: Changer | null
  /** Everyone of the key's account, the caller too. */
  readonly everyone: readonly Changer[]
}

/** user/alice; of another account with its number. */
export const whoIs = (arn: string, { account }: Surroundings): string =>
  principalWords({ type: 'AWS', value: arn }, account)

/** A session needs its role to be there, not to have been opened. */
const nameOf = (resource: string) =>
  resource.startsWith('assumed-role/') ? resource.split('/').slice(0, 2).join('/') : resource

/** False for a user, role or session that an account of this installation has not. */
export function exists(arn: string, { directory }: Surroundings): boolean {
  const parsed = parseArn(arn)
  const names = parsed && directory.get(parsed.account)
  return names === undefined || (parsed !== undefined && names.has(nameOf(parsed.resource)))
}

const NAMES = Object.keys(KMS_ACTIONS).map((name) => ({
  // The keys of a constant table are exactly its names.
  name: name as KmsActionName,
  lower: name.toLowerCase(),
}))

const known = new WeakMap<Patterns, ReadonlySet<KmsActionName>>()

/** The actions of KMS that one pattern means. */
export function actionsLike(pattern: string): KmsActionName[] {
  const glob = parseGlob(pattern.toLowerCase())
  return NAMES.filter(({ lower }) => matchesGlob(glob, lower)).map(({ name }) => name)
}

/** The actions of KMS that an Action or NotAction element means. */
export function coveredActions(patterns: Patterns): ReadonlySet<KmsActionName> {
  const found = known.get(patterns)
  if (found) return found
  const listed = new Set(patterns.values.flatMap(actionsLike))
  const covered = patterns.negated
    ? new Set(NAMES.map(({ name }) => name).filter((name) => !listed.has(name)))
    : listed
  known.set(patterns, covered)
  return covered
}
