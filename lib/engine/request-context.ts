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

/** Lower-case name → values, as lib/policy reads them. */
type Values = Map<string, readonly string[]>

/** What is the same in every request of an identity or for a key: made once, copied into each decision. */
const ofIdentity = new WeakMap<Identity, Values>()
const ofKey = new WeakMap<LoadedKey, Values>()

function put(into: Values, values: ConditionValues): void {
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined) continue
    const lower = name.toLowerCase()
    const earlier = into.get(lower)
    const given = typeof value === 'string' ? [value] : value
    // Two context keys that differ by case only are one condition key with both values.
    into.set(lower, earlier ? [...earlier, ...given] : given)
  }
}

function fixed<T extends object>(held: WeakMap<T, Values>, of: T, make: (of: T) => ConditionValues): Values {
  const known = held.get(of)
  if (known) return known
  const values: Values = new Map()
  put(values, make(of))
  held.set(of, values)
  return values
}

const identityValues = ({ principal }: Identity): ConditionValues => ({
  'aws:PrincipalArn': principal.arn,
  'aws:PrincipalAccount': principal.account,
  'aws:PrincipalType': PRINCIPAL_TYPE[principal.kind],
  'aws:PrincipalIsAWSService': 'false',
  'aws:userid': principal.id,
  'aws:username': principal.kind === 'user' ? principal.name : undefined,
  'aws:ViaAWSService': 'false',
})

/** Names are lower-case here already. */
function putRequest(into: Values, facts: RequestFacts): void {
  if (facts.address !== '') into.set('aws:sourceip', [facts.address])
  into.set('aws:securetransport', [String(facts.secure)])
  into.set('aws:useragent', [facts.userAgent])
  into.set('aws:currenttime', [facts.now.toISOString()])
  into.set('aws:epochtime', [String(Math.floor(facts.now.getTime() / 1000))])
  into.set('aws:requestedregion', [facts.region])
}

const multiRegionTypeOf = ({ multiRegion, primaryRegion, region }: LoadedKey['row']) =>
  multiRegion ? (primaryRegion === region ? 'PRIMARY' : 'REPLICA') : undefined

const keyValues = ({ row }: LoadedKey): ConditionValues => ({
  'aws:ResourceAccount': row.account,
  'kms:KeySpec': row.spec,
  'kms:CustomerMasterKeySpec': row.spec,
  'kms:KeyUsage': row.usage,
  'kms:CustomerMasterKeyUsage': row.usage,
  'kms:KeyOrigin': row.origin,
  'kms:MultiRegion': String(row.multiRegion),
  'kms:MultiRegionKeyType': multiRegionTypeOf(row),
  'kms:ResourceAliases': row.aliases.length > 0 ? row.aliases.map((alias) => alias.name) : undefined,
  ...Object.fromEntries(row.tags.map((tag) => [`aws:ResourceTag/${tag.key}`, tag.value])),
})

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
  const context: Values = new Map(fixed(ofIdentity, facts.identity, identityValues))
  putRequest(context, facts)
  if (key) {
    for (const [name, values] of fixed(ofKey, key, keyValues)) context.set(name, values)
    context.set('kms:calleraccount', [facts.identity.account])
  }
  put(context, operation)
  return context
}
