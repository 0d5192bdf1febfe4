/** The userIdentity of a record, and where its call came from (facts §17.1). */
import type { Caller, Channel, Principal } from '../../domain/caller.ts'
import { LONGEST, loggedLine } from './logged-text.ts'

/** Keyhouse acting by itself: rotation, deletion, the log's own notes. */
export type InternalActor = { readonly kind: 'internal'; readonly account: string }

/** Someone who did not prove who they are: a refused sign-in. `name` is what they typed, if it names a user. */
export type UnprovenActor = {
  readonly kind: 'unproven'
  readonly account: string
  readonly name: string | null
  readonly channel: Channel
}

export type EventActor = Caller | InternalActor | UnprovenActor

/** As AWS names itself where there is no address and no agent. */
const INTERNAL = 'AWS Internal'
// AWS does not repeat a name that is no user's: people type passwords there.
const HIDDEN = 'HIDDEN_DUE_TO_SECURITY_REASONS'

export const accountOf = (actor: EventActor): string =>
  'kind' in actor ? actor.account : actor.principal.account

export const channelOf = (actor: EventActor): Channel | undefined =>
  'kind' in actor && actor.kind === 'internal' ? undefined : actor.channel

const TYPES = {
  root: 'Root',
  user: 'IAMUser',
  role: 'AssumedRole',
  service: 'AWSService',
  federated: 'WebIdentityUser',
} as const

/** As CloudTrail names a service: without its Region. */
const invoker = (service: string) => service.replace(/^([^.]+)\..*$/, '$1.amazonaws.com')

function principalIdentity({ principal, credential, through }: Caller): object {
  // Of a service that calls for itself CloudTrail says nothing but which it is.
  if (principal.kind === 'service') return { type: TYPES.service, invokedBy: principal.name }
  if (credential.kind === 'web-identity') {
    const identityProvider = loggedLine(credential.token.issuer, LONGEST.name)
    const [principalId, userName] = [principal.id, principal.name].map((text) =>
      loggedLine(text, LONGEST.name),
    )
    return { type: TYPES.federated, principalId, userName, identityProvider }
  }
  return {
    type: TYPES[principal.kind],
    principalId: principal.id,
    arn: principal.arn,
    accountId: principal.account,
    accessKeyId: credential.kind === 'access-key' ? loggedLine(credential.id, LONGEST.name) : undefined,
    userName: principal.kind === 'user' ? principal.name : undefined,
    sessionContext: sessionContext(principal),
    invokedBy: through ? invoker(through.service) : credential.kind === 'internal' ? INTERNAL : undefined,
  }
}

/** Whose session it is: the role, as sessionIssuer. */
function sessionContext({ role, account }: Principal): object | undefined {
  if (!role) return undefined
  const issuer = {
    type: 'Role',
    principalId: role.id,
    arn: role.arn,
    accountId: account,
    userName: role.name,
  }
  return { sessionIssuer: issuer }
}

/** Who acted, as their own account reads it. */
export function userIdentity(actor: EventActor): object {
  if (!('kind' in actor)) return principalIdentity(actor)
  if (actor.kind === 'internal') return { accountId: actor.account, invokedBy: INTERNAL }
  const userName = actor.name === null ? HIDDEN : loggedLine(actor.name, LONGEST.name)
  return { type: 'IAMUser', accountId: actor.account, userName }
}

/** Who acted, as the account that owns the key reads it: nothing but which account it was. */
export function foreignIdentity(actor: EventActor): object {
  const principalId = 'kind' in actor ? undefined : actor.principal.id
  return { type: 'AWSAccount', principalId, accountId: accountOf(actor) }
}

/** sourceIPAddress and userAgent. */
export function origin(actor: EventActor): { sourceIPAddress: string; userAgent: string } {
  const channel = channelOf(actor)
  const service = 'kind' in actor ? undefined : actor.through?.service
  if (service !== undefined) return { sourceIPAddress: invoker(service), userAgent: invoker(service) }
  if (!channel || channel.via === 'internal') return { sourceIPAddress: INTERNAL, userAgent: INTERNAL }
  return {
    sourceIPAddress: loggedLine(channel.address || '-', LONGEST.name),
    userAgent: loggedLine(channel.userAgent || '-'),
  }
}

/** tlsDetails, for calls that came by TLS. */
export function tlsDetails(actor: EventActor): object | undefined {
  const channel = channelOf(actor)
  if (!channel?.tls) return undefined
  const { version, cipher } = channel.tls
  const host = loggedLine(channel.host, LONGEST.name)
  return { tlsVersion: version, cipherSuite: cipher, clientProvidedHostHeader: host }
}
