/**
 * What an event keeps of the identity that was judged, so that the same request can be decided again under another key
 * policy: hashes of its policies, whose texts are never deleted, its tags, and what its session said. No prose.
 */
import type { NamedPolicy } from '#lib/policy/decision.ts'
import type { Identity } from './identities.ts'

export type RecordedSession = {
  readonly issuedAt: string
  readonly mfaAt?: string
  readonly sourceIdentity?: string
  readonly federatedProvider?: string
  /** Hashes; absent where the session is as wide as its principal. */
  readonly policies?: readonly string[]
}

/** Members that are absent say "none". */
export type RecordedIdentity = {
  /** Hashes of identity policies. */
  readonly policies?: readonly string[]
  readonly boundary?: string
  readonly guardrails?: readonly string[]
  readonly tags?: Readonly<Record<string, string>>
  /** Absent for long-term credentials. */
  readonly session?: RecordedSession
}

/** Made once for an identity: every event of its requests has it. */
const recorded = new WeakMap<Identity, RecordedIdentity>()

const hashes = (policies: readonly NamedPolicy[]) => policies.map(({ hash }) => hash)

function sessionOf({ session }: Identity): RecordedSession | undefined {
  if (!session) return undefined
  const { issuedAt, mfaAt, sourceIdentity, federatedProvider, policies } = session
  return {
    issuedAt: issuedAt.toISOString(),
    ...(mfaAt && { mfaAt: mfaAt.toISOString() }),
    ...(sourceIdentity !== undefined && { sourceIdentity }),
    ...(federatedProvider !== undefined && { federatedProvider }),
    ...(policies && { policies: hashes(policies) }),
  }
}

function newlyRecorded(identity: Identity): RecordedIdentity {
  const { policies, boundary, guardrails, tags } = identity
  const session = sessionOf(identity)
  return {
    ...(policies.length > 0 && { policies: hashes(policies) }),
    ...(boundary && { boundary: boundary.hash }),
    ...(guardrails.length > 0 && { guardrails: hashes(guardrails) }),
    ...(Object.keys(tags).length > 0 && { tags }),
    ...(session && { session }),
  }
}

export function recordedIdentity(identity: Identity): RecordedIdentity {
  const known = recorded.get(identity) ?? newlyRecorded(identity)
  recorded.set(identity, known)
  return known
}
