/**
 * Who callers are and what their identity policies say, cached.
 * A cached identity may be old: every answer is checked against the account's epoch when its event is committed,
 * and decided again if the epoch has moved (R52). So nothing here expires by time.
 */

import { sha256 } from '#lib/crypto/digest.ts'
import { equalBytes } from '#lib/crypto/equal.ts'
import { type KeyObject, secretKey } from '#lib/crypto/secret-key.ts'
import { sigv4SigningKey } from '#lib/crypto/signing-key.ts'
import { partitionOf, rootArn, userArn } from '#lib/domain/arn.ts'
import type { Principal } from '#lib/domain/caller.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import { compilePolicy } from '#lib/policy/compile.ts'
import type { NamedPolicy } from '#lib/policy/decide.ts'
import type { Sql } from '#lib/store/database.ts'
import { databaseFailure } from '#lib/store/failures.ts'
import { type IdentitySnapshot, readAccessKey, readIdentity } from '#lib/store/identities.ts'
import { BoundedMap } from './bounded-map.ts'
import type { DomainKeys } from './domain-keys.ts'
import { accessKeySecret } from './record-identity.ts'

export type Identity = {
  readonly principal: Principal
  readonly account: string
  readonly accountAlias: string | null
  readonly regions: readonly string[]
  readonly epoch: bigint
  readonly disabled: boolean
  readonly policies: readonly NamedPolicy[]
}

export type AccessKeyIdentity = {
  readonly identity: Identity
  readonly active: boolean
  /** The SigV4 signing key of a day, Region and service; cached. */
  readonly signingKey: (date: string, region: string, service: string) => KeyObject
}

export type Identities = {
  readonly byAccessKey: (id: string) => Promise<AccessKeyIdentity | undefined>
  readonly byPrincipal: (id: string) => Promise<Identity | undefined>
  /** Forgets what is cached of an account, after its epoch moved. */
  readonly drop: (account: string) => void
}

function principalOf(row: IdentitySnapshot): Principal {
  const partition = partitionOf(row.regions[0] ?? '')
  const arn =
    row.kind === 'root'
      ? rootArn(partition, row.account)
      : userArn(partition, row.account, row.path, row.name)
  return { kind: row.kind, partition, account: row.account, id: row.principalId, name: row.name, arn }
}

/** A stored policy whose text is not the one its hash names was edited behind our back. */
export function policyOf(
  kind: 'key' | 'identity',
  stored: { name: string; hash: string; body: string },
): NamedPolicy {
  if (!equalBytes(sha256(stored.body), Buffer.from(stored.hash, 'hex'))) {
    throw new KmsError('KMSInternalException', 'An internal error occurred. The request can be retried.', {
      detail: `policy document ${stored.hash} does not match its hash`,
    })
  }
  return { name: stored.name, hash: stored.hash, policy: compilePolicy(stored.body, kind) }
}

function identityOf(row: IdentitySnapshot): Identity {
  return {
    principal: principalOf(row),
    account: row.account,
    accountAlias: row.accountAlias,
    regions: row.regions,
    epoch: row.epoch,
    disabled: row.accountDisabled,
    policies: row.policies.map((policy) => policyOf('identity', policy)),
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

  async function readByKey(id: string): Promise<AccessKeyIdentity | undefined> {
    const row = await readAccessKey(sql, id)
    if (!row) return undefined
    const secret = await domainKeys.open(row.secretSealed, accessKeySecret(row.identity.account, id))
    const loaded = {
      identity: identityOf(row.identity),
      active: row.active,
      signingKey: signingKeys(secret.lend((raw) => secretKey(raw))),
    }
    // A refusal of who one is leaves no event that would find out: what may become valid again is never kept.
    if (loaded.active && !loaded.identity.disabled) byKey.set(id, loaded)
    return loaded
  }

  async function readById(id: string): Promise<Identity | undefined> {
    const row = await readIdentity(sql, id)
    if (!row) return undefined
    const loaded = identityOf(row)
    if (!loaded.disabled) byId.set(id, loaded)
    return loaded
  }

  return {
    byAccessKey: async (id) => byKey.get(id) ?? reading(readByKey(id)),
    byPrincipal: async (id) => byId.get(id) ?? reading(readById(id)),
    drop(account) {
      byKey.deleteWhere((entry) => entry.identity.account === account)
      byId.deleteWhere((entry) => entry.account === account)
    },
  }
}
