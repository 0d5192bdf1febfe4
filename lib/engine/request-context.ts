/**
 * The condition values of one request: what `aws:` and `kms:` condition keys see (facts §8.6).
 * A key that does not apply to the operation is absent, which is not the same as empty.
 */
import type { Principal } from '#lib/domain/caller.ts'
import type { EncryptionContext } from '#lib/domain/encryption-context.ts'
import type { Identity } from './identities.ts'
import type { LoadedKey } from './keys.ts'

export type ConditionValues = Readonly<Record<string, string | readonly string[] | undefined>>

export type RequestFacts = {
  readonly identity: Identity
  readonly address: string
  readonly userAgent: string
  readonly secure: boolean
  readonly region: string
  readonly now: Date
}

const PRINCIPAL_TYPE: Record<Principal['kind'], string> = { root: 'Account', user: 'User' }

function requestValues(facts: RequestFacts): ConditionValues {
  const { principal } = facts.identity
  return {
    'aws:PrincipalArn': principal.arn,
    'aws:PrincipalAccount': principal.account,
    'aws:PrincipalType': PRINCIPAL_TYPE[principal.kind],
    'aws:PrincipalIsAWSService': 'false',
    'aws:userid': principal.id,
    'aws:username': principal.kind === 'user' ? principal.name : undefined,
    'aws:SourceIp': facts.address === '' ? undefined : facts.address,
    'aws:SecureTransport': String(facts.secure),
    'aws:UserAgent': facts.userAgent,
    'aws:CurrentTime': facts.now.toISOString(),
    'aws:EpochTime': String(Math.floor(facts.now.getTime() / 1000)),
    'aws:RequestedRegion': facts.region,
    'aws:ViaAWSService': 'false',
  }
}

function keyValues(key: LoadedKey, caller: string): ConditionValues {
  const { row } = key
  return {
    'aws:ResourceAccount': row.account,
    'kms:CallerAccount': caller,
    'kms:KeySpec': row.spec,
    'kms:CustomerMasterKeySpec': row.spec,
    'kms:KeyUsage': row.usage,
    'kms:CustomerMasterKeyUsage': row.usage,
    'kms:KeyOrigin': row.origin,
    'kms:MultiRegion': String(row.multiRegion),
    'kms:MultiRegionKeyType': row.multiRegion ? 'PRIMARY' : undefined,
    'kms:ResourceAliases': row.aliases.length > 0 ? row.aliases.map((alias) => alias.name) : undefined,
    ...Object.fromEntries(row.tags.map((tag) => [`aws:ResourceTag/${tag.key}`, tag.value])),
  }
}

/** kms:EncryptionContext:<name> and kms:EncryptionContextKeys of a request that carries a context. */
export function encryptionContextValues(context: EncryptionContext | undefined): ConditionValues {
  const pairs = Object.entries(context ?? {})
  if (pairs.length === 0) return {}
  return {
    'kms:EncryptionContextKeys': pairs.map(([name]) => name),
    ...Object.fromEntries(pairs.map(([name, value]) => [`kms:EncryptionContext:${name}`, value])),
  }
}

/** All condition values of a decision, by lower-case name. */
export function conditionContext(
  facts: RequestFacts,
  key: LoadedKey | undefined,
  operation: ConditionValues,
): Map<string, readonly string[]> {
  const context = new Map<string, readonly string[]>()
  const sources = [requestValues(facts), key ? keyValues(key, facts.identity.account) : {}, operation]
  for (const source of sources) {
    for (const [name, value] of Object.entries(source)) {
      if (value === undefined) continue
      const values = typeof value === 'string' ? [value] : value
      const lower = name.toLowerCase()
      // Two context keys that differ by case only are one condition key with both values.
      context.set(lower, [...(context.get(lower) ?? []), ...values])
    }
  }
  return context
}
