/**
 * Who callers are and what their identity policies say, cached.
 * A cached identity may be old: every answer is checked against the account's epoch when its event is committed,
 * and decided again if the epoch has moved (R52). So nothing here expires by time.
 */

import { sha256 } from '#lib/crypto/digest.ts'
import { equalBytes } from '#lib/crypto/equal.ts'
import { type KeyObject, secretKey } from '#lib/crypto/secret-key.ts'
import { sigv4SigningKey } from '#lib/crypto/signing-key.ts'
import type { Principal, SessionFacts } from '#lib/domain/caller.ts'
import type { PolicyKind } from '#lib/domain/policy-finding.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import { compilePolicy } from '#lib/policy/compile.ts'
import type { NamedPolicy } from '#lib/policy/decision.ts'
import type { Sql } from '#lib/store/database.ts'
import { databaseFailure } from '#lib/store/failures.ts'
import {
  type AccessKeySnapshot,
  type IdentitySnapshot,
  readAccessKey,
  readIdentities,
  readIdentity,
  readTemporary,
  type StoredPolicy,
  type TemporarySnapshot,
} from '#lib/store/identities.ts'
import { BoundedMap } from './bounded-map.ts'
import type { DomainKeys } from './domain-keys.ts'
import { principalOf, sessionPrincipal } from './principals.ts'
import { accessKeySecret } from './record-identity.ts'

export type Identity = {
  readonly principal: Principal
  readonly account: string
  readonly accountAlias: string | null
  readonly regions: readonly string[]
  readonly epoch: bigint
  readonly disabled: boolean
  readonly policies: readonly NamedPolicy[]
  readonly boundary: NamedPolicy | null
  readonly guardrails: readonly NamedPolicy[]
  /** The principal's own, with its session's on top. */
  readonly tags: Readonly<Record<string, string>>
  /** Undefined for long-term credentials. */
  readonly session: IdentitySession | undefined
}

export type IdentitySession = SessionFacts & {
  /** Undefined where the session is as wide as its principal. */
  readonly policies: readonly NamedPolicy[] | undefined
  /** Names of session tags that the next role in a chain inherits. */
  readonly transitiveTags: readonly string[]
}

/** What makes credentials temporary: the token that goes with them, and their end. */
export type Temporary = { readonly tokenHash: Uint8Array; readonly expiresAt: Date }

export type AccessKeyIdentity = {
  readonly identity: Identity
  readonly active: boolean
  readonly temporary: Temporary | undefined
  /** The SigV4 signing key of a day, Region and service; cached. */
  readonly signingKey: (date: string, region: string, service: string) => KeyObject
}

export type Identities = {
  readonly byAccessKey: (id: string) => Promise<AccessKeyIdentity | undefined>
  /** By the id of a row: AIDA…, AROA…, or an account's. A role's identity is of nobody yet: see `inSession`. */
  readonly byPrincipal: (id: string) => Promise<Identity | undefined>
  /** Whoever the console's session is of. */
  readonly bySession: (principal: Principal, facts: SessionFacts) => Promise<Identity | undefined>
  /** A service that calls for itself, or who only holds a provider's token, in an account: without policies. */
  readonly byService: (principal: Principal) => Promise<Identity | undefined>
  /** Everyone in an account, as each would be judged now; roles as a session of each. */
  readonly inAccount: (account: string) => Promise<readonly Identity[]>
  /** Forgets what is cached of an account, after its epoch moved. */
  readonly drop: (account: string) => void
}

/** A stored policy whose text is not the one its hash names was edited behind our back. */
export function policyOf(kind: PolicyKind, stored: StoredPolicy): NamedPolicy {
  if (!equalBytes(sha256(stored.body), Buffer.from(stored.hash, 'hex'))) {
    throw new KmsError('KMSInternalException', 'An internal error occurred. The request can be retried.', {
      detail: `policy document ${stored.hash} does not match its hash`,
    })
  }
  return { name: stored.name, hash: stored.hash, policy: compilePolicy(stored.body, kind) }
}

function identityOf(row: IdentitySnapshot, compile = policyOf): Identity {
  return {
    principal: principalOf(row),
    account: row.account,
    accountAlias: row.accountAlias,
    regions: row.regions,
    epoch: row.epoch,
    disabled: row.accountDisabled,
    policies: row.policies.map((policy) => compile('identity', policy)),
    boundary: row.boundary && compile('identity', row.boundary),
    guardrails: row.guardrails.map((policy) => compile('identity', policy)),
    tags: row.tags,
    session: undefined,
  }
}

/** The same identity in a session: a role's under the session's name. */
function inSession(
  base: Identity,
  session: IdentitySession,
  more: { name?: string; tags?: Identity['tags'] },
): Identity {
  const { principal } = base
  const named =
    principal.role && more.name !== undefined
      ? sessionPrincipal({ ...principal, role: principal.role }, more.name)
      : principal
  return { ...base, principal: named, tags: { ...base.tags, ...more.tags }, session }
}

function temporaryIdentity({ identity, session }: TemporarySnapshot): Identity {
  const policies = session.policies.map((policy) => policyOf('identity', policy))
  return inSession(
    identityOf(identity),
    {
      issuedAt: session.issuedAt,
      mfaAt: session.mfaAt ?? undefined,
      sourceIdentity: session.sourceIdentity ?? undefined,
      federatedProvider: session.federatedProvider ?? undefined,
      policies: policies.length > 0 ? policies : undefined,
      transitiveTags: session.transitiveTags,
    },
    { ...(session.name !== null && { name: session.name }), tags: session.tags },
  )
}

