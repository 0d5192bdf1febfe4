/**
 * A recorded request, read back from its event: who asked, with which policies, and every condition value that is known of
 * it. What the event does not say is unknown, which is not the same as absent.
 */
import type { KeyEvent } from '#lib/audit/usage/key-events.ts'
import type { Principal } from '#lib/domain/caller.ts'
import { isObject, type JsonObject } from '#lib/domain/policy-finding.ts'
import type { RecordedIdentity } from '#lib/engine/recorded-identity.ts'
import { type ConditionValues, valuesOf } from '#lib/engine/request-context.ts'

/** One decision of an event's, as lib/engine/trail.ts writes it. */
export type RecordedDecision = {
  readonly action: string
  readonly resource: string
  readonly given?: ConditionValues
  readonly verdict: 'allowed' | 'explicit-deny' | 'implicit-deny'
  readonly gates: readonly { readonly gate: string; readonly result: string }[]
}

export type RecordedRequest = {
  readonly principal: Principal
  readonly identity: RecordedIdentity
  readonly decisions: readonly RecordedDecision[]
  readonly record: JsonObject
  readonly at: Date
  /** The condition values that were read, by lower-case name; null for one that was absent. */
  readonly read: ReadonlyMap<string, readonly string[] | null>
}

/** Condition values by lower-case name; null for what the request did not have. */
export type KnownValues = ReadonlyMap<string, readonly string[] | null>

/** Why a request cannot be decided again, for a person. */
export const UNREADABLE = {
  undecided: 'Refused before any policy was asked',
  foreign: 'Sent by another account, whose policies are not in this log',
  older: 'Recorded by a version that kept less of the caller',
  nobody: 'The record does not say who sent it',
} as const

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined

/** Who asked: what the record calls them, turned back. */
function principalIn(identity: JsonObject): Principal | undefined {
  const { type, principalId, arn, accountId, userName } = identity
  const account = text(accountId)
  const id = text(principalId)
  const name = text(arn)
  if (!account || !id || !name) return undefined
  const base = { partition: name.split(':')[1] ?? '', account, id, arn: name }
  if (type === 'Root') return { ...base, kind: 'root', name: 'root' }
  if (type === 'IAMUser') return { ...base, kind: 'user', name: text(userName) ?? '' }
  return type === 'AssumedRole' ? roleIn(base, identity) : undefined
}

type Base = Pick<Principal, 'partition' | 'account' | 'id' | 'arn'>

function roleIn(base: Base, { sessionContext }: JsonObject): Principal | undefined {
  const issuer = isObject(sessionContext) ? sessionContext.sessionIssuer : undefined
  if (!isObject(issuer)) return undefined
  const [id, name, arn] = [text(issuer.principalId), text(issuer.userName), text(issuer.arn)]
  if (!id || !name || !arn) return undefined
  return { ...base, kind: 'role', name: `${name}/${base.id.slice(id.length + 1)}`, role: { id, name, arn } }
}

const TYPES = { root: 'Account', user: 'User', role: 'AssumedRole' } as const

/** As lib/engine/request-context.ts says of an identity. */
function ofPrincipal({ kind, id, arn, account, name, role }: Principal): ConditionValues {
  return {
    'aws:PrincipalArn': role?.arn ?? arn,
    'aws:PrincipalAccount': account,
    'aws:PrincipalType': kind === 'root' || kind === 'user' || kind === 'role' ? TYPES[kind] : undefined,
    'aws:PrincipalIsAWSService': 'false',
    'aws:PrincipalServiceName': undefined,
    'aws:userid': id,
    'aws:username': kind === 'user' ? name : undefined,
    'kms:CallerAccount': account,
  }
}

const seconds = (from: string, to: Date) =>
  String(Math.max(0, Math.floor((to.getTime() - new Date(from).getTime()) / 1000)))

const ofSession = ({ session }: RecordedIdentity, at: Date): ConditionValues => ({
  'aws:TokenIssueTime': session?.issuedAt,
  'aws:MultiFactorAuthPresent': session && String(session.mfaAt !== undefined),
  'aws:MultiFactorAuthAge': session?.mfaAt && seconds(session.mfaAt, at),
  'aws:SourceIdentity': session?.sourceIdentity,
  'aws:FederatedProvider': session?.federatedProvider,
})

