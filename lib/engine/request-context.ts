/**
 * The condition values of one request: what `aws:` and `kms:` condition keys see (facts §8.6).
 * A key that does not apply to the operation is absent, which is not the same as empty.
 */
import type { Caller, Principal, Through } from '#lib/domain/caller.ts'
import type { EncryptionContext } from '#lib/domain/encryption-context.ts'
import type { Clock } from './clock.ts'
import type { Identity } from './identities.ts'
import type { LoadedKey } from './keys.ts'

export type ConditionValues = Readonly<Record<string, string | readonly string[] | undefined>>

export type RequestFacts = {
  readonly identity: Identity
  readonly address: string
  readonly userAgent: string
  readonly secure: boolean
  readonly region: string
  /** keyhouse.now(). */
  readonly now: Date
  /** Sessions go by real time. */
  readonly realNow: Date
  readonly vpcEndpoint: string | undefined
  readonly through: Through | undefined
}

/** What a caller's request says of itself. */
export const factsOf = (caller: Caller, identity: Identity, clock: Clock): RequestFacts => ({
  identity,
  address: caller.channel.address,
  userAgent: caller.channel.userAgent,
  secure: caller.channel.tls !== undefined,
  region: caller.region,
  now: clock.now(),
  realNow: clock.real(),
  vpcEndpoint: caller.channel.vpcEndpoint,
  through: caller.through,
})

const PRINCIPAL_TYPE: Record<Principal['kind'], string> = {
  root: 'Account',
  user: 'User',
  role: 'AssumedRole',
  service: 'Service',
  federated: 'FederatedUser',
}

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

/** Condition values by lower-case name, as lib/policy reads them. */
export function valuesOf(conditions: ConditionValues): Values {
  const values: Values = new Map()
  put(values, conditions)
  return values
}

function fixed<T extends object>(held: WeakMap<T, Values>, of: T, make: (of: T) => ConditionValues): Values {
  const known = held.get(of)
  if (known) return known
  const values = valuesOf(make(of))
  held.set(of, values)
  return values
}

const identityValues = ({ principal, session, tags }: Identity): ConditionValues => ({
  // Of a session AWS gives the role's ARN.
  'aws:PrincipalArn': principal.role?.arn ?? principal.arn,
  'aws:PrincipalAccount': principal.kind === 'service' ? undefined : principal.account,
  'aws:PrincipalType': PRINCIPAL_TYPE[principal.kind],
  'aws:PrincipalIsAWSService': String(principal.kind === 'service'),
  'aws:PrincipalServiceName': principal.kind === 'service' ? principal.name : undefined,
  'aws:userid': principal.id,
  'aws:username': principal.kind === 'user' ? principal.name : undefined,
  'aws:TokenIssueTime': session?.issuedAt.toISOString(),
  // Long-term credentials have neither; that is not the same as false.
  'aws:MultiFactorAuthPresent': session && String(session.mfaAt !== undefined),
  'aws:SourceIdentity': session?.sourceIdentity,
  'aws:FederatedProvider': session?.federatedProvider,
  ...Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:PrincipalTag/${key}`, value])),
})

/** Names are lower-case here already. */
function putRequest(into: Values, facts: RequestFacts): void {
  const { through, now } = facts
  // A service's own address says nothing about who asked it.
  // Through a VPC endpoint the address is one of the VPC, and has a name of its own (facts §20).
  const address = facts.vpcEndpoint === undefined ? 'aws:sourceip' : 'aws:vpcsourceip'
  if (facts.address !== '' && !through) into.set(address, [facts.address])
  into.set('aws:securetransport', [String(facts.secure)])
  into.set('aws:useragent', [facts.userAgent])
  into.set('aws:currenttime', [now.toISOString()])
  into.set('aws:epochtime', [String(Math.floor(now.getTime() / 1000))])
  into.set('aws:requestedregion', [facts.region])
  if (facts.vpcEndpoint !== undefined && !through) into.set('aws:sourcevpce', [facts.vpcEndpoint])
  const { mfaAt } = facts.identity.session ?? {}
  if (mfaAt) into.set('aws:multifactorauthage', [secondsSince(mfaAt, facts.realNow)])
  putThrough(into, through)
}

const secondsSince = (at: Date, now: Date) =>
  String(Math.max(0, Math.floor((now.getTime() - at.getTime()) / 1000)))

/** What a service says of itself when it calls for somebody (facts §8.6), or for itself. */
function putThrough(into: Values, through: Through | undefined): void {
  into.set('aws:viaawsservice', [String(through?.behalf === true)])
  if (!through) return
  const { service, sourceArn, sourceAccount, behalf } = through
  if (behalf) {
    into.set('kms:viaservice', [service])
    for (const name of ['aws:calledvia', 'aws:calledviafirst', 'aws:calledvialast'])
      into.set(name, [serviceName(service)])
  }
  if (sourceArn !== undefined) into.set('aws:sourcearn', [sourceArn])
  if (sourceAccount !== undefined) into.set('aws:sourceaccount', [sourceAccount])
}

/** How the request came that a record does not say: through which endpoint, and for whom a service asks. Mostly nothing. */
export function wayOf({ vpcEndpoint, through }: RequestFacts): ConditionValues | undefined {
  if (vpcEndpoint === undefined && !through) return undefined
  return {
    'aws:SourceVpce': through ? undefined : vpcEndpoint,
    'kms:ViaService': through?.behalf ? through.service : undefined,
    'aws:SourceArn': through?.sourceArn,
    'aws:SourceAccount': through?.sourceAccount,
  }
}

/** s3.eu-west-1.amazonaws.com → s3.amazonaws.com: what aws:CalledVia holds. */
const serviceName = (service: string) => `${service.slice(0, service.indexOf('.'))}.amazonaws.com`

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