/** Many principals share policies: each text is compiled once. */
function compileOnce(): typeof policyOf {
  const held = new Map<string, NamedPolicy>()
  return (kind, stored) => {
    const key = `${kind}/${stored.hash}`
    const known = held.get(key) ?? policyOf(kind, stored)
    held.set(key, known)
    return { ...known, name: stored.name }
  }
}

/** Derives signing keys from a secret held as a KeyObject; a day's key per Region and service is kept. */
function signingKeys(secret: KeyObject): AccessKeyIdentity['signingKey'] {
  const held = new BoundedMap<string, KeyObject>(64)
  return (date, region, service) => {
    const name = `${date}/${region}/${service}`
    const known = held.get(name)
    if (known) return known
    const raw = secret.export()
    try {
      const key = sigv4SigningKey(raw, date, region, service)
      held.set(name, key)
      return key
    } finally {
      raw.fill(0)
    }
  }
}

/** Ids of temporary access keys begin so. */
const TEMPORARY = 'ASIA'

/** While the database is away nobody is recognised and nobody is refused: the caller may try again (R46). */
async function reading<T>(read: Promise<T>): Promise<T> {
  try {
    return await read
  } catch (thrown) {
    if (databaseFailure(thrown) === undefined) throw thrown
    const text = 'The system timed out while trying to fulfill the request. You can retry the request.'
    throw new KmsError('DependencyTimeoutException', text, {
      detail: `identities: ${String(thrown)}`,
      cause: thrown,
    })
  }
}

export function openIdentities(sql: Sql, domainKeys: DomainKeys): Identities {
  const byKey = new BoundedMap<string, AccessKeyIdentity>(10_000)
  const byId = new BoundedMap<string, Identity>(10_000)

  const sessions = new WeakMap<Identity, Map<string, Identity>>()

  async function loadedKey(
    row: AccessKeySnapshot | TemporarySnapshot,
    active: boolean,
  ): Promise<AccessKeyIdentity> {
    const sealedFor = accessKeySecret(row.identity.account, row.id)
    const secret = await domainKeys.open(row.secretSealed, sealedFor)
    const temporary = 'session' in row
    return {
      identity: temporary ? temporaryIdentity(row) : identityOf(row.identity),
      active,
      temporary: temporary ? row.session : undefined,
      signingKey: signingKeys(secret.lend((raw) => secretKey(raw))),
    }
  }

  async function readByKey(id: string): Promise<AccessKeyIdentity | undefined> {
    const loaded = id.startsWith(TEMPORARY) ? await readTemporaryKey(id) : await readLongTermKey(id)
    // A refusal of who one is leaves no event that would find out: what may become valid again is never kept.
    if (loaded?.active && !loaded.identity.disabled) byKey.set(id, loaded)
    return loaded
  }

  async function readLongTermKey(id: string) {
    const row = await readAccessKey(sql, id)
    return row && loadedKey(row, row.active)
  }

  async function readTemporaryKey(id: string) {
    const row = await readTemporary(sql, id)
    return row && loadedKey(row, !row.session.revoked)
  }

  async function readById(id: string): Promise<Identity | undefined> {
    const row = await readIdentity(sql, id)
    if (!row) return undefined
    const loaded = identityOf(row)
    if (!loaded.disabled) byId.set(id, loaded)
    return loaded
  }

  const byPrincipal = async (id: string) => byId.get(id) ?? reading(readById(id))

  /** One object for one session of an identity, so that what is computed of it is kept. */
  function held(base: Identity, name: string, make: () => Identity): Identity {
    const known = sessions.get(base) ?? new Map<string, Identity>()
    const identity = known.get(name) ?? make()
    // A few sessions a person; whoever opens thousands only makes them be computed again.
    if (known.size > 100) known.clear()
    known.set(name, identity)
    sessions.set(base, known)
    return identity
  }

  return {
    byAccessKey: async (id) => byKey.get(id) ?? reading(readByKey(id)),
    byPrincipal,
    async bySession(principal, facts) {
      const base = await byPrincipal(principal.role?.id ?? principal.id)
      if (!base) return undefined
      const name = principal.role && principal.name.slice(principal.role.name.length + 1)
      const key = `${principal.id} ${facts.issuedAt.getTime()} ${facts.mfaAt?.getTime()} ${facts.federatedProvider}`
      return held(base, key, () =>
        inSession(
          base,
          { ...facts, policies: undefined, transitiveTags: [] },
          name === undefined ? {} : { name },
        ),
      )
    },
    async byService(principal) {
      const root = await byPrincipal(principal.account)
      return (
        root &&
        held(root, principal.id, () => ({
          ...root,
          principal,
          policies: [],
          boundary: null,
          guardrails: [],
          tags: {},
        }))
      )
    },
    async inAccount(account) {
      const compile = compileOnce()
      return (await reading(readIdentities(sql, account))).map((row) => identityOf(row, compile))
    },
    drop(account) {
      byKey.deleteWhere((entry) => entry.identity.account === account)
      byId.deleteWhere((entry) => entry.account === account)
    },
  }
}