/** s3.eu-west-1.amazonaws.com → s3.amazonaws.com */
const shortService = (service: string) => `${service.slice(0, service.indexOf('.'))}.amazonaws.com`

/** How the request came: its endpoint, and the service that carried it, which hides the address. */
function ofWay(given: ReadonlyMap<string, readonly string[]>, record: JsonObject): ConditionValues {
  const endpoint = given.get('aws:sourcevpce')?.[0]
  const via = given.get('kms:viaservice')?.[0]
  const called = via === undefined ? undefined : shortService(via)
  const carried = isObject(record.userIdentity) && record.userIdentity.invokedBy !== undefined
  const address = carried || record.sourceIPAddress === '-' ? undefined : text(record.sourceIPAddress)
  return {
    'aws:SourceIp': endpoint === undefined ? address : undefined,
    'aws:VpcSourceIp': endpoint === undefined ? undefined : address,
    'aws:SourceVpce': endpoint,
    'aws:SourceArn': given.get('aws:sourcearn'),
    'aws:SourceAccount': given.get('aws:sourceaccount'),
    'kms:ViaService': via,
    'aws:ViaAWSService': String(via !== undefined),
    'aws:CalledVia': called,
    'aws:CalledViaFirst': called,
    'aws:CalledViaLast': called,
    'aws:SecureTransport': String(record.tlsDetails !== undefined),
    'aws:RequestedRegion': text(record.awsRegion),
  }
}

/** What the log may have shortened or made visible is not what the request said. */
const isWhole = (value: string) => /^[\x20-\x7e]{1,1000}$/.test(value) && value !== '-'

function ofAgent({ userAgent }: JsonObject): ConditionValues {
  const agent = text(userAgent)
  return agent !== undefined && isWhole(agent) ? { 'aws:UserAgent': agent } : {}
}

function putAll(into: Map<string, readonly string[] | null>, values: ConditionValues): void {
  for (const [name, value] of Object.entries(values))
    into.set(name.toLowerCase(), value === undefined ? null : typeof value === 'string' ? [value] : value)
}

// These texts are JSON that the engine wrote; the columns' types have checked it.
const parsed = (json: string): JsonObject => JSON.parse(json) as JsonObject

function decidedIn({ decision }: KeyEvent) {
  if (decision === null) return undefined
  // Written by lib/engine/trail.ts, of this or an older version.
  return JSON.parse(decision) as { decisions: readonly RecordedDecision[]; identity?: RecordedIdentity }
}

const readIn = ({ context }: KeyEvent): KnownValues =>
  new Map(
    Object.entries(context === null ? {} : parsed(context)).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.map(String) : null,
    ]),
  )

/** The request of an event, or why it cannot be decided again. */
export function recordedRequest(event: KeyEvent): RecordedRequest | string {
  const record = parsed(event.record)
  const identity = isObject(record.userIdentity) ? record.userIdentity : {}
  if (identity.type === 'AWSAccount') return UNREADABLE.foreign
  const decided = decidedIn(event)
  if (!decided) return UNREADABLE.undecided
  if (!decided.identity) return UNREADABLE.older
  const principal = principalIn(identity)
  if (!principal) return UNREADABLE.nobody
  const { decisions, identity: judged } = decided
  return { principal, identity: judged, decisions, record, at: event.ts, read: readIn(event) }
}

/** Everything that is known of one decision; what was read at the time goes before what is concluded. */
export function requestValues(request: RecordedRequest, decision: RecordedDecision): KnownValues {
  const { principal, identity, record, at, read, decisions } = request
  const values = new Map<string, readonly string[] | null>()
  const given = valuesOf(decision.given ?? {})
  putAll(values, ofPrincipal(principal))
  putAll(values, ofSession(identity, at))
  putAll(values, ofWay(given, record))
  putAll(values, ofAgent(record))
  for (const [key, value] of Object.entries(identity.tags ?? {}))
    putAll(values, { [`aws:PrincipalTag/${key}`]: value })
  // Of two decisions in one event the values that were read are mixed: what is each one's own is given with it.
  if (decisions.length === 1) for (const [name, value] of read) values.set(name, value)
  for (const [name, value] of given) values.set(name, value)
  return values
}
