/** The userIdentity of a record, and where its call came from (facts §17.1). */
import type { Caller, Channel } from '../domain/caller.ts'
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

function principalIdentity({ principal, credential }: Caller): object {
  return {
    type: principal.kind === 'root' ? 'Root' : 'IAMUser',
    principalId: principal.id,
    arn: principal.arn,
    accountId: principal.account,
    accessKeyId: credential.kind === 'access-key' ? loggedLine(credential.id, LONGEST.name) : undefined,
    userName: principal.kind === 'user' ? principal.name : undefined,
    invokedBy: credential.kind === 'internal' ? INTERNAL : undefined,
  }
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
