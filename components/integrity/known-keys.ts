/**
 * The verifier keys that this browser knows. The first it sees is trusted; any other is said until a person trusts it,
 * because a log gets another name or key only after an acknowledged rollback. Kept in this browser, and no secret.
 */

const KEPT = 'keyhouse-log-keys'

type Known = Readonly<Record<string, string>>

/** As much of localStorage as is needed. */
export type Kept = Pick<Storage, 'getItem' | 'setItem'>

export type KeySight =
  | { readonly sight: 'first' | 'same' }
  /** The key that this browser saw first. */
  | { readonly sight: 'changed'; readonly before: string }
  /** The key of the log that this browser knows, which has another name. */
  | { readonly sight: 'new-log'; readonly before: string }

/** The name before the first plus sign: the log that a key signs for. */
const logOf = (verifierKey: string) => verifierKey.split('+')[0] ?? ''

function knownIn(kept: Kept): Known {
  try {
    const known: unknown = JSON.parse(kept.getItem(KEPT) ?? '{}')
    // Written by trustKey() alone; whatever else stands there is forgotten.
    return typeof known === 'object' && known !== null ? (known as Known) : {}
  } catch {
    return {}
  }
}

/** Whether this browser knows the key; the first that it sees at all is remembered. */
export function seeKey(kept: Kept, verifierKey: string): KeySight {
  const known = knownIn(kept)
  const before = known[logOf(verifierKey)]
  if (before === verifierKey) return { sight: 'same' }
  if (before !== undefined) return { sight: 'changed', before }
  const [other] = Object.values(known)
  if (other !== undefined) return { sight: 'new-log', before: other }
  trustKey(kept, verifierKey)
  return { sight: 'first' }
}

/** From now on this is the key of its log. */
export function trustKey(kept: Kept, verifierKey: string): void {
  kept.setItem(KEPT, JSON.stringify({ ...knownIn(kept), [logOf(verifierKey)]: verifierKey }))
}

/** Whether a key that somebody was given is this one; spaces around it do not count. */
export const isSameKey = (given: string, verifierKey: string): boolean => given.trim() === verifierKey
