/** Sessions of the console: a person's own, which need no permission, and those of a user, for administrators. */
import { EndSessionInput, ListSessionsInput } from '#lib/domain/operations/people.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { Call } from '#lib/engine/call.ts'
import { members } from '#lib/engine/logged.ts'
import { operation } from '#lib/engine/operation.ts'
import { sessionSpan } from '#lib/engine/session-span.ts'
import {
  listPersonSessions,
  readSession,
  revokeOtherSessions,
  revokeSessions,
  type SessionRow,
} from '#lib/store/sessions.ts'
import { findIamUser } from '#lib/store/users.ts'
import { arnOfUser } from './permitted-user.ts'

const ownSession = ({ caller }: Call) =>
  caller.credential.kind === 'session' ? caller.credential.id : undefined

/** Whoever asks: of a session in a role, the person who switched to it. */
async function asker(call: Call): Promise<string> {
  const { principal } = call.identity
  const id = ownSession(call)
  if (!principal.role || id === undefined) return principal.id
  const row = await readSession(call.services.database, id)
  const origin = row?.switchedFrom ? await readSession(call.services.database, row.switchedFrom) : undefined
  return origin?.principal ?? principal.id
}

/** Whose sessions they are: one's own, or those of a user whom the caller may do this to. */
async function personOf(call: Call, name: string | undefined): Promise<string> {
  if (name === undefined) return asker(call)
  const user = await findIamUser(call.services.database, call.account, name)
  const resource = arnOfUser(call, user ?? { path: '/', name })
  await call.permit({ resource, shown: `user ${name}` })
  if (!user) throw new KmsError('NoSuchEntity', `The user with name ${name} cannot be found.`)
  call.mention({ type: 'AWS::IAM::User', arn: resource, accountId: call.account })
  return user.id
}

export type ListedSession = {
  readonly SessionId: string
  /** ARN of who the session is: the user, or a role that they switched to. */
  readonly Arn: string
  readonly Address: string
  readonly UserAgent: string
  readonly CreateDate: Date
  readonly LastSeenDate: Date
  readonly ExpiryDate: Date
  readonly MultiFactor: boolean
  /** The session that switched to the role. */
  readonly SwitchedFrom?: string
  /** True of the session that asks. */
  readonly Current: boolean
}

async function arnOf({ services }: Call, row: SessionRow): Promise<string> {
  const principal = (await services.identities.byPrincipal(row.principal))?.principal
  if (!principal) return ''
  if (row.sessionName === null) return principal.arn
  // A role's own ARN ends with a session that stands for all.
  return principal.arn.replace(/[^/]*$/, row.sessionName)
}

const listed = async (call: Call, row: SessionRow): Promise<ListedSession> => ({
  SessionId: row.id,
  Arn: await arnOf(call, row),
  Address: row.address,
  UserAgent: row.userAgent,
  CreateDate: row.createdAt,
  LastSeenDate: row.lastSeenAt,
  ExpiryDate: row.expiresAt,
  MultiFactor: row.mfaAt !== null,
  ...(row.switchedFrom !== null && { SwitchedFrom: row.switchedFrom }),
  Current: row.id === ownSession(call),
})

const live = async (call: Call, person: string) =>
  listPersonSessions(call.services.database, person, await sessionSpan(call.services))

export const ListSessions = operation({
  name: 'ListSessions',
  service: 'Keyhouse',
  action: 'keyhouse:ListSessions',
  class: 'read',
  input: ListSessionsInput,
  logged: { request: members('UserName') },
  async run(call, { UserName }): Promise<{ Sessions: readonly ListedSession[] }> {
    const rows = await live(call, await personOf(call, UserName))
    return { Sessions: await Promise.all(rows.map((row) => listed(call, row))) }
  },
})

/** At once, on every engine: no session is kept in memory. */
export const EndSession = operation({
  name: 'EndSession',
  service: 'Keyhouse',
  action: 'keyhouse:EndSession',
  class: 'auth',
  input: EndSessionInput,
  logged: { request: members('UserName', 'SessionId') },
  async run(call, { UserName, SessionId }) {
    const person = await personOf(call, UserName)
    const rows = await live(call, person)
    const now = call.services.clock.real()
    if (SessionId === undefined) {
      const keep = rows.find(({ id }) => id === ownSession(call))
      // A session in a role needs the one that it came from.
      const kept = keep?.switchedFrom ?? keep?.id
      return call.change({
        rows: (transaction) => revokeOtherSessions(transaction, person, { keep: kept, now }),
        output: undefined,
      })
    }
    if (!rows.some(({ id }) => id === SessionId))
      throw new KmsError('NotFoundException', `Session ${SessionId} is not found. It may have ended.`)
    return call.change({
      rows: (transaction) => revokeSessions(transaction, [SessionId], now),
      output: undefined,
    })
  },
})
