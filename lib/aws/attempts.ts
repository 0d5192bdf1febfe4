/**
 * Failed authentication, bounded per address (R39). A token bucket: so many failures at once, then so many a second.
 * An address that has spent it is told to slow down, and its unknown access keys are not even looked up; access keys
 * that have proven themselves are served on, so that one broken program does not lock out its neighbours.
 */
import { BoundedMap } from '#lib/engine/bounded-map.ts'

const BURST = 100
const PER_SECOND = 10
/** Memory is constant: what failed longest ago is forgotten first. */
const MAX_ADDRESSES = 4_096
const MAX_PROVEN = 4_096

type Bucket = { readonly tokens: number; readonly at: number }

export type Attempts = {
  /** Whether this address has failed too often. `now` is in milliseconds. */
  spent(address: string, now: number): boolean
  /** Counts a failure; true when it was one too many. */
  failed(address: string, now: number): boolean
  /** This access key has just signed a request. */
  proved(accessKeyId: string): void
  proven(accessKeyId: string): boolean
}

export function newAttempts(): Attempts {
  const buckets = new BoundedMap<string, Bucket>(MAX_ADDRESSES)
  const proven = new BoundedMap<string, true>(MAX_PROVEN)
  const tokensOf = (group: string, now: number): number => {
    const bucket = buckets.get(group)
    if (!bucket) return BURST
    // A clock that went back refills nothing and takes nothing.
    return Math.min(BURST, bucket.tokens + (Math.max(0, now - bucket.at) / 1000) * PER_SECOND)
  }
  return {
    spent: (address, now) => tokensOf(addressGroup(address), now) < 1,
    failed(address, now) {
      const group = addressGroup(address)
      const tokens = tokensOf(group, now)
      buckets.set(group, { tokens: Math.max(0, tokens - 1), at: now })
      return tokens < 1
    },
    proved(accessKeyId) {
      if (!proven.get(accessKeyId)) proven.set(accessKeyId, true)
    },
    proven: (accessKeyId) => proven.get(accessKeyId) === true,
  }
}

/** An IPv4 address, or the /64 of an IPv6 one: nobody is given less. */
export function addressGroup(address: string): string {
  if (!address.includes(':')) return address
  const [head = '', tail] = address.split('::')
  const before = head === '' ? [] : head.split(':')
  const after = tail === undefined || tail === '' ? [] : tail.split(':')
  const missing = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length)
  return [...before, ...Array.from({ length: missing }, () => '0'), ...after].slice(0, 4).join(':')
}
