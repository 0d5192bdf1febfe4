/**
 * Whom a question about permission is about: anybody that a policy can name, as they would be judged now. Of another
 * account only its name is known; whether its own policies allow something is its own business.
 */
import type { AccessRow } from '#lib/domain/access.ts'
import { parseArn, partitionOf, rootArn } from '#lib/domain/arn.ts'
import type { Principal } from '#lib/domain/caller.ts'
import { ACCOUNT_ID } from '#lib/domain/policy-principal.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { Call } from '#lib/engine/call.ts'
import type { Identity } from '#lib/engine/identities.ts'
import { sessionPrincipal } from '#lib/engine/principals.ts'
import { StaleDecision } from '#lib/engine/stale.ts'
import { compilePolicy } from '#lib/policy/compile.ts'
import { principalIdOf } from '#lib/store/access.ts'

export type Subject = {
  readonly identity: Identity
  /** As the matrix names it: the role, not one of its sessions. */
  readonly arn: string
  readonly kind: AccessRow['Kind']
  /** False where it belongs to an account that cannot be seen from here. */
  readonly ours: boolean
}

export const isOneself = ({ identity }: Call, arn: string): boolean =>
  arn === identity.principal.arn || arn === identity.principal.role?.arn

const absent = (arn: string) => new KmsError('NotFoundException', `Principal '${arn}' does not exist`)

const KINDS = { root: 'root', user: 'user', role: 'role', service: 'service', federated: 'user' } as const

export const subjectOf = (
  identity: Identity,
  arn = identity.principal.role?.arn ?? identity.principal.arn,
): Subject => ({
  identity,
  arn,
  kind: KINDS[identity.principal.kind],
  ours: true,
})

const SERVICE = /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/

/**
 * The principal of an ARN, an account number or a service's name.
 * @throws NotFoundException for one of the caller's account that is not there, and for what names nobody.
 */
export async function askedPrincipal(call: Call, named: string): Promise<Subject> {
  if (isOneself(call, named)) return subjectOf(call.identity, named)
  if (SERVICE.test(named)) return serviceSubject(call, named)
  const partition = partitionOf(call.region)
  const arn = ACCOUNT_ID.test(named) ? rootArn(partition, named) : named
  const parsed = parseArn(arn)
  if (!parsed || !ACCOUNT_ID.test(parsed.account)) throw absent(named)
  if (parsed.account !== call.account) return foreignSubject(arn, parsed.partition, parsed.account)
  const identity = await ownIdentity(call, parsed.resource)
  if (!identity) throw absent(named)
  return subjectOf(await current(call, identity, parsed.resource), arn)
}

/** `path` with its slashes, and the name after it. */
function pathAndName(rest: string) {
  const slash = rest.lastIndexOf('/')
  return { path: `/${rest.slice(0, slash + 1)}`, name: rest.slice(slash + 1) }
}

async function ownIdentity(call: Call, resource: string): Promise<Identity | undefined> {
  const { account, services } = call
  const { identities, database } = services
  if (resource === 'root') return identities.byPrincipal(account)
  const [, kind = '', rest = ''] = /^(user|role|assumed-role)\/(.+)$/.exec(resource) ?? []
  if (kind === 'user' || kind === 'role') {
    const id = await principalIdOf(database.sql, { account, kind, ...pathAndName(rest) })
    return id === undefined ? undefined : identities.byPrincipal(id)
  }
  const [role = '', session] = rest.split('/')
  if (session === undefined) return undefined
  const id = await principalIdOf(database.sql, { account, kind: 'role', path: null, name: role })
  const base = id === undefined ? undefined : await identities.byPrincipal(id)
  return base?.principal.role && inSession(base, session)
}

/** The role's identity under the name of one session. */
export function inSession(base: Identity, session: string): Identity | undefined {
  const { role } = base.principal
  return role && { ...base, principal: sessionPrincipal({ ...base.principal, role }, session) }
}

/** What is cached of an account may be older than the caller: then it is read again. */
async function current(call: Call, identity: Identity, resource: string): Promise<Identity> {
  if (identity.epoch === call.identity.epoch) return identity
  call.services.identities.drop(call.account)
  const again = await ownIdentity(call, resource)
  if (again?.epoch !== call.identity.epoch) throw new StaleDecision()
  return again
}

async function serviceSubject(call: Call, name: string): Promise<Subject> {
  const { account, services, place } = call
  const principal: Principal = {
    kind: 'service',
    partition: place.partition,
    account,
    id: name,
    name,
    arn: name,
  }
  const identity = await services.identities.byService(principal)
  if (!identity) throw absent(name)
  return { identity, arn: name, kind: 'service', ours: true }
}

/** Its own account is taken to allow everything; whoever draws the answer says so. */
const TAKEN_TO_ALLOW = {
  name: 'policies of its account',
  hash: '',
  policy: compilePolicy(
    '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}',
    'identity',
  ),
}

function foreignPrincipal(arn: string, partition: string, account: string): Principal {
  const base = { partition, account, id: account, arn }
  const [, kind, rest = ''] = /:(user|role|assumed-role)\/(.+)$/.exec(arn) ?? []
  const { name } = pathAndName(rest)
  if (kind === 'user') return { ...base, kind, name }
  if (kind === 'role') return sessionPrincipal({ partition, account, role: { id: account, name, arn } }, '*')
  if (kind !== 'assumed-role') return { ...base, kind: 'root', name: 'root' }
  const [role = ''] = rest.split('/')
  const of = { id: account, name: role, arn: `arn:${partition}:iam::${account}:role/${role}` }
  return { ...base, kind: 'role', name: rest, role: of }
}

/** Somebody of another account. */
export function foreignSubject(arn: string, partition: string, account: string): Subject {
  const principal = foreignPrincipal(arn, partition, account)
  const identity: Identity = {
    principal,
    account,
    accountAlias: null,
    regions: [],
    epoch: 0n,
    disabled: false,
    policies: [TAKEN_TO_ALLOW],
    boundary: null,
    guardrails: [],
    tags: {},
    session: undefined,
  }
  return { identity, arn, kind: principal.kind === 'root' ? 'account' : KINDS[principal.kind], ours: false }
}
