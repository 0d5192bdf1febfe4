/**
 * The keys that issuers of web identity tokens publish, fetched when they are needed: kept for an hour, and looked for
 * again when a token names one that is not among them, at most once a minute. How to fetch is whoever starts the
 * engine's to say.
 */
import { hasKey, isPublicKeySet } from '#lib/crypto/identity-token.ts'
import { readJson } from '#lib/domain/json-text.ts'
import { BoundedMap } from './bounded-map.ts'

/** Gives the bytes of a document behind an https URL, or throws. */
export type FetchDocument = (url: string) => Promise<Uint8Array>

type KeySet = Parameters<typeof hasKey>[0]

export type IssuerKeys = {
  /** The issuer's key set, with the key if it has it; undefined when it cannot be had. */
  readonly of: (issuer: string, keyId: string | undefined) => Promise<KeySet | undefined>
}

const KEPT_MS = 3_600_000
const AGAIN_MS = 60_000
const LIMITS = { maxDepth: 8, maxTokens: 5_000 }

/** Text that must be JSON of a key set. */
export function readKeySet(text: string): KeySet | undefined {
  try {
    const value = readJson(text, LIMITS)
    return isPublicKeySet(value) ? value : undefined
  } catch {
    return undefined
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

/** OpenID Connect Discovery §4: the document names its own issuer, and where the keys are. */
async function fetchKeys(fetch: FetchDocument, issuer: string): Promise<KeySet | undefined> {
  const found = readJson(utf8.decode(await fetch(`${issuer}/.well-known/openid-configuration`)), LIMITS)
  if (typeof found !== 'object' || found === null || Reflect.get(found, 'issuer') !== issuer) return undefined
  const address = Reflect.get(found, 'jwks_uri')
  if (typeof address !== 'string') return undefined
  return readKeySet(utf8.decode(await fetch(address)))
}

type Held = { readonly keys: KeySet | undefined; readonly at: number }

/** `now` is in milliseconds of a clock that only goes forward. Without `fetch` no issuer is ever asked. */
export function openIssuerKeys(fetch: FetchDocument | undefined, now: () => number): IssuerKeys {
  const held = new BoundedMap<string, Held>(256)
  const asking = new Map<string, Promise<Held>>()

  async function ask(issuer: string, before: Held | undefined): Promise<Held> {
    const fetched = fetch && (await fetchKeys(fetch, issuer).catch(() => undefined))
    // An issuer that does not answer does not take back what it said.
    const kept = before && now() - before.at < KEPT_MS ? before.keys : undefined
    const found = { keys: fetched ?? kept, at: now() }
    held.set(issuer, found)
    return found
  }

  function fresh(issuer: string, before: Held | undefined): Promise<Held> {
    const pending = asking.get(issuer) ?? ask(issuer, before).finally(() => asking.delete(issuer))
    asking.set(issuer, pending)
    return pending
  }

  return {
    async of(issuer, keyId) {
      const known = held.get(issuer)
      const age = known ? now() - known.at : Number.POSITIVE_INFINITY
      const serves = known?.keys && age < KEPT_MS && hasKey(known.keys, keyId)
      if (known && (serves || age < AGAIN_MS)) return known.keys
      return (await fresh(issuer, known)).keys
    },
  }
}
